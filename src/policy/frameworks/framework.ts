import type { Reach } from './schema.ts';

/** A framework, or that part of one which credentials and identities bear on. */
export type Framework = {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly source: string;
  /** The day on which ids and titles were last compared with the source, or with two independent copies of it. */
  readonly verified: string;
  /** `ours` where the framework has no titles, or none that may be repeated. */
  readonly titles: 'original' | 'ours';
  readonly extent: string;
  /** By id, in the order of the framework. */
  readonly requirements: ReadonlyMap<string, Requirement>;
};
export type Requirement = {
  readonly id: string;
  readonly title: string;
  readonly tested: Reach;
  /** What is not tested, and why; left out where nothing is. */
  readonly because?: string;
  /** Globs of the kinds it is about; left out where it is about all. */
  readonly kinds?: readonly string[];
};
export type Frameworks = ReadonlyMap<string, Framework>;
export type MapsTo = Readonly<Record<string, readonly string[]>>;
