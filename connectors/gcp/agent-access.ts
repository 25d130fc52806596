import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, type Known, type Unknown, known, unknown } from '../../src/model/fact.ts';
import { type Instant, instant } from '../../src/model/instant.ts';
import { type Json, textIn, timestampIn } from './answer.ts';

// https://docs.cloud.google.com/iam/docs/reference/agentidentity/rest/v1/projects.locations.accessSummaries

/** What Google remembers of one workload that got credentials of one provider for one user, to the hour. */
export type Access = {
  readonly provider: string;
  readonly user: string | undefined;
  readonly workload: string | undefined;
  readonly lastAt: Instant;
};

export function accessIn(summary: Json): Access {
  const provider = textIn(summary, 'authProvider');
  const lastAt = instant(timestampIn(summary, 'lastAccessTime') ?? '');
  if (provider === undefined || lastAt === undefined) throw new MalformedError('an access summary without its provider or its time');
  return { provider: withoutProject(provider), user: textIn(summary, 'userId'), workload: textIn(summary, 'workloadId'), lastAt };
}

/** Answers name a project by its number or by its id; the rest of the name is the same. */
export function withoutProject(name: string): string {
  return name.replace(/^projects\/[^/]+\//, '');
}

export type Accesses = Known<readonly Access[]> | Unknown;

/** The latest of those that fit. None is no proof of none: since when Google remembers is not told, and it forgets. */
export function lastAccess(accesses: Accesses, fits: (access: Access) => boolean): Fact<Instant> {
  if (accesses.state === 'unknown') return accesses;
  const last = accesses.value
    .filter(fits)
    .map(({ lastAt }) => lastAt)
    .toSorted()
    .at(-1);
  return last === undefined ? unknown('not-offered', 'no access is on record, and since when it is kept is not told') : known(last);
}

/** The agents that used a provider. */
export function workloadsOf(accesses: Accesses, provider: string): Fact<readonly string[]> {
  if (accesses.state === 'unknown') return accesses;
  const workloads = accesses.value.flatMap((access) => (access.provider === withoutProject(provider) ? (access.workload ?? []) : []));
  return workloads.length === 0 ? unknown('not-offered', 'no access is on record') : known([...new Set(workloads)].toSorted());
}
