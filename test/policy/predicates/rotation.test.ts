import { describe, expect, test } from 'vitest';
import { absent, known, unknown } from '../../../src/model/fact.ts';
import type { Credential } from '../../../src/model/credential.ts';
import type { Traits } from '../../../src/model/kind.ts';
import type { Subject } from '../../../src/model/subject.ts';
import { rotation } from '../../../src/policy/predicates/rotation.ts';
import { ago, at, ahead, key, kind, now, subject, user } from '../subject.ts';

const denied = unknown('permission-denied', 'iam:ListAccessKeys');
type Given = Parameters<typeof key>[0];

describe('maxAge', () => {
  const judge = (given: Given, way: Traits['rotation'] = 'replace') =>
    rotation.test({ maxAge: '90d' })(subject(key(given), { kind: kind({ rotation: way }) }), now);

  test.each([
    ['exactly at the limit', { rotatedAt: ago('90d') }, 'replace', 'pass'],
    ['one second past it', { rotatedAt: known('2026-08-22T23:59:59Z') }, 'replace', 'fail'],
    ['in the future, by a skewed clock', { rotatedAt: known('2026-11-22T00:00:00Z') }, 'replace', 'pass'],
    ['never rotated: as old as it is', { createdAt: ago('91d'), rotatedAt: absent() }, 'in-place', 'fail'],
    ['replaced: its creation is its rotation', { createdAt: ago('91d'), rotatedAt: denied }, 'replace', 'fail'],
    ['in place and old, rotation unknown', { createdAt: ago('91d'), rotatedAt: denied }, 'in-place', 'unknown'],
    ['in place and young, rotation unknown', { createdAt: ago('9d'), rotatedAt: denied }, 'in-place', 'pass'],
    ['nothing is known', {}, 'replace', 'unknown'],
    ['never rotated, creation unknown', { rotatedAt: absent(), createdAt: denied }, 'replace', 'unknown'],
    ['renewed by the provider', { rotatedAt: ago('900d') }, 'automatic', 'not-applicable'],
    ['nothing to renew', { rotatedAt: ago('900d') }, 'none', 'not-applicable'],
  ] as const)('%s', (_, given, way, outcome) => {
    expect(judge(given, way).outcome).toBe(outcome);
  });

  test('a leap day is a day', () => {
    const limit = rotation.test({ maxAge: '366d' });
    const born = subject(key({ rotatedAt: known('2028-02-01T00:00:00Z') }));
    expect(limit(born, Date.parse('2029-02-01T00:00:00Z')).outcome).toBe('pass');
    expect(limit(born, Date.parse('2029-02-01T00:00:01Z')).outcome).toBe('fail');
  });

  test('the reason holds what was seen and by how much', () => {
    expect(judge({ rotatedAt: ago('91d') })).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'older-than', fact: 'rotatedAt', observed: '2026-08-22T00:00:00Z', limit: '90d', past: 86_400_000 }],
    });
  });

  test('an unknown names the fact and why', () => {
    expect(judge({ createdAt: ago('91d'), rotatedAt: denied }, 'in-place')).toEqual({
      outcome: 'unknown',
      missing: [{ fact: 'rotatedAt', why: 'permission-denied', detail: 'iam:ListAccessKeys' }],
    });
  });

  test('an identity has nothing to rotate', () => {
    expect(rotation.test({ maxAge: '1d' })(user(), now).outcome).toBe('not-applicable');
  });
});

describe('onSchedule', () => {
  const judge = (given: Given) => rotation.test({ onSchedule: true })(subject(key(given)), now);

  test.each([
    ['due tomorrow', { rotationDueAt: ahead('1d') }, 'pass'],
    ['due this moment', { rotationDueAt: ahead('0d') }, 'pass'],
    ['due a second ago', { rotationDueAt: known('2026-11-20T23:59:59Z') }, 'fail'],
    ['no schedule is set', { rotationDueAt: absent() }, 'not-applicable'],
    ['the schedule could not be read', { rotationDueAt: denied }, 'unknown'],
    ['of a kind that knows no schedule', {}, 'not-applicable'],
  ] as const)('%s', (_, given, outcome) => {
    expect(judge(given).outcome).toBe(outcome);
  });

  test('the reason holds when it was due and by how much it is late', () => {
    expect(judge({ rotationDueAt: ago('5d') })).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'rotation-failing', observed: '2026-11-16T00:00:00Z', past: 5 * 86_400_000 }],
    });
  });

  test('an identity has no schedule', () => {
    expect(rotation.test({ onSchedule: true })(user(), now).outcome).toBe('not-applicable');
  });
});

