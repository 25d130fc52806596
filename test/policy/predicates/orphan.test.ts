import { describe, expect, test } from 'vitest';
import { type Fact, absent, known, unknown } from '../../../src/model/fact.ts';
import { identity } from '../../../src/model/identity.ts';
import { type Workload, lifecycleUnspecified, notInRegistry } from '../../../src/model/source.ts';
import { orphan } from '../../../src/policy/predicates/orphan.ts';
import { denied, runOf } from '../run.ts';
import { at, held, identityOf, key, kind, now, owner, subject, user } from '../subject.ts';

const source = 'people.csv:4';
const active = owner('priya', 'active');
const left = owner('lee', 'inactive', { status: 'terminated', since: at('-99d'), source });
const onLeave = owner('mira', 'inactive', { status: 'leave', source });

describe('owners', () => {
  test.each([
    ['nobody was named', [], 'not-applicable', 'not-applicable'],
    ['one is active', [left, active], 'pass', 'pass'],
    ['the only one has left', [left], 'fail', 'fail'],
    ['all have left', [left, owner('x', 'gone'), owner('data-team', 'empty')], 'fail', 'fail'],
    ['one has left, one is unconfirmed', [left, owner('x', 'unconfirmed')], 'unknown', 'unknown'],
    ['the only one is on leave', [onLeave], 'fail', 'pass'],
    ['the only one is suspended', [owner('x', 'inactive', { status: 'suspended' })], 'fail', 'fail'],
  ] as const)('%s', (_, owners, strictly, expectedBack) => {
    const given = subject(key(), { owners });
    expect(orphan.test({ owners: 'any-active' })(given, now).outcome).toBe(strictly);
    expect(orphan.test({ owners: 'any-active-or-expected' })(given, now).outcome).toBe(expectedBack);
  });

  test('the reasons name each who left, since when, and where it stands', () => {
    expect(orphan.test({ owners: 'any-active' })(subject(key(), { owners: [left, owner('data-team', 'empty')] }), now)).toEqual({
      outcome: 'fail',
      reasons: [
        { code: 'owner-inactive', ref: 'lee', status: 'terminated', since: at('-99d'), past: 99 * 86_400_000, source },
        { code: 'group-empty', ref: 'data-team', source: 'tag technical' },
      ],
    });
  });

  test('owners that could not be read may still be there', () => {
    const record = { ...key(), unknown: { owners: { why: 'throttled' as const } } };
    expect(orphan.test({ owners: 'any-active' })(subject(record), now).outcome).toBe('unknown');
    expect(orphan.test({ owners: 'any-active' })(subject(record, { owners: [left] }), now).outcome).toBe('unknown');
  });
});

describe('workload', () => {
  const workload = (lifecycle: string): Fact<Workload> =>
    known({ id: 'component:default/reporting', name: 'reporting', lifecycle, source: 'catalog.yaml:9' });
  const open = orphan.test({ workload: { lifecycle: ['production', 'experimental'] } });
  const closed = orphan.test({ workload: { lifecycle: ['production', 'experimental'], retired: ['retired'] } });
  test.each([
    ['lives', workload('production'), 'pass', 'pass'],
    ['lives, in capitals', workload('Production'), 'pass', 'pass'],
    ['is retired', workload('retired'), 'fail', 'fail'],
    ['is in no list', workload('beta'), 'fail', 'unknown'],
    ['has no lifecycle', workload(lifecycleUnspecified), 'unknown', 'unknown'],
    ['is missing in a complete registry', workload(notInRegistry), 'fail', 'fail'],
    ['is not named', absent(), 'not-applicable', 'not-applicable'],
    ['could not be looked up', unknown('no-source'), 'unknown', 'unknown'],
  ] as const)('%s', (_, given, withoutRetired, withRetired) => {
    expect(open(subject(key(), { workload: given }), now).outcome).toBe(withoutRetired);
    expect(closed(subject(key(), { workload: given }), now).outcome).toBe(withRetired);
  });
});

describe('vendor', () => {
  const vendor = (endsAt?: string) =>
    known({ id: 'paywell', name: 'Paywell', source: 'vendors.csv:2', ...(endsAt === undefined ? {} : { endsAt }) });
  test.each([
    ['the contract ends exactly now', vendor(at('0d')), '0d', 'pass'],
    ['it ended a second ago', vendor(at('-1s')), '0d', 'fail'],
    ['it ended within the grace', vendor(at('-30d')), '30d', 'pass'],
    ['it ended past the grace', vendor(at('-31d')), '30d', 'fail'],
    ['it has no end', vendor(), '0d', 'pass'],
    ['none is named', absent(), '0d', 'not-applicable'],
    ['no list knows it', unknown('not-in-source'), '0d', 'unknown'],
  ] as const)('%s', (_, given, grace, outcome) => {
    expect(orphan.test({ vendor: { grace } })(subject(key(), { vendor: given }), now).outcome).toBe(outcome);
  });
});

