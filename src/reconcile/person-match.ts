import { type Fact, absent, known, unknown } from '../model/fact.ts';
import type { Identity } from '../model/identity.ts';
import type { InventoryRecord } from '../model/inventory.ts';
import type { Person, Sources } from '../model/source.ts';
import { openRoster } from '../sources/roster.ts';

export type PersonMatcher = (record: InventoryRecord, identity: Identity | undefined) => Fact<Person>;

/** Finds the person that an identity itself is, by its name or id. Owners are somebody else: who answers for a robot is no robot. */
export function openPersonMatcher(people: Sources['people']): PersonMatcher {
  const roster = openRoster(people);
  return (record, proved) => {
    const identity = record.record === 'identity' ? record : proved;
    if (!identity) return unknown('not-looked', 'this run has not seen the identity behind it');
    if (!people) return unknown('no-source', `no roster was given to find ${identity.name}`);
    const login = identity.provider === 'github' ? 'gh' : undefined;
    const person = roster.find(identity.name, login) ?? roster.find(identity.id, login);
    if (people.stale !== undefined) return unknown('stale', people.stale);
    if (person) return known(person);
    return people.complete
      ? absent()
      : unknown('not-in-source', `${identity.name} is not in ${people.file}, which does not claim to be complete`);
  };
}
