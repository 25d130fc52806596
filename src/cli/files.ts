import type { Instant } from '../model/instant.ts';

/** Where the set-up of a run is read from: the working copy, or a revision of its repository. Paths are absolute or relative to `from`. */
export type Files = {
  /** Throws OperatorError `file-unreadable`. `what` is its role in messages: `the roster`, `the configuration`. */
  read(path: string, from: string, what: string): Promise<TextFile>;
  has(path: string): Promise<boolean>;
  /** Absolute paths of all files below a folder; none where there is no such folder. */
  below(folder: string): Promise<readonly string[]>;
};
/** `file` is how messages name it. `changedAt` is left out where that cannot be told. */
export type TextFile = { readonly file: string; readonly text: string; readonly changedAt?: Instant };
