import type { Unknown } from '../model/fact.ts';
import type { Group, Person, SourceInfo, Sources } from '../model/source.ts';
import type { Interim, ResolvedOwner } from '../model/subject.ts';
import { entityRef, refText } from '../sources/entity-ref.ts';
import { joinKey } from '../sources/join-key.ts';
import { type LoginProvider, type Roster, openRoster } from '../sources/roster.ts';
import type { SourcedClaim } from './claims.ts';
import { openGroupIndex } from './group-index.ts';

export type OwnerResolver = (claim: SourcedClaim) => ResolvedOwner;

/** What the sources say of one name. */
type Standing = Omit<ResolvedOwner, 'claim'>;
type Doubt = Omit<Unknown, 'state'>;

/** Holds claims against the roster and the groups of the registry. A source that is missing, partial or stale confirms nothing and refutes nothing. */
export function openOwnerResolver(sources: Sources): OwnerResolver {
  const people = openPersonFinder(sources);
  const groups = openGroupIndex(sources.workloads?.groups ?? []);
  const judged = new Map<string, Standing>();

  const groupStanding = (group: Group): Standing => {
    const { names, groups: inner } = groups.membersOf(group);
    const members = names.map((name) => {
      const person = people.find(name);
      return person ? people.standing(person) : (people.doubt(name) ?? missing(name, undefined, sources));
    });
    const holds = new Set([...members.flatMap(({ person }) => person ?? []), ...inner.map(({ id }) => id)]);
    const address = group.email ?? members.find((member) => member.address !== undefined)?.address;
    const standing = judgeGroup(group, members, sources);
    return { ...standing, group: group.id, holds, ...(address === undefined || standing.state !== 'active' ? {} : { address }) };
  };
  const judgedOnce = (group: Group): Standing => {
    const standing = judged.get(group.id) ?? groupStanding(group);
    judged.set(group.id, standing);
    return standing;
  };

  return ({ claim: said, login, stale, isOfScope }) => {
    const person = people.find(said.ref, login);
    const group = person ? undefined : groups.find(said.ref);
    const standing = person
      ? people.standing(person)
      : group
        ? judgedOnce(group)
        : (people.doubt(said.ref, login) ?? missing(said.ref, login, sources));
    const claim = { claim: said, ...(isOfScope === undefined ? {} : { isOfScope }) };
    return stale === undefined
      ? { ...claim, ...standing }
      : { ...claim, ...standing, state: 'unconfirmed', why: { why: 'stale', detail: stale } };
  };
}

type PersonFinder = {
  find(name: string, login?: LoginProvider): Person | undefined;
  /** Why a name leads to nobody although it is on the roster. */
  doubt(name: string, login?: LoginProvider): Standing | undefined;
  standing(person: Person): Standing;
};

function openPersonFinder(sources: Sources): PersonFinder {
  const { people, workloads } = sources;
  const roster = openRoster(people);
  const users = new Map((workloads?.users ?? []).map((user) => [user.id, user]));
  /** The name under which the roster knows a user of the registry. */
  const onRoster = (name: string): string => {
    const user = joinKey(name).startsWith('user:') ? entityRef(name, 'user') : undefined;
    return user ? (users.get(refText(user))?.email ?? user.name) : name;
  };
  return {
    find: (name, login) => (joinKey(name).startsWith('group:') ? undefined : roster.find(onRoster(name), login)),
    doubt(name, login) {
      if (!people || joinKey(name).startsWith('group:') || !roster.isShared(onRoster(name), login)) return undefined;
      return { state: 'unconfirmed', why: { why: 'not-in-source', detail: `several people in ${people.file} are called ${name}` } };
    },
    standing(person) {
      const standing = personStanding(person, sources);
      const interim = standing.state === 'inactive' ? interimOf(person, roster) : undefined;
      return interim ? { ...standing, interim } : standing;
    },
  };
}

/** Up the line, past managers who are not active themselves; a roster may go round in a circle. */
function interimOf(person: Person, roster: Roster): Interim | undefined {
  const seen = new Set([person]);
  for (let next = roster.managerOf(person); next && !seen.has(next); next = roster.managerOf(next)) {
    if (next.status === 'active') return { name: next.email ?? next.id, source: next.source };
    seen.add(next);
  }
  return undefined;
}

function personStanding({ id, status, leftAt, source, email }: Person, { people }: Sources): Standing {
  const told = { status, source, person: id, ...(leftAt === undefined ? {} : { since: leftAt }) };
  if (people?.stale !== undefined) return { ...told, state: 'unconfirmed', why: { why: 'stale', detail: people.stale } };
  if (status === 'unknown')
    return { ...told, state: 'unconfirmed', why: { why: 'not-in-source', detail: `${source} does not say whether ${id} is active` } };
  if (status !== 'active') return { ...told, state: 'inactive' };
  return { ...told, state: 'active', ...(email === undefined ? {} : { address: email }) };
}

/** One active member is enough. That there is none can only be said where every member is known, and the registry claims to list them all. */
function judgeGroup({ id, source, stale }: Group, members: readonly Standing[], { workloads }: Sources): Standing {
  const tooOld = workloads?.stale ?? stale;
  if (tooOld !== undefined) return { state: 'unconfirmed', source, why: { why: 'stale', detail: tooOld } };
  if (members.some(({ state }) => state === 'active')) return { state: 'active', source };
  const unconfirmed = members.find(({ state }) => state === 'unconfirmed');
  if (unconfirmed?.why) return { state: 'unconfirmed', source, why: unconfirmed.why };
  if (groupList(workloads)?.complete === true) return { state: 'empty', source };
  return {
    state: 'unconfirmed',
    source,
    why: { why: 'not-in-source', detail: `${workloads?.file ?? 'the registry'} may not list all members of ${id}` },
  };
}

/** A name on no list: `group:` can only be a group, a login, an address or `user:` only a person, any other name either. */
function missing(ref: string, login: LoginProvider | undefined, { people, workloads }: Sources): Standing {
  const key = joinKey(ref);
  const isGroup = key.startsWith('group:');
  const isPerson = login !== undefined || key.startsWith('user:') || /[^@]@/.test(key);
  const doubt =
    (isGroup ? undefined : doubtOf(people, ref, 'roster')) ??
    (isPerson ? undefined : (doubtOf(groupList(workloads), ref, 'registry of groups') ?? withoutGroups(workloads, ref)));
  if (doubt) return { state: 'unconfirmed', why: doubt };
  const source = isGroup ? workloads?.file : people?.file;
  return { state: 'gone', ...(source === undefined ? {} : { source }) };
}

/** The registry as far as it lists groups: one beside it that has none takes nothing from it. */
function groupList(workloads: Sources['workloads']): SourceInfo | undefined {
  return workloads && { ...workloads, complete: workloads.completeGroups ?? workloads.complete };
}

/** Why a name that a source lacks is not gone; undefined where the source has the right to say so. */
function doubtOf(source: SourceInfo | undefined, ref: string, noun: string): Doubt | undefined {
  if (!source) return { why: 'no-source', detail: `no ${noun} was given to confirm ${ref}` };
  if (source.stale !== undefined) return { why: 'stale', detail: source.stale };
  if (!source.complete) return { why: 'not-in-source', detail: `${ref} is not in ${source.file}, which does not claim to be complete` };
  return undefined;
}

/** A registry that has no groups at all cannot tell that one is gone. */
function withoutGroups(workloads: Sources['workloads'], ref: string): Doubt | undefined {
  return workloads?.lacksGroups === true
    ? { why: 'not-in-source', detail: `${workloads.file} lists no groups, so ${ref} may be one` }
    : undefined;
}
