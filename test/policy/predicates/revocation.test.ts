import { describe, expect, test } from 'vitest';
import { type Fact, absent, known, unknown } from '../../../src/model/fact.ts';
import { revocation } from '../../../src/policy/predicates/revocation.ts';
import type { Status } from '../../../src/model/record.ts';
import { ago, at, identityOf, key, kind, now, subject } from '../subject.ts';

const refused = unknown('permission-denied');

describe('restorable', () => {
  const judge = revocation.test({ restorable: '30d' });
  test.each([
    ['not deleted', 'inactive', ago('90d'), 'not-applicable'],
    ['deleted exactly thirty days ago', 'deleted-recoverable', ago('30d'), 'pass'],
    ['deleted a second earlier', 'deleted-recoverable', known('2026-10-21T23:59:59Z'), 'fail'],
    ['waiting to be deleted', 'pending-deletion', ago('31d'), 'fail'],
    ['nobody says when', 'deleted-recoverable', refused, 'unknown'],
    ['nobody says whether', 'unknown', ago('90d'), 'unknown'],
  ] as const)('%s', (_, status, statusSince, outcome) => {
    expect(judge(subject(key({ status, statusSince })), now).outcome).toBe(outcome);
  });

  test('the reason says when it was deleted', () => {
    expect(judge(subject(key({ status: 'deleted-recoverable', statusSince: ago('35d') })), now)).toEqual({
      outcome: 'fail',
      reasons: [{ code: 'restorable-too-long', observed: at('-35d'), limit: '30d', past: 5 * 86_400_000 }],
    });
  });
});

describe('credentialsGone', () => {
  const judge = (status: Status, own: Status, identity: Fact<string> = known('user-1'), leavesBehind: readonly string[] = []) =>
    revocation.test({ credentialsGone: true })(
      subject(key({ status: own, identity }), {
        identity: identityOf({ status }),
        identityKind: kind({ leavesBehind }, 'aws.iam_user', 'identity'),
      }),
      now,
    );

  test.each([
    ['both are on', 'active', 'active', 'pass'],
    ['both are off', 'inactive', 'inactive', 'not-applicable'],
    ['only the identity is off', 'inactive', 'active', 'fail'],
    ['the identity is in quarantine', 'quarantined', 'active', 'fail'],
    ['the identity is deleted', 'deleted-recoverable', 'active', 'fail'],
    ['nobody says whether the identity is on', 'unknown', 'active', 'unknown'],
    ['nobody says whether it is on itself', 'inactive', 'unknown', 'unknown'],
    ['nobody says whether it is on, beside an identity that is', 'active', 'unknown', 'pass'],
  ] as const)('%s', (_, status, own, outcome) => {
    expect(judge(status, own).outcome).toBe(outcome);
  });

  test('proves no identity', () => {
    expect(judge('inactive', 'active', absent()).outcome).toBe('not-applicable');
  });

  test('proves one that nobody can tell, or that was not seen', () => {
    expect(judge('inactive', 'active', refused).outcome).toBe('unknown');
    expect(revocation.test({ credentialsGone: true })(subject(key({ identity: known('user-9') })), now)).toEqual({
      outcome: 'unknown',
      missing: [{ fact: 'identity', why: 'not-looked', detail: 'this run has not seen user-9' }],
    });
  });

  test('what its identity leaves behind works on, what does not waits for it', () => {
    const reason = { code: 'outlives-identity', ref: 'user-1', status: 'inactive' };
    expect(judge('inactive', 'active', known('user-1'), ['aws.iam_access_key'])).toMatchObject({ reasons: [{ ...reason, worksOn: true }] });
    expect(judge('inactive', 'active')).toMatchObject({ reasons: [{ ...reason, worksOn: false }] });
  });
});
