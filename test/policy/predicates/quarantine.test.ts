import { describe, expect, test } from 'vitest';
import { absent, known, unknown } from '../../../src/model/fact.ts';
import { quarantine } from '../../../src/policy/predicates/quarantine.ts';
import { ago, ahead, at, key, now, subject } from '../subject.ts';

const refused = unknown('permission-denied');
const judge = quarantine.test({ deadline: '30d' });
const none = absent();

describe('deadline', () => {
  test.each([
    ['on', 'active', ago('90d'), none, 'not-applicable'],
    ['off for exactly thirty days', 'inactive', ago('30d'), none, 'pass'],
    ['off for a second more', 'quarantined', known('2026-10-21T23:59:59Z'), none, 'fail'],
    ['nobody says since when', 'inactive', refused, none, 'unknown'],
    ['its own deadline is ahead', 'quarantined', ago('90d'), ahead('1d'), 'pass'],
    ['its own deadline is this moment', 'quarantined', ago('90d'), ahead('0d'), 'pass'],
    ['its own deadline has passed, though it is young', 'quarantined', ago('2d'), ago('1d'), 'fail'],
    ['its own deadline is no date', 'quarantined', ago('2d'), unknown('malformed-response'), 'unknown'],
    ['nobody says whether it is on', 'unknown', ago('90d'), none, 'unknown'],
  ] as const)('%s', (_, status, since, until, outcome) => {
    expect(judge(subject(key({ status }), { quarantine: { since, until } }), now).outcome).toBe(outcome);
  });

  test('the reason says since when, or by when', () => {
    const off = key({ status: 'quarantined' });
    expect(judge(subject(off, { quarantine: { since: ago('31d'), until: none } }), now)).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'quarantined-too-long', status: 'quarantined', observed: at('-31d'), limit: '30d', past: 86_400_000 }],
    });
    expect(judge(subject(off, { quarantine: { since: ago('31d'), until: ago('2d') } }), now)).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'quarantine-over', until: at('-2d'), past: 2 * 86_400_000 }],
    });
  });
});
