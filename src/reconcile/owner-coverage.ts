import type { ResolvedOwner, Subject } from '../model/subject.ts';

/** How many records somebody answers for. Each record is counted once; `business` and `technical` may both count it. */
export type OwnerCoverage = {
  readonly key: string;
  readonly records: number;
  /** With an active owner of that role. */
  readonly business: number;
  readonly technical: number;
  /** With an active owner of any role. */
  readonly answeredFor: number;
  /** Named, and nobody can say whether they are active. */
  readonly unconfirmed: number;
  /** Named, and all of them have left. */
  readonly left: number;
  /** Nobody is named. */
  readonly unnamed: number;
};

/** What a row may stand for. */
export const groupings = {
  kind: ({ record }) => record.kind,
  scope: ({ record }) => record.scope,
  connector: ({ record }) => record.provider,
} as const satisfies Readonly<Record<string, (subject: Subject) => string>>;
export type Grouping = keyof typeof groupings;

export type CoverageCount = { add(subject: Subject): void; rows(): readonly OwnerCoverage[] };

/** Counts identities and credentials that the customer manages: nobody has to answer for what the provider made for itself. */
export function openOwnerCoverage(by: Grouping): CoverageCount {
  const counts = new Map<string, Mutable<OwnerCoverage>>();
  return {
    add(subject) {
      if (subject.record.record === 'grant' || subject.record.managedBy !== 'customer') return;
      const key = groupings[by](subject);
      const count = counts.get(key) ?? { key, records: 0, business: 0, technical: 0, answeredFor: 0, unconfirmed: 0, left: 0, unnamed: 0 };
      counts.set(key, count);
      // Who may change a thing does not thereby answer for it.
      const owners = subject.owners.filter(({ claim }) => claim.control === undefined);
      const active = owners.filter(({ state }) => state === 'active');
      count.records += 1;
      if (active.some(({ claim }) => claim.role === 'business')) count.business += 1;
      if (active.some(({ claim }) => claim.role === 'technical')) count.technical += 1;
      count[standingOf(owners)] += 1;
    },
    rows: () => [...counts.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  };
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function standingOf(owners: readonly ResolvedOwner[]): 'answeredFor' | 'unconfirmed' | 'left' | 'unnamed' {
  if (owners.length === 0) return 'unnamed';
  if (owners.some(({ state }) => state === 'active')) return 'answeredFor';
  return owners.some(({ state }) => state === 'unconfirmed') ? 'unconfirmed' : 'left';
}
