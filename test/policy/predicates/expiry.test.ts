import { describe, expect, test } from 'vitest';
import { absent, known, unknown } from '../../../src/model/fact.ts';
import { expiry } from '../../../src/policy/predicates/expiry.ts';
import { ago, ahead, key, kind, now, subject, user } from '../subject.ts';

const refused = unknown('permission-denied');

describe('required', () => {
  const judge = expiry.test({ required: true });
  test.each([
    ['has an end', ahead('9d'), 'optional', 'pass'],
    ['has none', absent(), 'optional', 'fail'],
    ['nobody says', refused, 'optional', 'unknown'],
    ['cannot have one', absent(), 'never', 'not-applicable'],
    ['always has one, and nobody says which', refused, 'always', 'unknown'],
  ] as const)('%s', (_, expiresAt, trait, outcome) => {
    expect(judge(subject(key({ expiresAt }), { kind: kind({ expiry: trait }) }), now).outcome).toBe(outcome);
  });
});

describe('notExpired', () => {
  const judge = expiry.test({ notExpired: true });
  test.each([
    ['ends exactly now', known('2026-11-21T00:00:00Z'), 'pass'],
    ['ended a second ago', known('2026-11-20T23:59:59Z'), 'fail'],
    ['never ends', absent(), 'not-applicable'],
    ['nobody says', refused, 'unknown'],
  ] as const)('%s', (_, expiresAt, outcome) => {
    expect(judge(subject(key({ expiresAt })), now).outcome).toBe(outcome);
  });
});

describe('within', () => {
  const judge = expiry.test({ within: '30d' });
  test.each([
    ['exactly at the limit', ahead('30d'), 'pass'],
    ['one second nearer', known('2026-12-20T23:59:59Z'), 'fail'],
    ['now', known('2026-11-21T00:00:00Z'), 'fail'],
    ['past: another matter', ago('1s'), 'not-applicable'],
    ['never', absent(), 'not-applicable'],
    ['nobody says', refused, 'unknown'],
  ] as const)('%s', (_, expiresAt, outcome) => {
    expect(judge(subject(key({ expiresAt })), now).outcome).toBe(outcome);
  });
});

describe('maxLifetime', () => {
  const judge = expiry.test({ maxLifetime: '365d' });
  test.each([
    ['exactly at the limit', { createdAt: ago('65d'), expiresAt: ahead('300d') }, 'replace', 'pass'],
    ['one day more', { createdAt: ago('66d'), expiresAt: ahead('300d') }, 'replace', 'fail'],
    ['from the start of validity', { createdAt: ago('400d'), notBefore: ago('1d'), expiresAt: ahead('9d') }, 'replace', 'pass'],
    ['from its last renewal', { createdAt: ago('900d'), rotatedAt: ago('1d'), expiresAt: ahead('9d') }, 'in-place', 'pass'],
    ['perhaps renewed since', { createdAt: ago('900d'), rotatedAt: refused, expiresAt: ahead('9d') }, 'in-place', 'unknown'],
    ['never renewed', { createdAt: ago('900d'), rotatedAt: absent(), expiresAt: ahead('9d') }, 'in-place', 'fail'],
    ['short, whether renewed or not', { createdAt: ago('9d'), rotatedAt: refused, expiresAt: ahead('9d') }, 'in-place', 'pass'],
    ['start unknown', { expiresAt: ahead('9d') }, 'replace', 'unknown'],
    ['end unknown', { createdAt: ago('9d'), expiresAt: refused }, 'replace', 'unknown'],
    ['no end: for `required` to say', { createdAt: ago('9d'), expiresAt: absent() }, 'replace', 'not-applicable'],
  ] as const)('%s', (_, given, rotation, outcome) => {
    expect(judge(subject(key(given), { kind: kind({ rotation }) }), now).outcome).toBe(outcome);
  });
});

test('parts are held together: the failure of one is the failure of all', () => {
  const verdict = expiry.test({ required: true, notExpired: true, maxLifetime: '1d' })(
    subject(key({ createdAt: ago('9d'), expiresAt: ago('3d') })),
    now,
  );
  expect(verdict).toMatchObject({ outcome: 'fail', reasons: [{ code: 'expired' }, { code: 'lives-too-long' }] });
});

test('an identity that cannot end need not', () => {
  expect(expiry.test({ required: true })(user(), now).outcome).toBe('not-applicable');
});

describe('compensated', () => {
  const judge = expiry.test({ compensated: '90d' });
  const never = { expiry: 'never' } as const;
  test.each([
    ['has an end', { expiresAt: ahead('900d'), createdAt: ago('900d') }, {}, 'pass'],
    ['has none, and is of exactly ninety days', { expiresAt: absent(), rotatedAt: ago('90d') }, {}, 'pass'],
    ['has none, and is a day older', { expiresAt: absent(), rotatedAt: ago('91d') }, {}, 'fail'],
    ['cannot have one, and is young', { rotatedAt: ago('9d') }, never, 'pass'],
    ['cannot have one, and is old', { rotatedAt: ago('91d') }, never, 'fail'],
    ['cannot have one, and nobody says how old it is', {}, never, 'unknown'],
    ['nobody says whether it ends, and it is young', { expiresAt: refused, rotatedAt: ago('9d') }, {}, 'pass'],
    ['nobody says whether it ends, and it is old', { expiresAt: refused, rotatedAt: ago('91d') }, {}, 'unknown'],
    ['can neither end nor be renewed', { rotatedAt: ago('9d') }, { expiry: 'never', rotation: 'none' }, 'fail'],
    ['may end, and cannot be renewed', { expiresAt: absent() }, { rotation: 'none' }, 'fail'],
    ['the provider renews it', { expiresAt: absent() }, { rotation: 'automatic' }, 'pass'],
  ] as const)('%s', (_, given, traits, outcome) => {
    expect(judge(subject(key(given), { kind: kind(traits) }), now).outcome).toBe(outcome);
  });

  test('what can neither end nor be renewed says so', () => {
    expect(judge(subject(key({}), { kind: kind({ expiry: 'never', rotation: 'none' }) }), now)).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'endless' }],
    });
  });

  test('an identity holds no value to renew', () => {
    expect(judge(user(), now).outcome).toBe('not-applicable');
  });
});
