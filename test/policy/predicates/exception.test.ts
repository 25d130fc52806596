import { describe, expect, test } from 'vitest';
import type { Waiver, WaiverState } from '../../../src/model/waiver.ts';
import { exception } from '../../../src/policy/predicates/exception.ts';
import { at, now } from '../subject.ts';

const waiver: Waiver = {
  id: 'W-1',
  policy: 'rotation/long-lived-credential',
  subject: { id: 'key-1' },
  reason: 'the appliance cannot rotate',
  requester: 'priya.nair@larkspur.example',
  approver: 'dana.okafor@larkspur.example',
  granted: at('-60d'),
  expires: at('-3d'),
  source: 'waivers.yaml:3',
};
const active: WaiverState = { waiver, state: 'active' };
const expired: WaiverState = { waiver, state: 'expired', past: 3 };
const unmatched: WaiverState = { waiver, state: 'unmatched' };
const unseen: WaiverState = { waiver, state: 'unseen', why: 'permission-denied', detail: 'aws.iam_access_key of account/1: denied' };
const invalid: WaiverState = { waiver, state: 'invalid', problem: 'approved by its requester' };

test.each([
  ['notExpired', [active, expired, unmatched, unseen, invalid], ['pass', 'fail', 'pass', 'pass', 'not-applicable']],
  ['matched', [active, expired, unmatched, unseen, invalid], ['pass', 'not-applicable', 'fail', 'unknown', 'not-applicable']],
  ['valid', [active, expired, unmatched, unseen, invalid], ['pass', 'pass', 'pass', 'pass', 'fail']],
] as const)('%s', (claim, states, outcomes) => {
  const judge = exception.test({ [claim]: true });
  expect(states.map((state) => judge(state, now).outcome)).toEqual(outcomes);
});

test('one waiver is one finding: no two claims fail on the same state', () => {
  const claims = [{ notExpired: true }, { matched: true }, { valid: true }] as const;
  for (const state of [active, expired, unmatched, unseen, invalid]) {
    expect(claims.filter((claim) => exception.test(claim)(state, now).outcome === 'fail').length).toBeLessThanOrEqual(1);
  }
});

test('the reasons', () => {
  expect(exception.test({ matched: true })(unseen, now)).toEqual({
    outcome: 'unknown',
    missing: [{ fact: 'subject', why: 'permission-denied', detail: 'aws.iam_access_key of account/1: denied' }],
  });
  expect(exception.test({ notExpired: true })(expired, now)).toEqual({
    outcome: 'fail',
    reasons: [{ code: 'waiver-expired', expired: at('-3d'), past: 3 }],
  });
  expect(exception.test({ valid: true })(invalid, now)).toEqual({
    outcome: 'fail',
    reasons: [{ code: 'waiver-invalid', problem: 'approved by its requester' }],
  });
});

describe('maxRenewals', () => {
  const judge = exception.test({ maxRenewals: 2 });
  test.each([
    ['never renewed', undefined, 'pass'],
    ['exactly at the limit', 2, 'pass'],
    ['once too often', 3, 'fail'],
  ] as const)('%s', (_, renewals, outcome) => {
    const given = { ...waiver, ...(renewals === undefined ? {} : { renewals }) };
    expect(judge({ waiver: given, state: 'active' }, now).outcome).toBe(outcome);
  });
});

describe('within', () => {
  const judge = exception.test({ within: '14d' });
  const until = (expires: string, state: 'active' | 'unmatched' = 'active') => judge({ waiver: { ...waiver, expires }, state }, now);

  test.each([
    ['exactly fourteen days ahead', at('14d'), 'active', 'pass'],
    ['a second nearer', '2026-12-04T23:59:59Z', 'active', 'fail'],
    ['this moment', at('0d'), 'active', 'fail'],
    ['of one that covers nothing', at('2d'), 'unmatched', 'not-applicable'],
  ] as const)('%s', (_, expires, state, outcome) => {
    expect(until(expires, state).outcome).toBe(outcome);
  });

  test('what has run out, or never counted, ends no more', () => {
    expect([expired, invalid].map((state) => judge(state, now).outcome)).toEqual(['not-applicable', 'not-applicable']);
  });
});
