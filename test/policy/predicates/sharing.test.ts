import { describe, expect, test } from 'vitest';
import type { EnvironmentClaim } from '../../../src/model/environment.ts';
import { type Fact, absent, known, unknown } from '../../../src/model/fact.ts';
import type { Traits } from '../../../src/model/kind.ts';
import type { Person, Workload } from '../../../src/model/source.ts';
import { sharing } from '../../../src/policy/predicates/sharing.ts';
import { runOf } from '../run.ts';
import { identityOf, key, kind, now, subject, user } from '../subject.ts';

const refused = unknown('permission-denied');
const shown = (id: string, fingerprint: string, rest: Parameters<typeof subject>[1] = {}) =>
  subject(key({ id, fingerprint: known(fingerprint) }), rest);
const workload = (id: string) => known({ id, name: id, lifecycle: 'production', source: 'catalog.yaml' });

describe('maxPlaces', () => {
  const judge = sharing.test({ maxPlaces: 1 });
  const one = shown('a', 'SHA256:abc');

  test('one place', () => {
    expect(judge({ ...one, run: runOf([one, shown('b', 'SHA256:ABC')]) }, now).outcome).toBe('pass');
  });

  test('several places are named, whatever their order was', () => {
    const others = [shown('c', 'SHA256:abc'), shown('b', 'SHA256:abc')];
    const expected = {
      outcome: 'fail',
      reasons: [
        {
          code: 'key-in-places',
          limit: 1,
          others: 2,
          places: ['b', 'c'].map((name) => ({ kind: 'aws.iam_access_key', scope: 'account/111122223333', name })),
        },
      ],
    };
    expect(judge({ ...one, run: runOf([one, ...others]) }, now)).toEqual(expected);
    expect(judge({ ...one, run: runOf([...others.toReversed(), one]) }, now)).toEqual(expected);
  });

  test.each(['AA:BB:0C', 'aabb0c', 'AABB0C'])('%s is one fingerprint however it is written', (written) => {
    const given = shown('a', 'aabb0c');
    expect(judge({ ...given, run: runOf([given, shown('b', written)]) }, now).outcome).toBe('fail');
  });

  test('the same key among other kinds counts, up to the limit', () => {
    const other = subject({ ...key({ id: 'x', fingerprint: known('SHA256:abc') }), kind: 'github.ssh_key' });
    const run = runOf([one, other]);
    expect(judge({ ...one, run }, now).outcome).toBe('fail');
    expect(sharing.test({ maxPlaces: 2 })({ ...one, run }, now).outcome).toBe('pass');
  });

  test.each([
    ['no public key', absent(), 'not-applicable'],
    ['nobody says which', refused, 'unknown'],
    ['asked before the run is over', known('SHA256:abc'), 'unknown'],
  ] as const)('%s', (_, fingerprint, outcome) => {
    expect(judge(subject(key({ fingerprint })), now).outcome).toBe(outcome);
  });
});

describe('maxWorkloads', () => {
  const judge = sharing.test({ maxWorkloads: 1 });
  test.each([
    ['one consumer', known(['a']), 'pass'],
    ['one consumer, seen twice', known(['a', 'a']), 'pass'],
    ['two consumers', known(['a', 'b']), 'fail'],
    ['none seen, none named', absent(), 'not-applicable'],
    ['nobody says', refused, 'unknown'],
  ] as const)('%s', (_, consumers, outcome) => {
    expect(judge(subject(key({ consumers })), now).outcome).toBe(outcome);
  });

  test('credentials of one identity that are named for two workloads', () => {
    const given = user();
    const ofUser = (id: string, of: string) => subject(key({ id, identity: known('user-1') }), { workload: workload(of) });
    const run = runOf([ofUser('k1', 'component:default/b'), ofUser('k2', 'component:default/a'), ofUser('k3', 'component:default/a')]);
    expect(judge({ ...given, run }, now)).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'several-workloads', limit: 1, observed: ['component:default/a', 'component:default/b'] }],
    });
    expect(judge({ ...given, run: runOf([]) }, now).outcome).toBe('not-applicable');
    expect(judge(given, now).outcome).toBe('unknown');
  });
});

