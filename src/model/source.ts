import type { Instant } from './instant.ts';

/** One row of an authoritative source, with the place that says so: `people.csv:14`. */
export type Sourced = { readonly source: string };

export const personStatuses = ['active', 'leave', 'suspended', 'pending', 'terminated', 'unknown'] as const;
export type PersonStatus = (typeof personStatuses)[number];

export type Person = Sourced & {
  readonly id: string;
  readonly email: string;
  readonly name?: string;
  readonly status: PersonStatus;
  readonly leftAt?: Instant;
  readonly manager?: string;
  /** Logins and other names, such as `gh:dana-acme`. */
  readonly aliases: readonly string[];
};
export type Vendor = Sourced & {
  readonly id: string;
  readonly name: string;
  readonly endsAt?: Instant;
  readonly businessOwner?: string;
  readonly technicalOwner?: string;
};
export type Workload = Sourced & {
  /** `component:default/checkout`. */
  readonly id: string;
  readonly name: string;
  /** As the registry writes it: `production`, `experimental`, `deprecated`, `retired` … */
  readonly lifecycle: string;
  /** A person or group reference. */
  readonly owner?: string;
};
export type Group = Sourced & { readonly id: string; readonly name: string; readonly members: readonly string[] };

/** What is true of a whole source. Only a source that claims to be complete makes an absent name mean "gone". */
export type SourceInfo = { readonly file: string; readonly retrievedAt?: Instant; readonly complete: boolean; readonly rows: number };

/** The authoritative records of a run. A source that was not given is left out: nothing may be concluded from it. */
export type Sources = {
  readonly people?: SourceInfo & { readonly entries: readonly Person[] };
  readonly vendors?: SourceInfo & { readonly entries: readonly Vendor[] };
  readonly workloads?: SourceInfo & { readonly entries: readonly Workload[]; readonly groups: readonly Group[] };
};
