import type { Result } from '../model/result.ts';

/** One output format: result in, chunks of text out. May not print, filter, or decide the exit code. Every format shows coverage. */
export type Reporter = {
  readonly id: string;
  readonly description: string;
  render(result: Result, options: RenderOptions): Iterable<string>;
};

export type RenderOptions = {
  /** 0 none, 1 basic, 2 256 colours, 3 true colour: decided once, for every library. */
  readonly colorLevel: 0 | 1 | 2 | 3;
  /** Columns of the terminal. */
  readonly width: number;
  /** Rows of findings at most; what is left out is counted. */
  readonly limit: number;
  /** Also waived findings and policies that were disabled. */
  readonly showSuppressed: boolean;
};
