import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Group, Person, Sources } from '../../src/model/source.ts';
import { openOwnerResolver } from '../../src/reconcile/owner-resolution.ts';

const person = (id: string, status: Person['status'], more: Partial<Person> = {}): Person => ({
  id,
  email: `${id.toLowerCase()}@larkspur.example`,
  status,
  aliases: [],
  source: `people.csv:${id.slice(1)}`,
  ...more,
});
const people = {
  file: 'people.csv',
  complete: true,
  rows: 6,
  entries: [
    person('E1', 'active', { aliases: ['gh:dana', 'dana'] }),
    person('E2', 'terminated', { leftAt: '2026-08-14T00:00:00Z', aliases: ['gh:lee-sandoval', 'lee'] }),
    person('E3', 'leave'),
    person('E4', 'unknown'),
    person('E5', 'active', { aliases: ['gh:lee'] }),
    person('E6', 'active', { aliases: ['platform'] }),
  ],
};
const group = (name: string, members: readonly string[], more: Partial<Group> = {}): Group => ({
  id: `group:default/${name}`,
  name,
  source: `catalog.yaml:${name}`,
  members,
  ...more,
});
const workloads = {
  file: 'catalog.yaml',
  complete: true,
  rows: 9,
  entries: [],
  users: [{ id: 'user:default/dana.o', source: 'catalog.yaml:9', email: 'e1@larkspur.example' }],
  groups: [
    group('living', ['user:default/e2@larkspur.example', 'user:default/dana.o']),
    group('left', ['user:default/lee', 'user:default/nobody']),
    group('nobody-in-it', []),
    group('doubtful', ['user:default/E4']),
    group('outer', ['group:default/inner']),
    group('inner', ['group:default/outer', 'user:default/E1']),
    group('ring', ['group:default/ring']),
    group('mail', ['user:default/E1'], { email: 'Mail@larkspur.example' }),
    group('platform', []),
  ],
};
const all: Sources = { people, workloads };

const resolve = (ref: string, sources: Sources = all, login?: 'gh') => {
  const { claim: _, ...standing } = openOwnerResolver(sources)({
    claim: { role: 'technical', ref, by: 'tag owner' },
    ...(login ? { login } : {}),
  });
  return standing;
};

describe('a person', () => {
  test.each([
    ['by e-mail address', 'e1@larkspur.example', 'E1'],
    ['in any case, with blanks', '  E1@Larkspur.EXAMPLE ', 'E1'],
    ['by full-width letters', 'ｅ1@larkspur.example', 'E1'],
    ['with a display name', 'Dana Okafor <e1@larkspur.example>', 'E1'],
    ['as a mail link', 'mailto:e1@larkspur.example', 'E1'],
    ['by id', 'e1', 'E1'],
    ['by alias', 'Dana', 'E1'],
    ['by alias before login', 'lee', 'E2'],
    ['by bare login', 'lee-sandoval', 'E2'],
    ['by @login', '@lee-sandoval', 'E2'],
    ['by provider and login', 'gh:lee-sandoval', 'E2'],
    ['by registry user', 'user:default/dana.o', 'E1'],
    ['by registry user without namespace', 'user:dana.o', 'E1'],
    ['by a user reference that holds an alias', 'user:lee', 'E2'],
    ['before a group of the same name', 'platform', 'E6'],
  ])('is found %s', (_, ref, id) => {
    expect(resolve(ref).person).toBe(id);
  });

  test('is found by login before alias where the provider speaks of logins', () => {
    expect(resolve('lee', all, 'gh').person).toBe('E5');
  });

  test('has an address where the roster gives one, and while active', () => {
    const { email: _, ...unaddressed } = person('E9', 'active');
    const roster = { people: { ...people, entries: [...people.entries, unaddressed] } };
    expect([resolve('e1').address, resolve('e2').address, resolve('e9', roster).address]).toEqual([
      'e1@larkspur.example',
      undefined,
      undefined,
    ]);
  });

  test('with a plus in the address is another address', () => {
    expect(resolve('e1+aws@larkspur.example').state).toBe('gone');
  });

  test.each([
    ['e1', { state: 'active', status: 'active', source: 'people.csv:1', person: 'E1', address: 'e1@larkspur.example' }],
    ['e2', { state: 'inactive', status: 'terminated', since: '2026-08-14T00:00:00Z', source: 'people.csv:2', person: 'E2' }],
    ['e3', { state: 'inactive', status: 'leave', source: 'people.csv:3', person: 'E3' }],
    [
      'e4',
      {
        state: 'unconfirmed',
        status: 'unknown',
        source: 'people.csv:4',
        person: 'E4',
        why: { why: 'not-in-source', detail: 'people.csv:4 does not say whether E4 is active' },
      },
    ],
  ])('%s stands as the roster says', (ref, standing) => {
    expect(resolve(ref)).toEqual(standing);
  });

  test('stands unconfirmed where the roster is stale, also as a leaver', () => {
    const stale = { ...all, people: { ...people, stale: 'people.csv is of 2026-01-01, older than 30d' } };
    const why = { why: 'stale', detail: 'people.csv is of 2026-01-01, older than 30d' };
    expect([resolve('e1', stale), resolve('e2', stale), resolve('who@larkspur.example', stale)]).toMatchObject([
      { state: 'unconfirmed', why, person: 'E1' },
      { state: 'unconfirmed', why, status: 'terminated' },
      { state: 'unconfirmed', why },
    ]);
  });
});

