import type { Instant } from './instant.ts';

/** One row of an authoritative source, with the place that says so: `people.csv:14`. */
export type Sourced = { readonly source: string };

export const personStatuses = ['active', 'leave', 'suspended', 'pending', 'terminated', 'unknown'] as const;
export type PersonStatus = (typeof personStatuses)[number];

export type Person = Sourced & {
  readonly id: string;
  /** Left out where the roster has none, as for somebody who has not started yet. */
  readonly email?: string;
  readonly name?: string;
  readonly status: PersonStatus;
  /** When the person left; never in the future. */
  readonly leftAt?: Instant;
  readonly manager?: string;
  /** Logins and other names, such as `gh:dana-acme`. */
  readonly aliases: readonly string[];
};
export type Vendor = Sourced & {
  readonly id: string;
  readonly name: string;
  /** Left out where the contract has no end. A bare date in the file counts to the end of that day. */
  readonly endsAt?: Instant;
  readonly businessOwner?: string;
  readonly technicalOwner?: string;
  /** Domains of its people's e-mail addresses, in lower case. */
  readonly domains?: readonly string[];
  /** Patterns of record ids that are its own, with `*`. */
  readonly identities?: readonly string[];
};
export type Workload = Sourced & {
  /** `component:default/checkout`. */
  readonly id: string;
  readonly name: string;
  /** As the registry writes it: `production`, `experimental`, `deprecated`, `retired` …, or one of the two words below. */
  readonly lifecycle: string;
  /** A person or group reference. */
  readonly owner?: string;
  /** Who answers for what it is for, where the registry says so. */
  readonly businessOwner?: string;
  /** Other names by which records may call it. */
  readonly aliases?: readonly string[];
  /** Set where the one registry of several that has it is too old. */
  readonly stale?: string;
};
/** Lifecycle of a workload that a record names and a complete registry does not have. */
export const notInRegistry = 'not in registry';
/** Lifecycle of an entry for which the registry gives none, as a Backstage System. */
export const lifecycleUnspecified = 'unspecified';

/** Members are references to users and, for the groups inside it, to groups. */
export type Group = Sourced & {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly members: readonly string[];
  /** Set where the one registry of several that has it is too old. */
  readonly stale?: string;
};
/** A registry's own name for a person: `user:default/dana`. */
export type RegistryUser = Sourced & { readonly id: string; readonly email?: string };

/** What is true of a whole source. Only a source that claims to be complete makes an absent name mean "gone". */
export type SourceInfo = {
  readonly file: string;
  readonly retrievedAt?: Instant;
  readonly complete: boolean;
  readonly rows: number;
  /** Set where the file is older than allowed: the sentence that says so. What it alone says is then unconfirmed. */
  readonly stale?: string;
};

/** The authoritative records of a run. A source that was not given is left out: nothing may be concluded from it. */
export type Sources = {
  readonly people?: SourceInfo & {
    readonly entries: readonly Person[];
    /** Names, as they are looked up, that several people have: they lead to nobody. */
    readonly ambiguous?: readonly string[];
  };
  readonly vendors?: SourceInfo & { readonly entries: readonly Vendor[] };
  readonly workloads?: SourceInfo & {
    readonly entries: readonly Workload[];
    readonly groups: readonly Group[];
    readonly users?: readonly RegistryUser[];
    /** Set where the registry has no groups at all, so that it cannot tell of one whether it exists. */
    readonly lacksGroups?: true;
    /** Whether all groups are listed, where not every one of several registries has groups. */
    readonly completeGroups?: boolean;
    /** Each of several registries. */
    readonly parts?: readonly SourceInfo[];
    /** Kinds of entry that say nothing about workloads or groups, with how many of each were passed over. */
    readonly ignored?: Readonly<Record<string, number>>;
  };
  /** Who answers for what a repository holds, by its CODEOWNERS. */
  readonly codeowners?: SourceInfo & { readonly entries: readonly OwnedRepository[] };
};

/** `larkspur-foods/checkout`, with its owners as they can be looked up. */
export type OwnedRepository = Sourced & { readonly repository: string; readonly owners: readonly string[] };
