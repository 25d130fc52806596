import { expect, test } from 'vitest';
import { type Relaxation, relaxed } from '../../../src/model/relaxation.ts';
import { relaxation } from '../../../src/policy/predicates/relaxation.ts';
import { shippedPolicies } from '../shipped.ts';
import { loadPolicies } from '../../../src/policy/load.ts';

const change = (what: Relaxation['what']): Relaxation => ({
  what,
  of: 'gate.failOn',
  from: 'high',
  to: 'critical',
  source: 'overdue.yaml:9',
});

test('fails for the sorts it names, with what changed', () => {
  const judge = relaxation.test({ none: ['gate', 'waiver'] });
  expect(judge(change('gate'))).toEqual({
    outcome: 'fail',
    reasons: [{ code: 'relaxed', of: 'gate.failOn', from: 'high', to: 'critical' }],
  });
  expect(judge(change('threshold'))).toEqual({ outcome: 'pass' });
});

test.each(relaxed)('exactly one shipped policy is about %s', (what) => {
  const { policies } = loadPolicies({ files: shippedPolicies, builtin: [] });
  const about = policies.filter(({ assert }) => assert.relaxation?.none.includes(what));
  expect(about).toHaveLength(1);
});