describe('a group', () => {
  test.each([
    ['group:default/living', 'active'],
    ['living', 'active'],
    ['default/Living', 'active'],
    ['group:left', 'empty'],
    ['nobody-in-it', 'empty'],
    ['doubtful', 'unconfirmed'],
    ['outer', 'active'],
    ['ring', 'empty'],
    ['mail@larkspur.example', 'active'],
    ['group:platform', 'empty'],
    ['group:default/unheard-of', 'gone'],
    ['component:default/living', 'gone'],
  ])('%s is %s', (ref, state) => {
    expect(resolve(ref).state).toBe(state);
  });

  test('is named with its own line', () => {
    expect(resolve('left')).toEqual({ state: 'empty', source: 'catalog.yaml:left', group: 'group:default/left', holds: new Set(['E2']) });
  });

  test('holds the persons and groups inside it, however deep, and not itself', () => {
    expect(resolve('outer').holds).toEqual(new Set(['E1', 'group:default/inner']));
    expect(resolve('ring').holds).toEqual(new Set());
  });

  test.each([
    ['its own', 'mail', 'Mail@larkspur.example'],
    ['that of its first active member', 'living', 'e1@larkspur.example'],
    ['none, with nobody active in it', 'left', undefined],
  ])('has an address: %s', (_, ref, address) => {
    expect(resolve(ref).address).toBe(address);
  });

  test('is not empty while the registry may lack a member, or the roster one of its members', () => {
    expect(resolve('left', { people, workloads: { ...workloads, complete: false } })).toMatchObject({
      state: 'unconfirmed',
      why: { why: 'not-in-source', detail: 'catalog.yaml may not list all members of group:default/left' },
    });
    expect(resolve('left', { people: { ...people, complete: false }, workloads })).toMatchObject({
      state: 'unconfirmed',
      why: { why: 'not-in-source' },
    });
    expect(resolve('living', { workloads })).toMatchObject({ state: 'unconfirmed', why: { why: 'no-source' } });
  });

  test('of a stale registry confirms nothing', () => {
    expect(resolve('living', { people, workloads: { ...workloads, stale: 'too old' } })).toMatchObject({
      state: 'unconfirmed',
      why: { why: 'stale', detail: 'too old' },
    });
  });
});