describe('actor', () => {
  const judge = sharing.test({ actor: 'matches' });
  const person: Fact<Person> = known({ id: 'E002', status: 'active', aliases: [], source: 'people.csv:2' });
  const checkout: Fact<Workload> = workload('component:default/checkout');
  type Row = readonly [string, Traits['actor'], Fact<Person>, Fact<Workload>, Traits['actor'], string];
  test.each<Row>([
    ['made for both', undefined, person, absent(), undefined, 'not-applicable'],
    ['a password of a person', 'person', person, absent(), undefined, 'pass'],
    ['a password of a workload', 'person', absent(), checkout, undefined, 'fail'],
    ['a password of an identity whose kind is for workloads', 'person', absent(), absent(), 'workload', 'fail'],
    ['a password of an identity whose kind is for persons', 'person', absent(), absent(), 'person', 'pass'],
    ['a password of nobody that anybody knows', 'person', absent(), absent(), undefined, 'unknown'],
    ['a password, and no roster', 'person', unknown('no-source'), absent(), undefined, 'unknown'],
    ['a machine key of a workload', 'workload', absent(), checkout, undefined, 'pass'],
    ['a machine key of a person', 'workload', person, absent(), undefined, 'fail'],
    ['a machine key of an identity whose kind is for persons', 'workload', absent(), absent(), 'person', 'fail'],
    ['a machine key of no person', 'workload', absent(), absent(), undefined, 'pass'],
    ['a machine key, and no roster', 'workload', unknown('no-source'), absent(), undefined, 'unknown'],
    ['a person who runs a workload', 'workload', person, checkout, undefined, 'fail'],
  ])('%s', (_, actor, who, runs, ofIdentity, outcome) => {
    const given = subject(key(), {
      kind: kind(actor === undefined ? {} : { actor }),
      identity: identityOf(),
      identityKind: kind(ofIdentity === undefined ? {} : { actor: ofIdentity }, 'aws.iam_user', 'identity'),
      person: who,
      workload: runs,
    });
    expect(judge(given, now).outcome).toBe(outcome);
  });

  test('the reason says who it is, by which line of the roster', () => {
    const given = subject(key(), { kind: kind({ actor: 'workload' }), identity: identityOf(), person, workload: absent() });
    expect(judge(given, now)).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'actor-mismatch', meant: 'workload', is: 'person', ref: 'user-1', source: 'people.csv:2' }],
    });
  });
});

describe('environments', () => {
  const judge = sharing.test({ environments: 'single' });
  const claim = (said: string, by = 'tag env'): EnvironmentClaim => ({
    environment: said === 'prod' ? 'production' : 'non-production',
    said,
    by,
  });

  test.each([
    ['nobody names one', [], 'not-applicable'],
    ['production', [claim('prod')], 'pass'],
    ['two that are both not production', [claim('dev'), claim('stage')], 'pass'],
    ['production and another', [claim('prod'), claim('dev', 'tag env of user-1')], 'fail'],
  ] as const)('%s', (_, environments, outcome) => {
    expect(judge(subject(key({ fingerprint: absent() }), { environments }), now).outcome).toBe(outcome);
  });

  test('those of all that show the same public key count', () => {
    const mine = shown('a', 'SHA256:abc', { environments: [claim('prod')] });
    const theirs = shown('b', 'SHA256:abc', { environments: [claim('dev')] });
    expect(judge({ ...mine, run: runOf([theirs, mine]) }, now)).toEqual({
      outcome: 'fail',
      reasons: [
        {
          code: 'environments-mixed',
          claims: [
            { said: 'prod', by: 'tag env' },
            { said: 'dev', by: 'tag env (b)' },
          ],
        },
      ],
    });
    expect(judge({ ...mine, run: runOf([mine]) }, now).outcome).toBe('pass');
  });

  test('nobody says whether the key is shown elsewhere', () => {
    expect(judge(subject(key({ fingerprint: refused }), { environments: [claim('prod')] }), now).outcome).toBe('unknown');
  });
});

describe('what waits until the whole run is known', () => {
  test.each([
    ['a key with a fingerprint', { maxPlaces: 1 }, shown('a', 'x'), true],
    ['a key without', { maxPlaces: 1 }, subject(key({ fingerprint: absent() })), false],
    ['an identity of which workloads are counted', { maxWorkloads: 1 }, user(), true],
    ['an identity of which they are not', { maxPlaces: 1 }, user(), false],
  ] as const)('%s', (_, args, given, waits) => {
    expect(sharing.waits(args)?.(given)).toBe(waits);
  });

  test('nothing, where only the actor is asked for', () => {
    expect(sharing.waits({ actor: 'matches' })).toBeUndefined();
  });
});
