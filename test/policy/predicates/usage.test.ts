import { expect, test } from 'vitest';
import { absent, known, unknown } from '../../../src/model/fact.ts';
import { usage } from '../../../src/policy/predicates/usage.ts';
import { ago, at, key, now, subject } from '../subject.ts';

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
