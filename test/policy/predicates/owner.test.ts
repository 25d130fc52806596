import { describe, expect, test } from 'vitest';
import type { ResolvedOwner } from '../../../src/model/subject.ts';
import { owner as predicate } from '../../../src/policy/predicates/owner.ts';
import { key, owner, subject } from '../subject.ts';

const active = owner('priya', 'active', { person: 'E002' });
const left = owner('lee', 'inactive', { status: 'terminated', since: '2026-08-14T00:00:00Z', source: 'people.csv:4' });
const unconfirmed = owner('somebody', 'unconfirmed', { why: { why: 'no-source' } });
const business = owner('dana', 'active', { role: 'business', person: 'E001' });

describe('an owner of any role', () => {
  const judge = predicate.test({ require: 'any' });
  test.each([
    ['nobody', [], 'fail'],
    ['somebody active', [active], 'pass'],
    ['one active among others', [left, unconfirmed, active], 'pass'],
    ['somebody unconfirmed', [unconfirmed], 'unknown'],
    ['one who left and one unconfirmed', [left, unconfirmed], 'unknown'],
    ['one who left', [left], 'fail'],
    ['a team without members', [owner('growth-team', 'empty')], 'fail'],
    ['one that the roster does not have', [owner('ghost', 'gone')], 'fail'],
  ] as const)('%s', (_, owners, outcome) => {
    expect(judge(subject(key(), { owners })).outcome).toBe(outcome);
  });

  test('who left is named, with the line that says so', () => {
    expect(judge(subject(key(), { owners: [left] }))).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'owner-inactive', ref: 'lee', status: 'terminated', since: '2026-08-14T00:00:00Z', source: 'people.csv:4' }],
    });
  });

  test('an unknown says why nobody could confirm', () => {
    expect(judge(subject(key(), { owners: [unconfirmed] }))).toEqual({
      outcome: 'unknown',
      missing: [{ fact: 'owners', why: 'no-source' }],
    });
  });

  test('what the provider keeps needs no owner of ours', () => {
    expect(judge(subject(key({ managedBy: 'provider' }))).outcome).toBe('not-applicable');
    expect(judge(subject(key({ managedBy: 'service' }))).outcome).toBe('not-applicable');
  });

  test('owners that could not be read may exist', () => {
    const { unknown: reasons, ...record } = key();
    const unread = { ...record, unknown: { ...reasons, owners: { why: 'permission-denied' as const } } };
    expect(judge(subject(unread))).toEqual({ outcome: 'unknown', missing: [{ fact: 'owners', why: 'permission-denied' }] });
    expect(judge(subject(unread, { owners: [active] })).outcome).toBe('pass');
  });
});

test('with more states it asks only that somebody is named', () => {
  const judge = predicate.test({ require: 'any', states: ['active', 'inactive', 'empty', 'gone'] });
  expect(judge(subject(key(), { owners: [left] })).outcome).toBe('pass');
  expect(judge(subject(key(), { owners: [] })).outcome).toBe('fail');
  expect(judge(subject(key(), { owners: [unconfirmed] })).outcome).toBe('unknown');
});

describe('roles', () => {
  const judge = predicate.test({ require: ['technical', 'business'], distinct: true });
  test.each([
    ['both, two persons', [active, business], 'pass'],
    ['only the technical one', [active], 'fail'],
    ['only the business one', [business], 'fail'],
    [
      'both, one person under two names',
      [active, owner('priya.nair@larkspur.example', 'active', { role: 'business', person: 'E002' })],
      'fail',
    ],
    [
      'both, one person, and another one beside',
      [active, owner('priya', 'active', { role: 'business', person: 'E002' }), business],
      'pass',
    ],
    ['one of them unconfirmed', [active, owner('x', 'unconfirmed', { role: 'business' })], 'unknown'],
    ['one missing, one unconfirmed', [unconfirmed], 'fail'],
  ] as const)('%s', (_, owners, outcome) => {
    expect(judge(subject(key(), { owners })).outcome).toBe(outcome);
  });

  test('the missing role is named', () => {
    expect(judge(subject(key(), { owners: [active] }))).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'no-owner', role: 'business' }],
    });
  });
});

