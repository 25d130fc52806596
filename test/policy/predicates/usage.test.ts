import { describe, expect, test } from 'vitest';
import { absent, known, unknown } from '../../../src/model/fact.ts';
import { usage } from '../../../src/policy/predicates/usage.ts';
import { ago, at, key, kind, now, subject } from '../subject.ts';

const watched = (offset: string) => absent(at(`-${offset}`));
const refused = unknown('throttled');

test.each([
  ['used exactly at the limit', { lastUsedAt: ago('45d') }, 'pass'],
  ['used one second before it', { lastUsedAt: known('2026-10-06T23:59:59Z') }, 'fail'],
  ['never used, young', { createdAt: ago('5d'), lastUsedAt: absent() }, 'pass'],
  ['never used, exactly at the limit', { createdAt: ago('30d'), lastUsedAt: absent() }, 'pass'],
  ['never used, past it, watched for life', { createdAt: ago('31d'), lastUsedAt: absent() }, 'fail'],
  ['never used, old, watched long enough', { createdAt: ago('900d'), lastUsedAt: watched('400d') }, 'fail'],
  ['never used, old, watched too briefly', { createdAt: ago('900d'), lastUsedAt: watched('30d') }, 'unknown'],
  ['never used, young, watched since before', { createdAt: ago('5d'), lastUsedAt: watched('400d') }, 'pass'],
  ['never used, creation unknown, watched for long', { createdAt: refused, lastUsedAt: watched('400d') }, 'unknown'],
  ['never used, there from the start, watched for long', { createdAt: absent(), lastUsedAt: watched('400d') }, 'fail'],
  ['never used, there from the start, nobody says how long it was watched', { createdAt: absent(), lastUsedAt: absent() }, 'unknown'],
  ['nobody says', { createdAt: ago('900d'), lastUsedAt: refused }, 'unknown'],
] as const)('%s', (_, given, outcome) => {
  expect(usage.test({ dormantAfter: '45d', neverUsedAfter: '30d' })(subject(key(given)), now).outcome).toBe(outcome);
});

test('what was never used is held to the time that was watched, not to its age', () => {
  const verdict = usage.test({ dormantAfter: '45d' })(subject(key({ createdAt: ago('900d'), lastUsedAt: watched('50d') })), now);
  expect(verdict).toEqual({
    outcome: 'fail',
    reasons: [{ code: 'never-used', watchedSince: at('-50d'), limit: '45d', past: 5 * 86_400_000 }],
  });
});

test('a watch that is too short says since when it was kept', () => {
  const verdict = usage.test({ dormantAfter: '45d' })(subject(key({ createdAt: ago('900d'), lastUsedAt: watched('20d') })), now);
  expect(verdict).toEqual({
    outcome: 'unknown',
    missing: [{ fact: 'lastUsedAt', why: 'not-offered', detail: 'its use is watched only since 2026-11-01' }],
  });
});

test.each([
  ['dormantAfter alone also holds what was never used', { dormantAfter: '45d' }, { createdAt: ago('46d'), lastUsedAt: absent() }, 'fail'],
  ['neverUsedAfter alone asks nothing of what was used', { neverUsedAfter: '30d' }, { lastUsedAt: ago('900d') }, 'pass'],
] as const)('%s', (_, args, given, outcome) => {
  expect(usage.test(args)(subject(key(given)), now).outcome).toBe(outcome);
});

describe('notAfterSuperseded', () => {
  const judge = usage.test({ notAfterSuperseded: '7d' });
  const newer = (status: 'active' | 'inactive' = 'active') => [key({ id: 'key-2', createdAt: ago('20d'), status })];
  const old = { createdAt: ago('80d') };
  test.each([
    ['nothing came after it', { ...old, lastUsedAt: ago('1d') }, [], 'pass'],
    ['used exactly at the limit', { ...old, lastUsedAt: ago('13d') }, newer(), 'pass'],
    ['used a second later', { ...old, lastUsedAt: known('2026-11-08T00:00:01Z') }, newer(), 'fail'],
    ['the new one is switched off by now', { ...old, lastUsedAt: ago('1d') }, newer('inactive'), 'fail'],
    ['itself switched off since', { ...old, status: 'inactive', lastUsedAt: ago('1d') }, newer(), 'fail'],
    ['never used', { ...old, lastUsedAt: absent() }, newer(), 'pass'],
    ['nobody says when it was used', { ...old, lastUsedAt: refused }, newer(), 'unknown'],
    ['nobody says when it was made', { lastUsedAt: ago('1d') }, newer(), 'unknown'],
  ] as const)('%s', (_, given, siblings, outcome) => {
    expect(judge(subject(key(given), { siblings }), now).outcome).toBe(outcome);
  });

  test('what is renewed in place has no successor', () => {
    const given = subject(key({ ...old, lastUsedAt: ago('1d') }), { siblings: newer(), kind: kind({ rotation: 'in-place' }) });
    expect(judge(given, now).outcome).toBe('not-applicable');
  });
});

describe('what only stands by', () => {
  test.each([
    ['used exactly that long ago', { lastUsedAt: ago('90d') }, 'pass'],
    ['used one second later', { lastUsedAt: known('2026-08-23T00:00:01Z') }, 'fail'],
    ['never used', { createdAt: ago('900d'), lastUsedAt: absent() }, 'pass'],
    ['nobody says', { createdAt: ago('900d'), lastUsedAt: refused }, 'unknown'],
  ] as const)('%s', (_, given, outcome) => {
    expect(usage.test({ quietFor: '90d' })(subject(key(given)), now).outcome).toBe(outcome);
  });

  test('says when it was used', () => {
    expect(usage.test({ quietFor: '90d' })(subject(key({ lastUsedAt: ago('7d') })), now)).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'used-recently', observed: at('-7d'), limit: '90d', ago: 7 * 86_400_000 }],
    });
  });
});
