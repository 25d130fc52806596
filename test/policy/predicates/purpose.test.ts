import { expect, test } from 'vitest';
import { absent, known, unknown } from '../../../src/model/fact.ts';
import { purpose } from '../../../src/policy/predicates/purpose.ts';
import { key, subject } from '../subject.ts';

const judge = purpose.test();

test.each([
  ['said', known('nightly export'), { outcome: 'pass' }],
  ['said by nobody', absent(), { outcome: 'fail', reasons: [{ code: 'no-purpose' }] }],
  ['the provider has no field for it', unknown('not-offered'), { outcome: 'unknown', missing: [{ fact: 'purpose', why: 'not-offered' }] }],
] as const)('%s', (_, given, verdict) => {
  expect(judge(subject(key(), { purpose: given }))).toEqual(verdict);
});

test('what the provider keeps needs no word of ours', () => {
  expect(judge(subject(key({ managedBy: 'provider' }), { purpose: absent() })).outcome).toBe('not-applicable');
});
