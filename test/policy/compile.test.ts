import { describe, expect, test } from 'vitest';
import { absent, known, unknown } from '../../src/model/fact.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';
import type { Subject } from '../../src/model/subject.ts';
import { compile } from '../../src/policy/compile.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { ago, key, now, owner, subject, user } from './subject.ts';

const reach = (level: PrivilegeLevel) => known(level);

function policy(rest: Partial<Policy> = {}): Policy {
  return {
    id: 'expiry/no-expiry',
    title: 'It ends',
    status: 'stable',
    severity: 'medium',
    subject: 'credential',
    match: {},
    exclude: [],
    assert: { expiry: { required: true } },
    whenUnknown: 'report',
    severityWhen: [],
    why: 'because',
    fix: 'end it',
    mapsTo: {},
    references: [],
    examples: [],
    disabled: false,
    source: 'policies.yaml:1',
    ...rest,
  };
}
const endless = (rest: Parameters<typeof key>[0] = {}) => subject(key({ expiresAt: absent(), ...rest }));
const outcomes = (rest: Partial<Policy>, given: Subject) =>
  [...compile([policy(rest)]).judge(given, now)].map(({ verdict }) => verdict.outcome);

describe('a policy means', () => {
  test.each([
    ['any, without a match', {}, true],
    ['kinds by name', { kinds: 'aws.iam_access_key' }, true],
    ['kinds by glob', { kinds: ['github.*', 'aws.*'] }, true],
    ['other kinds', { kinds: ['github.*'] }, false],
    ['providers', { providers: 'aws' }, true],
    ['other providers', { providers: ['gcp', 'azure'] }, false],
    ['scopes', { scopes: 'account/1111*' }, true],
    ['other scopes', { scopes: 'account/2222*' }, false],
    ['names', { names: ['ci-*', 'key-?'] }, true],
    ['tags', { tags: { env: ['prod', 'stage'] } }, true],
    ['tags with any value', { tags: { env: '*' } }, true],
    ['tags with another value', { tags: { env: 'dev' } }, false],
    ['tags that it does not have', { tags: { owner: '*' } }, false],
    ['tags that only its prototype has', { tags: { constructor: '*' } }, false],
    ['states', { states: ['active', 'inactive'] }, true],
    ['other states', { states: 'inactive' }, false],
    ['traits', { traits: { rotation: 'replace', expiry: ['optional', 'always'] } }, true],
    ['other traits', { traits: { rotation: 'replace', expiry: 'never' } }, false],
    ['who manages', { managedBy: 'customer' }, true],
    ['privilege', { privilege: ['admin', 'escalation'] }, true],
    ['several at once, one of them not', { providers: 'aws', states: 'inactive' }, false],
  ] as const)('%s: %s', (_, match, isMeant) => {
    const given = endless({ tags: { env: 'prod' }, privilege: known('admin') });
    expect(outcomes({ match }, given)).toEqual(isMeant ? ['fail'] : []);
  });

  test('only subjects of its sort', () => {
    expect(outcomes({}, user())).toEqual([]);
    expect(outcomes({ subject: 'identity', match: {} }, user())).toEqual(['not-applicable']);
  });
});

describe('where nobody knows whether a policy means a subject', () => {
  test('a failure is unknown, for want of the fact', () => {
    const [judgement] = compile([policy({ match: { states: 'active' } })]).judge(endless({ status: 'unknown' }), now);
    expect(judgement?.verdict).toEqual({ outcome: 'unknown', missing: [{ fact: 'status', why: 'not-offered' }] });
  });

  test('the fact is told once, also where what is demanded needs it too', () => {
    const resting = policy({ match: { states: 'quarantined' }, assert: { quarantine: { deadline: '30d' } } });
    const [judgement] = compile([resting]).judge(endless({ status: 'unknown' }), now);
    expect(judgement?.verdict).toEqual({ outcome: 'unknown', missing: [{ fact: 'status', why: 'not-offered' }] });
  });

  test('a pass stays one', () => {
    expect(outcomes({ match: { states: 'active' } }, endless({ status: 'unknown', expiresAt: ago('1d') }))).toEqual(['pass']);
  });

  test('an unknown names both facts', () => {
    const given = endless({ expiresAt: unknown('throttled'), privilege: unknown('permission-denied', 'iam:GetPolicy') });
    const [judgement] = compile([policy({ match: { privilege: 'admin' } })]).judge(given, now);
    expect(judgement?.verdict).toEqual({
      outcome: 'unknown',
      missing: [
        { fact: 'expiresAt', why: 'throttled' },
        { fact: 'privilege', why: 'permission-denied', detail: 'iam:GetPolicy' },
      ],
    });
  });

  test('an exclusion that perhaps holds leaves a failure open', () => {
    const exclude = [{ privilege: 'none', because: 'harmless' }] as const;
    expect(outcomes({ exclude }, endless({ privilege: unknown('throttled') }))).toEqual(['unknown']);
    expect(outcomes({ exclude }, endless({ privilege: known('admin') }))).toEqual(['fail']);
    expect(outcomes({ exclude }, endless({ privilege: known('none') }))).toEqual(['not-applicable']);
    expect(outcomes({ exclude }, endless({ privilege: absent() }))).toEqual(['not-applicable']);
  });

  test('a state that is asked for by the word unknown is a match', () => {
    expect(outcomes({ match: { states: 'unknown' } }, endless({ status: 'unknown' }))).toEqual(['fail']);
  });
});

