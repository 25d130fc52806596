import { suggest } from '../document/suggest.ts';
import { day, inWords, milliseconds } from '../model/duration.ts';
import { epoch } from '../model/instant.ts';
import type { Sources } from '../model/source.ts';
import type { Waiver } from '../model/waiver.ts';
import { joinKey } from '../sources/join-key.ts';
import { type Roster, openRoster } from '../sources/roster.ts';

export type BookContext = {
  readonly sources: Pick<Sources, 'people'>;
  /** Milliseconds. */
  readonly now: number;
  /** The longest a waiver may run, such as `90d`. */
  readonly maxDuration: string;
  readonly policyIds: ReadonlySet<string>;
};

/** Finds what keeps a waiver from counting, in words; undefined where nothing does. */
export function openValidity({ sources: { people }, now, maxDuration, policyIds }: BookContext): (waiver: Waiver) => string | undefined {
  const roster = openRoster(people);
  const limit = milliseconds(maxDuration);
  return (waiver) =>
    unknownPolicy(waiver, policyIds) ??
    tooLong(waiver, limit, maxDuration) ??
    (epoch(waiver.granted) > now ? `it is granted only from ${waiver.granted.slice(0, 10)} on` : undefined) ??
    ownApproval(waiver, roster) ??
    (people ? unconfirmedApprover(waiver, roster, people) : undefined);
}

function unknownPolicy({ policy }: Waiver, policyIds: ReadonlySet<string>): string | undefined {
  if (policyIds.has(policy)) return undefined;
  const meant = suggest(policy, [...policyIds]);
  return `this run has no policy ${policy}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

/** From day to day: 90 days from 1 September end with 30 November, the whole of it. */
function tooLong({ granted, expires }: Waiver, limit: number, maxDuration: string): string | undefined {
  const end = expires.endsWith('T23:59:59.999Z') ? epoch(expires) - day + 1 : epoch(expires);
  const length = end - epoch(granted);
  return length > limit ? `it runs for ${inWords(length)}, longer than ${maxDuration}` : undefined;
}

function ownApproval({ requester, approver }: Waiver, roster: Roster): string | undefined {
  const one = roster.find(requester);
  const isSame = joinKey(requester) === joinKey(approver) || (one !== undefined && one === roster.find(approver));
  return isSame ? `${approver} cannot approve an own request` : undefined;
}

/** Only without any roster is the approver's word taken as it stands. */
function unconfirmedApprover({ approver }: Waiver, roster: Roster, people: NonNullable<Sources['people']>): string | undefined {
  const person = roster.find(approver);
  if (!person) return `approver ${approver} is not on the roster (${people.file})`;
  if (person.status !== 'active') return `approver ${approver} is ${person.status} (${person.source})`;
  return people.stale === undefined ? undefined : `approver ${approver} cannot be confirmed: ${people.stale}`;
}