describe('maxOverlap', () => {
  const old = { createdAt: ago('80d') };
  const beside = (...siblings: Credential[]): Partial<Subject> => ({ siblings });
  const judge = (given: Given, rest: Partial<Subject> = {}) => rotation.test({ maxOverlap: '7d' })(subject(key(given), rest), now);
  const sibling = (given: Given) => key({ id: 'key-2', ...given });

  test.each([
    ['alone', old, {}, 'pass'],
    ['beside one of exactly seven days', old, beside(sibling({ createdAt: ago('7d') })), 'pass'],
    ['beside one of seven days and a second', old, beside(sibling({ createdAt: known('2026-11-13T23:59:59Z') })), 'fail'],
    ['as the newer one', { createdAt: ago('8d') }, beside(sibling({ createdAt: ago('80d') })), 'pass'],
    ['beside an inactive one', old, beside(sibling({ createdAt: ago('8d'), status: 'inactive' })), 'pass'],
    ['beside an expired one', old, beside(sibling({ createdAt: ago('8d'), expiresAt: ago('1d') })), 'pass'],
    ['as the expired one', { ...old, expiresAt: ago('1d') }, beside(sibling({ createdAt: ago('8d') })), 'pass'],
    ['as the inactive one', { ...old, status: 'inactive' }, beside(sibling({ createdAt: ago('8d') })), 'pass'],
    ['beside one of unknown age', old, beside(sibling({})), 'unknown'],
    ['of unknown age', {}, beside(sibling({ createdAt: ago('8d') })), 'unknown'],
    ['beside one of unknown status', old, beside(sibling({ createdAt: ago('8d'), status: 'unknown' })), 'unknown'],
    [
      'of a kind renewed in place',
      old,
      { ...beside(sibling({ createdAt: ago('8d') })), kind: kind({ rotation: 'in-place' }) },
      'not-applicable',
    ],
  ] as const)('%s', (_, given, rest, outcome) => {
    expect(judge(given, rest).outcome).toBe(outcome);
  });

  test('of two of one moment, exactly one is the older', () => {
    const twin = { createdAt: ago('80d') };
    const outcomes = [
      judge({ id: 'a', ...twin }, beside(key({ id: 'b', ...twin }))).outcome,
      judge({ id: 'b', ...twin }, beside(key({ id: 'a', ...twin }))).outcome,
    ];
    expect(outcomes).toEqual(['fail', 'pass']);
  });

  test('overlap counts from the first successor', () => {
    expect(
      judge(old, beside(sibling({ name: 'third', createdAt: ago('9d') }), key({ id: 'key-3', name: 'second', createdAt: ago('20d') }))),
    ).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'overlapping', observed: ['second', 'third'], since: '2026-11-01T00:00:00Z', limit: '7d', past: 13 * 86_400_000 }],
    });
  });
});

describe('finished', () => {
  const old = { createdAt: ago('80d'), lastUsedAt: ago('19d') };
  const young = { createdAt: ago('20d'), lastUsedAt: ago('1d') };
  const watched = (offset: string) => absent(at(`-${offset}`));
  const judge = (given: Given, sibling: Given | undefined, traits = {}) =>
    rotation.test({ finished: '14d' })(
      subject(key(given), { kind: kind(traits), siblings: sibling === undefined ? [] : [key({ id: 'key-2', ...sibling })] }),
      now,
    );

  test.each([
    ['nothing came after it', old, undefined, 'pass'],
    ['as the newer one', young, old, 'pass'],
    ['the new one took over', old, young, 'pass'],
    ['the new one is of exactly fourteen days and unused', old, { createdAt: ago('14d'), lastUsedAt: absent() }, 'pass'],
    ['the new one was never used', old, { ...young, lastUsedAt: watched('20d') }, 'fail'],
    ['the new one was perhaps used before anybody watched', old, { ...young, lastUsedAt: watched('19d') }, 'unknown'],
    ['the old one was used at the limit', { ...old, lastUsedAt: ago('6d') }, young, 'pass'],
    ['the old one was used after it', { ...old, lastUsedAt: ago('5d') }, young, 'fail'],
    ['the old one was never used', { ...old, lastUsedAt: absent() }, young, 'pass'],
    ['nobody says when the old one was used', { ...old, lastUsedAt: denied }, young, 'unknown'],
    [
      'nobody says when the old one was used, and the new one never was',
      { ...old, lastUsedAt: denied },
      { ...young, lastUsedAt: absent() },
      'fail',
    ],
    ['nobody says when the new one was used', old, { ...young, lastUsedAt: denied }, 'unknown'],
    ['the old one is switched off', { ...old, status: 'inactive', lastUsedAt: ago('5d') }, young, 'pass'],
    ['the new one is switched off', { ...old, lastUsedAt: ago('5d') }, { ...young, status: 'inactive' }, 'pass'],
    ['nobody says whether the old one works', { ...old, status: 'unknown', lastUsedAt: ago('5d') }, young, 'unknown'],
  ] as const)('%s', (_, given, sibling, outcome) => {
    expect(judge(given, sibling).outcome).toBe(outcome);
  });

  test('what is renewed in place has no successor', () => {
    expect(judge(old, { ...young, lastUsedAt: absent() }, { rotation: 'in-place' }).outcome).toBe('not-applicable');
  });

  test('the reason says which of the two was not done', () => {
    const since = { newer: 'key-2', since: at('-20d'), limit: '14d', past: 6 * 86_400_000 };
    expect(judge(old, { ...young, lastUsedAt: absent() })).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'rotation-unfinished', ...since }],
    });
    expect(judge({ ...old, lastUsedAt: ago('2d') }, young)).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'rotation-unfinished', ...since, used: at('-2d') }],
    });
  });
});