describe('accountable', () => {
  const control = owner('sam', 'active', { control: true, by: 'application owner' });
  const outcomeOf = (args: Parameters<typeof predicate.test>[0], owners: readonly ResolvedOwner[]) =>
    predicate.test(args)(subject(key(), { owners }));

  test('who can change it does not thereby answer for it', () => {
    const verdict = { outcome: 'fail', reasons: [{ code: 'only-control', role: 'any', ref: 'sam', by: 'application owner' }] };
    expect(outcomeOf({ accountable: true }, [control])).toEqual(verdict);
    expect(outcomeOf({ require: 'any', accountable: true }, [control])).toEqual(verdict);
    expect(outcomeOf({ require: 'any' }, [control]).outcome).toBe('pass');
  });

  test.each([
    ['one who answers beside one who can change it', [control, active], 'pass'],
    ['one who left beside one who can change it: whether somebody is there is not asked', [control, left], 'pass'],
    ['nobody named: that is for `require` to ask', [], 'not-applicable'],
  ] as const)('%s', (_, owners, outcome) => {
    expect(outcomeOf({ accountable: true }, owners).outcome).toBe(outcome);
  });

  test('with `require`, who left is not made up for by one who can change it', () => {
    expect(outcomeOf({ require: 'any', accountable: true }, [control, left])).toMatchObject({ reasons: [{ code: 'owner-inactive' }] });
  });

  test('a scope whose tags could not be read may name somebody', () => {
    const scope = {
      record: 'scope',
      id: 'a',
      provider: 'aws',
      name: 'a',
      evidence: [],
      details: {},
      unknown: { tags: { why: 'throttled' } },
    } as const;
    expect(predicate.test({ accountable: true })(subject(key(), { owners: [control], scopes: [scope] })).outcome).toBe('unknown');
  });
});

describe('reachable', () => {
  const judge = predicate.test({ reachable: true });
  test.each([
    ['an active person with an address', [owner('priya', 'active', { address: 'priya@larkspur.example' })], 'pass'],
    ['a group without an address beside one with', [owner('a', 'active'), owner('b', 'active', { address: 'b@larkspur.example' })], 'pass'],
    ['an active person without one', [active], 'fail'],
    ['perhaps somebody else, whom nobody confirms', [active, unconfirmed], 'unknown'],
    ['only one who left', [left], 'not-applicable'],
  ] as const)('%s', (_, owners, outcome) => {
    expect(judge(subject(key(), { owners })).outcome).toBe(outcome);
  });
});

describe('agree', () => {
  const judge = predicate.test({ agree: true });
  const tag = (ref: string, rest: Parameters<typeof owner>[2] = {}) => owner(ref, 'active', { by: 'tag owner', ...rest });
  const workload = (ref: string, rest: Parameters<typeof owner>[2] = {}) => owner(ref, 'active', { by: 'workload checkout', ...rest });
  const team = { group: 'group:default/team', holds: new Set(['E002']) };
  test.each([
    ['one place', [tag('priya'), tag('jonas')], 'not-applicable'],
    ['one person under two names', [tag('priya', { person: 'E002' }), workload('priya.nair', { person: 'E002' })], 'pass'],
    ['two persons', [tag('priya', { person: 'E002' }), workload('jonas', { person: 'E006' })], 'fail'],
    ['a group and its member', [tag('priya', { person: 'E002' }), workload('team', team)], 'pass'],
    ['a group and somebody else', [tag('jonas', { person: 'E006' }), workload('team', team)], 'fail'],
    ['two names that complete sources do not have', [owner('x', 'gone', { by: 'a' }), owner('y', 'gone', { by: 'b' })], 'fail'],
    ['a name that nobody can place', [tag('priya', { person: 'E002' }), owner('x', 'unconfirmed', { by: 'b' })], 'unknown'],
    [
      'one of several in common',
      [tag('priya', { person: 'E002' }), tag('jonas', { person: 'E006' }), workload('jonas', { person: 'E006' })],
      'pass',
    ],
    ['other roles', [tag('priya', { person: 'E002' }), workload('dana', { person: 'E001', role: 'business' })], 'not-applicable'],
    ['who can change it', [tag('priya', { person: 'E002' }), workload('sam', { person: 'E008', control: true })], 'not-applicable'],
  ] as const)('%s', (_, owners, outcome) => {
    expect(judge(subject(key(), { owners })).outcome).toBe(outcome);
  });

  test('all claims are told, with the place of each', () => {
    expect(judge(subject(key(), { owners: [tag('priya', { person: 'E002' }), workload('jonas', { person: 'E006' })] }))).toEqual({
      outcome: 'fail',
      reasons: [
        {
          code: 'owners-disagree',
          role: 'technical',
          claims: [
            { ref: 'priya', by: 'tag owner' },
            { ref: 'jonas', by: 'workload checkout' },
          ],
        },
      ],
    });
  });
});