test('an active owner does not bring a retired workload back', () => {
  const judge = orphan.test({ owners: 'any-active', workload: { lifecycle: ['production'] } });
  const workload = known({ id: 'component:default/reporting', name: 'reporting', lifecycle: 'retired', source: 'catalog.yaml:9' });
  expect(judge(subject(key(), { owners: [active], workload }), now)).toMatchObject({
    outcome: 'fail',
    reasons: [{ code: 'workload-gone' }],
  });
});

describe('what it is attached to', () => {
  const attachedTo = (consumers?: Fact<readonly string[]>) =>
    identity({
      id: 'i',
      kind: 'azure.managed_identity',
      provider: 'azure',
      scope: 'tenant/t',
      name: 'reporting-fn',
      status: 'active',
      managedBy: 'customer',
      createdAt: unknown('not-offered'),
      lastUsedAt: unknown('not-offered'),
      expiresAt: absent(),
      purpose: absent(),
      privilege: unknown('not-looked'),
      ...(consumers === undefined ? {} : { consumers }),
      owners: [],
      tags: {},
      evidence: [],
      details: {},
    });
  test.each([
    ['is there', attachedTo(known(['/subscriptions/1/fn'])), 'pass'],
    ['is gone', attachedTo(absent()), 'fail'],
    ['could not be read', attachedTo(unknown('permission-denied')), 'unknown'],
    ['is nothing its kind has', attachedTo(), 'not-applicable'],
    ['is nothing a credential has', key(), 'not-applicable'],
  ] as const)('%s', (_, record, outcome) => {
    expect(orphan.test({ attached: true })(subject(record), now).outcome).toBe(outcome);
  });
});

describe('identity', () => {
  const judge = orphan.test({ identity: 'exists' });
  test.each([
    ['a credential of a living one', known('user-1'), 'active', 'pass'],
    ['of one that is switched off', known('user-1'), 'inactive', 'pass'],
    ['of a deleted one', known('user-1'), 'deleted-recoverable', 'fail'],
    ['of one past its end', known('user-1'), 'expired', 'fail'],
    ['of one of which nobody says', known('user-1'), 'unknown', 'unknown'],
    ['of nobody, as a stored secret', absent(), 'active', 'not-applicable'],
    ['of somebody unknown', unknown('permission-denied'), 'active', 'unknown'],
  ] as const)('%s', (_, identity, status, outcome) => {
    const given = subject(key({ identity }), identity.state === 'known' ? { identity: identityOf({ status }) } : {});
    expect(judge(given, now).outcome).toBe(outcome);
  });

  test('a grant of nobody is left over', () => {
    expect(judge(held(absent()), now)).toEqual({ outcome: 'fail', reasons: [{ code: 'identity-gone' }] });
  });

  test('one that this run has not seen may be there', () => {
    expect(judge(held(known('user-9')), now)).toEqual({
      outcome: 'unknown',
      missing: [{ fact: 'identity', why: 'not-looked', detail: 'this run has not seen user-9' }],
    });
  });

  test('of an identity itself it asks nothing', () => {
    expect(judge(user(), now).outcome).toBe('not-applicable');
  });
});

describe('federation', () => {
  const judge = orphan.test({ federation: 'used' });
  const issuer = 'https://token.actions.githubusercontent.com';
  const vouching = { kind: kind({ proof: 'federated' }, 'aws.iam_oidc_provider') };
  const provider = (consumers: Fact<readonly string[]>, id = 'p', trust = [{ issuer, subject: '*' }]) =>
    subject({ ...key({ id, consumers, trust }), kind: 'aws.iam_oidc_provider' }, vouching);
  const silent = provider(unknown('not-offered'));
  const role = user({ trust: [{ issuer: 'token.actions.githubusercontent.com/', subject: 'repo:a/b:*' }] });

  test.each([
    ['the provider names who uses it', provider(known(['role'])), 'pass'],
    ['the provider says that nobody does', provider(absent()), 'fail'],
    ['it does not say, and a role trusts the issuer', { ...silent, run: runOf([silent, role]) }, 'pass'],
    ['it does not say, and nothing trusts the issuer', { ...silent, run: runOf([silent]) }, 'fail'],
    ['only another provider has the same issuer', { ...silent, run: runOf([silent, provider(absent(), 'q')]) }, 'fail'],
    ['something around it was not read', { ...silent, run: runOf([silent], [], [denied('aws', 'account/111122223333')]) }, 'unknown'],
    ['something elsewhere was not read', { ...silent, run: runOf([silent], [], [denied('aws', 'account/444455556666')]) }, 'fail'],
    ['it names no issuer', provider(unknown('not-offered'), 'p', []), 'unknown'],
    ['what vouches for nobody', subject(key()), 'not-applicable'],
  ] as const)('%s', (_, given, outcome) => {
    expect(judge(given, now).outcome).toBe(outcome);
  });

  test('it waits for the whole run only where the provider does not say', () => {
    const waits = orphan.waits({ federation: 'used' });
    expect([waits?.(silent), waits?.(provider(absent())), waits?.(role)]).toEqual([true, false, false]);
    expect(orphan.waits({ attached: true })).toBeUndefined();
  });
});