describe('severity', () => {
  const severityWhen = [
    { match: { privilege: 'admin' }, severity: 'critical' },
    { match: { scopes: 'account/1*' }, severity: 'high' },
  ] as const;
  test.each([
    ['the first that holds', reach('admin'), 'account/111122223333', 'critical'],
    ['the next', reach('read'), 'account/111122223333', 'high'],
    ['its own otherwise', reach('read'), 'account/222222222222', 'medium'],
    ['what is not known does not raise it', unknown('throttled'), 'account/222222222222', 'medium'],
  ] as const)('%s', (_, privilege, scope, severity) => {
    const [judgement] = compile([policy({ severityWhen })]).judge(endless({ privilege, scope }), now);
    expect(judgement?.severity).toBe(severity);
  });
});

describe('the gate', () => {
  test.each([
    ['a failure', 'report', absent(), true],
    ['an unknown', 'report', unknown('throttled'), false],
    ['an unknown that counts as failure', 'fail', unknown('throttled'), true],
    ['a pass', 'fail', ago('1d'), false],
  ] as const)('%s', (_, whenUnknown, expiresAt, gates) => {
    const [judgement] = compile([policy({ whenUnknown })]).judge(endless({ expiresAt }), now);
    expect(judgement?.gates).toBe(gates);
  });

  test('an unknown that gates is still reported as unknown', () => {
    expect(outcomes({ whenUnknown: 'fail' }, endless({ expiresAt: unknown('throttled') }))).toEqual(['unknown']);
  });
});

describe('assertions', () => {
  const old = endless({ rotatedAt: ago('100d'), expiresAt: absent() });
  test.each([
    ['side by side, both must hold', { rotation: { maxAge: '200d' }, expiry: { required: true } }, 'fail'],
    ['any: one is enough', { any: [{ rotation: { maxAge: '200d' } }, { expiry: { required: true } }] }, 'pass'],
    ['all', { all: [{ rotation: { maxAge: '200d' } }, { expiry: { required: true } }] }, 'fail'],
    ['not', { not: { expiry: { required: true } } }, 'pass'],
    ['not any', { not: { any: [{ rotation: { maxAge: '200d' } }, { expiry: { required: true } }] } }, 'fail'],
    ['any of unknown and failed', { any: [{ usage: { dormantAfter: '1d' } }, { expiry: { required: true } }] }, 'unknown'],
  ] as const)('%s', (_, assert, outcome) => {
    expect(outcomes({ assert }, old)).toEqual([outcome]);
  });
});

test('a disabled policy judges nothing', () => {
  expect(outcomes({ disabled: true }, endless())).toEqual([]);
});

test('policies on waivers judge waivers, and nothing else does', () => {
  const onWaivers = policy({ id: 'exception/waiver-unmatched', subject: 'waiver', assert: { exception: { matched: true } } });
  const judge = compile([onWaivers, policy()]);
  const waiver = {
    id: 'W-1',
    policy: 'x',
    subject: { id: 'y' },
    reason: '',
    requester: '',
    approver: '',
    granted: '2026-11-01T00:00:00Z',
    expires: '2026-12-01T00:00:00Z',
    source: 'w.yaml:1',
  };
  expect([...judge.judgeWaiver({ waiver, state: 'unmatched' }, now)]).toMatchObject([
    { policy: { id: 'exception/waiver-unmatched' }, verdict: { outcome: 'fail' }, gates: true },
  ]);
  expect([...judge.judge(endless(), now)].map(({ policy: { id } }) => id)).toEqual(['expiry/no-expiry']);
});

test('owners count in the verdict of the policy, not in its match', () => {
  const assert = { owner: { require: 'any' } } as const;
  expect(outcomes({ assert }, subject(key(), { owners: [owner('priya', 'active')] }))).toEqual(['pass']);
});
