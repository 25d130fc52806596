import { expect, test } from 'vitest';
import type { Coverage } from '../../../src/model/coverage.ts';
import { coverage } from '../../../src/policy/predicates/coverage.ts';

const place = { record: 'coverage', connector: 'aws', scope: 'account/1', surface: 'aws.iam_user', count: 0 } as const;
const row = (state: Exclude<Coverage['state'], 'complete'>): Coverage => ({
  ...place,
  state,
  reason: 'permission-denied',
  requires: ['iam:ListUsers'],
});
const outcomes = (args: Parameters<typeof coverage.test>[0]) => {
  const judge = coverage.test(args);
  const rows = [
    { ...place, state: 'complete' } as const,
    row('partial'),
    row('denied'),
    row('not-enabled'),
    row('skipped'),
    row('not-enumerable'),
  ];
  return rows.map((each) => judge(each).outcome);
};

test('what was not looked at fails, but for what no provider can show', () => {
  expect(outcomes({ complete: true })).toEqual(['pass', 'fail', 'fail', 'fail', 'fail', 'not-applicable']);
});

test('what was left out, or is off, may be allowed', () => {
  expect(outcomes({ complete: true, skipped: 'allowed' })).toEqual(['pass', 'fail', 'fail', 'fail', 'not-applicable', 'not-applicable']);
  expect(outcomes({ complete: true, notEnabled: 'allowed' })).toEqual(['pass', 'fail', 'fail', 'not-applicable', 'fail', 'not-applicable']);
});

test('the reason names the missing permission', () => {
  expect(coverage.test({ complete: true })(row('denied'))).toEqual({
    outcome: 'fail',
    reasons: [{ code: 'not-seen', state: 'denied', why: 'permission-denied', requires: ['iam:ListUsers'] }],
  });
});
