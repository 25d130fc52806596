import { describe, expect, test } from 'vitest';
import type { Trust } from '../../../src/model/trust.ts';
import { type TrustArgs, trust } from '../../../src/policy/predicates/trust.ts';
import { denied, listed, repository, runOf } from '../run.ts';
import { held, key, now, subject, user } from '../subject.ts';
import { absent } from '../../../src/model/fact.ts';

const github = 'https://token.actions.githubusercontent.com';
const cluster = 'https://oidc.eks.eu-west-1.amazonaws.com/id/5B1F';
const by = (issuer: string, name: string, rest: Partial<Trust> = {}): Trust => ({ issuer, subject: name, party: 'issuer', ...rest });
const aws = (name: string, party: NonNullable<Trust['party']>, rest: Partial<Trust> = {}): Trust => ({
  issuer: 'sts.amazonaws.com',
  subject: name,
  party,
  ...rest,
});
type Row = readonly [name: string, trusts: readonly Trust[], outcome: string];

function table(args: TrustArgs, rows: readonly Row[]): void {
  test.each(rows)('%s', (_, trusts, outcome) => {
    expect(trust.test(args)(user({ trust: trusts }), now).outcome).toBe(outcome);
    expect(trust.test(args)(subject(key({ trust: trusts })), now).outcome).toBe(outcome);
  });
}

describe('subject: exact', () => {
  table({ subject: 'exact' }, [
    ['lets nobody in', [], 'not-applicable'],
    ['one subject', [by(github, 'repo:larkspur-foods/checkout:ref:refs/heads/main')], 'pass'],
    ['a wildcard at the end', [by(github, 'repo:larkspur-foods/checkout:*')], 'fail'],
    ['no subject at all', [by(cluster, '')], 'fail'],
    ['a wildcard that a claim narrows', [by(github, '*', { narrowedBy: ['claim'] })], 'pass'],
    ['a wildcard that only an address narrows', [by(github, '*', { narrowedBy: ['address'] })], 'fail'],
    ['a wildcard under a condition that nobody explains', [by(github, '*', { conditions: { attributeCondition: 'x' } })], 'unknown'],
    ['one that is wide beside one that is not explained', [by(github, '*'), by(github, '*', { conditions: { a: 'x' } })], 'fail'],
    ['a principal of the provider itself', [aws('arn:aws:iam::444455556666:root', 'other-account')], 'not-applicable'],
  ]);
});

describe('subject: bounded', () => {
  table({ subject: 'bounded' }, [
    ['one organization of GitHub', [by(github, 'repo:larkspur-foods/*')], 'pass'],
    ['one organization, by number', [by(github, 'repository_owner_id:90125501:*')], 'pass'],
    ['everybody at GitHub', [by(github, '*')], 'fail'],
    ['everybody whose repository has that name', [by(github, 'repo:*/checkout:ref:refs/heads/main')], 'fail'],
    ['every organization that begins so', [by(github, 'repo:larkspur-*')], 'fail'],
    ['one organization without the slash', [by(github, 'repo:larkspur-foods*')], 'fail'],
    ['no subject', [by(github, '')], 'fail'],
    ['everybody at GitLab', [by('https://gitlab.com', 'project_path:*')], 'fail'],
    ['one group of GitLab', [by('https://gitlab.com', 'project_path:larkspur/*:ref_type:branch:ref:main')], 'pass'],
    ['one organization of Terraform', [by('https://app.terraform.io', 'organization:larkspur:*')], 'pass'],
    ['everybody at Google', [by('https://accounts.google.com', '*')], 'fail'],
    ['an issuer that knows only its own', [by(cluster, '*')], 'not-applicable'],
    ['a host that only looks like one', [by('https://token.actions.githubusercontent.com.evil.example', '*')], 'not-applicable'],
  ]);
});

describe('audience', () => {
  table({ audience: 'required' }, [
    ['made for here', [by(github, 'x', { audience: 'sts.amazonaws.com' })], 'pass'],
    ['made for anybody', [by(github, 'x')], 'fail'],
    ['a principal of the provider has none', [aws('glue.amazonaws.com', 'service')], 'not-applicable'],
  ]);
});

describe('externalId', () => {
  table({ externalId: 'required' }, [
    ['another account with one', [aws('444455556666', 'other-account', { narrowedBy: ['external-id'] })], 'pass'],
    ['another account of the organization', [aws('444455556666', 'other-account', { narrowedBy: ['organization'] })], 'pass'],
    ['another account without', [aws('444455556666', 'other-account', { narrowedBy: ['mfa'] })], 'fail'],
    ['the own account', [aws('111122223333', 'own-account')], 'not-applicable'],
  ]);
});

