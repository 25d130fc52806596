import { describe, expect, test } from 'vitest';
import { awsPolicy } from '../../../connectors/aws/aws-managed-policies.ts';
import type { Attachable, Held } from '../../../connectors/aws/held-policies.ts';
import { parseStatements } from '../../../connectors/aws/policy-statement.ts';
import { quarantineOf, reachOf, reachWithin } from '../../../connectors/aws/reach.ts';
import { MalformedError } from '../../../src/connector/refusal.ts';
import { known, unknown } from '../../../src/model/fact.ts';

const own = 'arn:aws:iam::111122223333:policy/';
const ofAws = 'arn:aws:iam::aws:policy/';
const policy = (Action: string) => JSON.stringify({ Statement: { Effect: 'Allow', Action, Resource: '*' } });
const nobody: Held = { inline: [], attached: [], groups: [], boundary: undefined };
const attachable: Attachable = {
  groups: new Map([
    ['admins', { ...nobody, attached: [`${own}all`] }],
    ['readers', { ...nobody, inline: [{ name: 'r', document: policy('s3:Get*') }] }],
  ]),
  policies: new Map<string, ReturnType<typeof parseStatements> | MalformedError>([
    [`${own}all`, parseStatements(policy('*'), 'policy all')],
    [`${own}read`, parseStatements(policy('s3:Get*'), 'policy read')],
    [`${own}broken`, new MalformedError('policy broken that is not JSON')],
  ]),
};
const reach = (held: Partial<Held>) => reachOf({ ...nobody, ...held }, known(attachable));

describe('an identity reaches as far as', () => {
  test.each([
    ['its inline policies', { inline: [{ name: 'i', document: policy('s3:Put*') }] }, 'write', ['inline policy i: s3:Put* on *']],
    ['its attached policies', { attached: [`${own}read`] }, 'read', ['policy read: s3:Get* on *']],
    ['the policies of its groups', { groups: ['readers', 'admins'] }, 'admin', ['policy all: * on *']],
    ['the inline policies of its groups', { groups: ['readers'] }, 'read', ['group readers, inline policy r: s3:Get* on *']],
    ['policies of AWS', { attached: [`${ofAws}AmazonS3ReadOnlyAccess`] }, 'read', ['AmazonS3ReadOnlyAccess']],
    [
      'policies of AWS in another partition',
      { attached: ['arn:aws-us-gov:iam::aws:policy/AdministratorAccess'] },
      'admin',
      ['AdministratorAccess: * on *'],
    ],
    ['its boundary lets it', { attached: [`${own}all`], boundary: `${own}read` }, 'read', ['policy all: * on *']],
    [
      'a boundary of AWS lets it',
      { attached: [`${own}all`], boundary: `${ofAws}ReadOnlyAccess` },
      'read',
      ['policy all: * on *', 'no further than its permissions boundary'],
    ],
    [
      'if there were no boundary, where its text cannot be had',
      { attached: [`${own}all`], boundary: `${own}gone` },
      'admin',
      ['policy all: * on *'],
    ],
    ['nothing', {}, 'none', []],
  ] satisfies [string, Partial<Held>, string, string[]][])('%s', (_what, held, level, because) => {
    expect(reach(held)).toEqual({ state: 'known', value: { level, because } });
  });
});

describe('nobody can say how far it reaches', () => {
  test.each([
    ['with a policy that cannot be read', { attached: [`${own}broken`, `${own}read`] }, 'malformed-response'],
    ['with an inline policy that cannot be read', { inline: [{ name: 'i', document: '%7B' }] }, 'malformed-response'],
    ['with a policy that is in no list', { attached: [`${own}new`] }, 'not-looked'],
    ['in a group that is in no list', { groups: ['new'] }, 'not-looked'],
    ['as a role that AWS keeps for a service', { attached: [`${ofAws}aws-service-role/AWSSupportServiceRolePolicy`] }, 'not-looked'],
  ] satisfies [string, Partial<Held>, string][])('%s', (_what, held, why) => {
    expect(reach(held)).toMatchObject({ state: 'unknown', why });
  });

  test('where the policies were refused', () => {
    const refused = unknown('permission-denied', 'no');
    expect(reachOf(nobody, refused)).toBe(refused);
  });

  test('but an administrator is one, whatever else was not read', () => {
    expect(reach({ attached: [`${own}broken`, `${own}all`] })).toMatchObject({ state: 'known', value: { level: 'admin' } });
  });
});

describe('within a service', () => {
  const within = (held: Partial<Held>) => reachWithin('bedrock', { ...nobody, ...held }, known(attachable));

  test.each([
    ['an administrator writes', { attached: [`${own}all`] }, 'write'],
    ['a policy of AWS for it tells', { attached: [`${ofAws}AmazonBedrockLimitedAccess`] }, 'write'],
    ['a policy of AWS for reading it tells', { attached: [`${ofAws}AmazonBedrockReadOnly`] }, 'read'],
    ['another service gives nothing', { attached: [`${own}read`] }, 'none'],
  ] satisfies [string, Partial<Held>, string][])('%s', (_what, held, level) => {
    expect(within(held)).toMatchObject({ state: 'known', value: { level } });
  });

  test('a policy of AWS for other things leaves a doubt', () => {
    expect(within({ attached: [`${ofAws}job-function/DatabaseAdministrator`] })).toMatchObject({ state: 'unknown', why: 'not-looked' });
  });
});

test.each([
  ['AdministratorAccess', undefined],
  ['service-role/AWSLambdaBasicExecutionRole', 'write'],
  ['job-function/ViewOnlyAccess', 'read'],
  ['SecurityAudit', 'read'],
  ['AWSLambda_FullAccess', 'escalation'],
  ['AWSCompromisedKeyQuarantineV3', 'none'],
])('of the policies of AWS, %s is known by name', (name, level) => {
  const found = awsPolicy(`${ofAws}${name}`);
  expect(found && 'level' in found ? found.level : undefined).toBe(level);
});

test.each([`${own}AdministratorAccess`, `${ofAws}aws-service-role/X`, 'AdministratorAccess', ''])(
  '%s is no policy of AWS that anybody may have',
  (arn) => {
    expect(awsPolicy(arn)).toBeUndefined();
  },
);

test('a user whom AWS has fenced in is told', () => {
  expect(quarantineOf({ ...nobody, attached: [`${ofAws}AWSCompromisedKeyQuarantineV3`] })).toBe('AWSCompromisedKeyQuarantineV3');
  expect(quarantineOf(nobody)).toBeUndefined();
});