describe('a name on no list', () => {
  const partial = { people: { ...people, complete: false }, workloads: { ...workloads, complete: false } };
  test.each([
    ['who@larkspur.example', all, 'gone', undefined],
    ['who@larkspur.example', { people }, 'gone', undefined],
    ['who@larkspur.example', { people: partial.people, workloads }, 'unconfirmed', 'not-in-source'],
    ['who@larkspur.example', {}, 'unconfirmed', 'no-source'],
    ['user:default/who', { people }, 'gone', undefined],
    ['who', all, 'gone', undefined],
    ['who', { people }, 'unconfirmed', 'no-source'],
    ['who', { people, workloads: partial.workloads }, 'unconfirmed', 'not-in-source'],
    ['group:who', { workloads }, 'gone', undefined],
    ['group:who', { people }, 'unconfirmed', 'no-source'],
  ] as const)('%s, given %#, is %s', (ref, sources: Sources, state, why) => {
    const found = resolve(ref, sources);
    expect([found.state, found.why?.why]).toEqual([state, why]);
  });

  test('that is a login can only be a person', () => {
    expect(resolve('who', { people }, 'gh').state).toBe('gone');
  });

  test('says which list it is not on', () => {
    expect(resolve('who@larkspur.example', partial).why?.detail).toBe(
      'who@larkspur.example is not in people.csv, which does not claim to be complete',
    );
  });
});

test('nobody is gone, inactive or empty by the word of a source that is missing or stale, and nobody gone by one that is partial', () => {
  const refs = fc.constantFrom('e1', 'e2', 'e3', 'living', 'left', 'group:x', 'who', 'who@larkspur.example', 'user:nobody');
  fc.assert(
    fc.property(refs, fc.constantFrom('missing', 'stale', 'partial'), (ref, flaw) => {
      const spoil = <T extends { complete: boolean }>(source: T) =>
        flaw === 'stale' ? { ...source, stale: 'old' } : { ...source, complete: false };
      const { state } = resolve(ref, flaw === 'missing' ? {} : { people: spoil(people), workloads: spoil(workloads) });
      expect(state).not.toBe('gone');
      if (flaw !== 'partial') expect(state).toBe('unconfirmed');
    }),
  );
});

describe('for somebody who is not active', () => {
  const line = (managers: Readonly<Record<string, string | undefined>>, active: readonly string[]): Sources => ({
    people: {
      ...people,
      entries: Object.entries(managers).map(([id, manager]) =>
        person(id, active.includes(id) ? 'active' : 'terminated', { name: `Name of ${id}`, ...(manager === undefined ? {} : { manager }) }),
      ),
    },
  });
  const interim = (managers: Readonly<Record<string, string | undefined>>, active: readonly string[]): string | undefined =>
    resolve('E1', line(managers, active)).interim?.name;

  test.each<[string, Readonly<Record<string, string | undefined>>, readonly string[], string | undefined]>([
    ['the manager is proposed', { E1: 'E2', E2: undefined }, ['E2'], 'e2@larkspur.example'],
    ['the next one up who is active is', { E1: 'e2@larkspur.example', E2: 'E3', E3: undefined }, ['E3'], 'e3@larkspur.example'],
    ['the manager is known by a whole name', { E1: 'name of e2', E2: undefined }, ['E2'], 'e2@larkspur.example'],
    ['the manager is known by the id behind a name', { E1: 'Somebody (E2)', E2: undefined }, ['E2'], 'e2@larkspur.example'],
    ['nobody is where all have left', { E1: 'E2', E2: 'E3', E3: undefined }, [], undefined],
    ['nobody is where the line is a circle', { E1: 'E2', E2: 'E1' }, [], undefined],
    ['nobody is where the manager is not on the roster', { E1: 'E9' }, [], undefined],
    ['nobody is needed where he is active', { E1: 'E2', E2: undefined }, ['E1', 'E2'], undefined],
  ])('%s', (_, managers, active, expected) => {
    expect(interim(managers, active)).toBe(expected);
  });

  test('a whole name that two people have proposes neither', () => {
    const twins = [
      person('E1', 'terminated', { manager: 'Twin' }),
      person('E2', 'active', { name: 'Twin' }),
      person('E3', 'active', { name: 'twin' }),
    ];
    expect(resolve('E1', { people: { ...people, entries: twins } }).interim).toBeUndefined();
  });
});
