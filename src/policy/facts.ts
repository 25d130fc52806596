import type { Absent, Unknown } from '../model/fact.ts';
import type { ResolvedOwner, Subject } from '../model/subject.ts';
import { type Verdict, undecided } from '../model/verdict.ts';

/** The verdict when a fact is needed and not there. A time that the provider says there is none of, where there must be one, is not offered. */
export function lacking(field: string, given: Absent | Unknown, detail?: string): Verdict {
  const why = given.state === 'unknown' ? given.why : 'not-offered';
  const words = detail ?? (given.state === 'unknown' ? given.detail : undefined);
  return undecided(field, words === undefined ? { why } : { why, detail: words });
}

/** Set where the provider has owners that could not be read, on the record or on the identity it inherits from. */
export function unreadOwners({ record, identity }: Subject): Verdict | undefined {
  const reason = record.unknown?.owners ?? identity?.unknown?.owners;
  return reason && undecided('owners', reason);
}

/** Why the tags of a scope around it could not be read, whatever they say. */
export function unreadScopeTags({ scopes = [] }: Subject): Omit<Unknown, 'state'> | undefined {
  return scopes.find(({ unknown }) => unknown?.tags)?.unknown?.tags;
}

/** Set where a scope may name an owner that could not be read: for a role that nobody nearer has. */
export function unreadScopeOwners(subject: Subject): Verdict | undefined {
  const reason = unreadScopeTags(subject);
  return reason && undecided('owners', reason);
}

export function unconfirmedOwner({ claim, why }: ResolvedOwner): Verdict {
  return undecided('owners', why ?? { why: 'not-in-source', detail: `${claim.ref} (${claim.by}) is not confirmed by a roster` });
}

/** What needs the whole run is not asked before it is over: see `Predicate.waits`. */
export const untilTheEnd: Verdict = undecided('run', { why: 'not-looked', detail: 'the whole run is not known yet' });
