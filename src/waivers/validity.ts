import { suggest } from '../document/suggest.ts';
import { day, inWords, milliseconds } from '../model/duration.ts';
import { epoch } from '../model/instant.ts';
import type { Sources } from '../model/source.ts';
import type { Waiver, WaiverTerms } from '../model/waiver.ts';
import { joinKey } from '../sources/join-key.ts';
import { type Roster, openRoster } from '../sources/roster.ts';

export type BookContext = {
  readonly sources: Pick<Sources, 'people'>;
  /** Milliseconds. */
  readonly now: number;
  /** The longest any waiver may run, such as `90d`. */
  readonly maxDuration: string;
  /** The policies of the run, each with what it says of its own waivers, if anything. */
  readonly policies: ReadonlyMap<string, WaiverTerms | undefined>;
  /** Ids of policies that ship or are written here, and that the run does not judge by, as those of other sets. */
  readonly notInForce?: ReadonlySet<string>;
};

/** Finds what keeps a waiver from counting, in words; undefined where nothing does. */
export function openValidity({
  sources: { people },
  now,
  maxDuration,
  policies,
  notInForce,
}: BookContext): (waiver: Waiver) => string | undefined {
  const roster = openRoster(people);
  return (waiver) =>
    (notInForce?.has(waiver.policy) ? undefined : unknownPolicy(waiver, policies)) ??
    tooLong(waiver, maxDuration) ??
    againstTerms(waiver, policies.get(waiver.policy)) ??
    (epoch(waiver.granted) > now ? `it is granted only from ${waiver.granted.slice(0, 10)} on` : undefined) ??
    ownApproval(waiver, roster) ??
    (people ? unconfirmedApprover(waiver, roster, people) : undefined);
}

function unknownPolicy({ policy }: Waiver, policies: BookContext['policies']): string | undefined {
  if (policies.has(policy)) return undefined;
  const meant = suggest(policy, [...policies.keys()]);
  return `this run has no policy ${policy}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

/** From day to day: 90 days from 1 September end with 30 November, the whole of it. */
function tooLong({ granted, expires }: Waiver, maxDuration: string): string | undefined {
  const end = expires.endsWith('T23:59:59.999Z') ? epoch(expires) - day + 1 : epoch(expires);
  const length = end - epoch(granted);
  return length > milliseconds(maxDuration) ? `it runs for ${inWords(length)}, longer than ${maxDuration}` : undefined;
}

/** A policy can only shorten what the configuration allows. */
function againstTerms(waiver: Waiver, terms: WaiverTerms | undefined): string | undefined {
  if (terms === undefined) return undefined;
  if (terms === 'none') return `${waiver.policy} allows no waivers`;
  const problem = tooLong(waiver, terms.maxDuration);
  return problem === undefined ? undefined : `${problem}, which is all that ${waiver.policy} allows`;
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