describe('stableNames', () => {
  table({ stableNames: true }, [
    ['only a name', [by(github, 'repo:larkspur-foods/checkout:ref:refs/heads/main')], 'fail'],
    [
      'a number in a condition',
      [by(github, 'repo:larkspur-foods/*', { conditions: { c: "assertion.repository_owner_id == '90125501'" } })],
      'pass',
    ],
    ['a number in the subject', [by(github, 'repository_owner_id:90125501:*')], 'pass'],
    ['an issuer whose names are its own', [by(cluster, 'system:serviceaccount:checkout:api')], 'not-applicable'],
  ]);
});

describe('closed', () => {
  table({ closed: true }, [
    ['anybody', [aws('*', 'anyone')], 'fail'],
    ['anybody of the organization', [aws('*', 'anyone', { narrowedBy: ['organization'] })], 'pass'],
    ['anybody from one address', [aws('*', 'anyone', { narrowedBy: ['address'] })], 'fail'],
    ['a named account', [aws('444455556666', 'other-account')], 'pass'],
    ['one of several is open', [aws('444455556666', 'other-account'), aws('*', 'anyone')], 'fail'],
  ]);
});

describe('living', () => {
  table({ living: true }, [
    ['somebody deleted', [aws('AROA1234567890EXAMPLE', 'deleted')], 'fail'],
    ['somebody there', [aws('arn:aws:iam::111122223333:role/a', 'own-account')], 'pass'],
  ]);
});

test('each of several trusts that fail is told', () => {
  expect(trust.test({ subject: 'bounded' })(user({ trust: [by(github, '*'), by(github, 'repo:*')] }), now)).toEqual({
    outcome: 'fail',
    reasons: [
      { code: 'trust-unbounded', issuer: github, subject: '*' },
      { code: 'trust-unbounded', issuer: github, subject: 'repo:*' },
    ],
  });
});

test('a grant trusts nobody', () => {
  expect(trust.test({ closed: true })(held(absent()), now).outcome).toBe('not-applicable');
});

describe('repository', () => {
  const judge = trust.test({ repository: 'exists' });
  const of = (name: string) => user({ trust: [by(github, name)] });
  const gone = 'repo:larkspur-foods/gone:pull_request';
  const refused = denied('github', 'organization/Larkspur-Foods', 'github.repository');
  const elsewhere = [{ ...repository('larkspur-foods/checkout'), instance: 'github.larkspur.example' }];
  const checkout = 'repo:Larkspur-Foods/checkout:ref:refs/heads/main';
  const all = [repository('larkspur-foods/storefront'), repository('larkspur-foods/checkout')];
  const whole = runOf([], all, [listed('Larkspur-Foods'), denied('github', 'organization/larkspur-foods', 'github.member')]);

  test.each([
    ['there', checkout, whole, 'pass'],
    ['there, named with numbers', 'repo:larkspur-foods@90125501/checkout@12:ref:refs/heads/main', whole, 'pass'],
    ['not among all repositories of the organization', gone, whole, 'fail'],
    ['of an organization that this run did not list', 'repo:somebody/else:pull_request', whole, 'unknown'],
    ['of an organization that was not looked at', gone, runOf([]), 'unknown'],
    ['not among those that were seen, and nobody says that all were', gone, runOf([], all), 'unknown'],
    ['not among those that were read before a refusal', gone, runOf([], all, [refused]), 'unknown'],
    ['not among those of two runs, one of them refused', gone, runOf([], all, [listed('larkspur-foods'), refused]), 'unknown'],
    ['not among those of a server of that name elsewhere', gone, runOf([], elsewhere, [listed('larkspur-foods')]), 'unknown'],
    ['of a name that a server elsewhere has', checkout, runOf([], elsewhere, [listed('larkspur-foods')]), 'unknown'],
    ['every repository', 'repo:larkspur-foods/*', whole, 'not-applicable'],
  ] as const)('%s', (_, name, run, outcome) => {
    expect(judge({ ...of(name), run }, now).outcome).toBe(outcome);
  });

  test('other issuers name no repository of GitHub', () => {
    expect(judge({ ...user({ trust: [by('https://ghe.larkspur.example', checkout)] }), run: whole }, now).outcome).toBe('not-applicable');
  });

  test('only what names one waits for the whole run', () => {
    const waits = trust.waits({ repository: 'exists' });
    expect([waits?.(of(checkout)), waits?.(of('repo:larkspur-foods/*')), waits?.(user())]).toEqual([true, false, false]);
    expect(trust.waits({ closed: true })).toBeUndefined();
  });
});
