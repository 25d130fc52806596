import { describe, expect, test } from 'vitest';
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
