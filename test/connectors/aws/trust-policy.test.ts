import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTrustPolicy } from '../../../connectors/aws/trust-policy.ts';
import { MalformedError } from '../../../src/connector/refusal.ts';

const github = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::111122223333:oidc-provider/${github}`;
const issuer = `https://${github}`;
const account = '111122223333';

/** Whom it names and under which conditions; who that is has tests of its own below. */
function parse(document: string) {
  return parseTrustPolicy(document, account).map(({ party: _party, narrowedBy: _narrowedBy, ...trust }) => trust);
}

function allow(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }] });
}
function web(condition: object): string {
  return allow({ Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: condition });
}

describe('a trust policy', () => {
  test.each([
    ['a service', { Service: 'ec2.amazonaws.com' }, ['ec2.amazonaws.com']],
    ['several services', { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] }, ['ec2.amazonaws.com', 'lambda.amazonaws.com']],
    ['another account', { AWS: 'arn:aws:iam::444455556666:root' }, ['arn:aws:iam::444455556666:root']],
    ['another account by its number', { AWS: '444455556666' }, ['444455556666']],
    ['a deleted user, whom AWS shows by his unique id', { AWS: 'AIDADELETEDUSREXAMPLE' }, ['AIDADELETEDUSREXAMPLE']],
    ['another partition', { AWS: 'arn:aws-us-gov:iam::444455556666:role/audit' }, ['arn:aws-us-gov:iam::444455556666:role/audit']],
    ['everybody', '*', ['*']],
    ['everybody of AWS', { AWS: '*' }, ['*']],
  ])('lets in %s', (_who, principal, subjects) => {
    expect(parse(allow({ Principal: principal }))).toEqual(subjects.map((subject) => ({ issuer: 'sts.amazonaws.com', subject })));
  });

  test.each([
    [
      'one subject',
      { StringEquals: { [`${github}:sub`]: 'repo:o/r:ref:refs/heads/main', [`${github}:aud`]: 'sts.amazonaws.com' } },
      [{ issuer, subject: 'repo:o/r:ref:refs/heads/main', audience: 'sts.amazonaws.com' }],
    ],
    ['a pattern', { StringLike: { [`${github}:sub`]: 'repo:o/*' } }, [{ issuer, subject: 'repo:o/*' }]],
    ['the immutable form', { StringLike: { [`${github}:sub`]: 'repo:o@1/r@2:*' } }, [{ issuer, subject: 'repo:o@1/r@2:*' }]],
    [
      'several subjects',
      { 'ForAnyValue:StringLike': { [`${github}:sub`]: ['repo:o/a:*', 'repo:o/b:*'] } },
      [
        { issuer, subject: 'repo:o/a:*' },
        { issuer, subject: 'repo:o/b:*' },
      ],
    ],
    [
      'any subject',
      { StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' } },
      [{ issuer, subject: '*', audience: 'sts.amazonaws.com' }],
    ],
    [
      'claims other than the subject',
      { StringEquals: { [`${github}:repository_id`]: '42' } },
      [{ issuer, subject: '*', conditions: { [`StringEquals ${github}:repository_id`]: '42' } }],
    ],
    [
      'all subjects but one',
      { StringNotEquals: { [`${github}:sub`]: 'repo:o/r:*' } },
      [{ issuer, subject: '*', conditions: { [`StringNotEquals ${github}:sub`]: 'repo:o/r:*' } }],
    ],
    ['keys in another letter case', { stringlike: { [`${github.toUpperCase()}:SUB`]: 'repo:o/r:*' } }, [{ issuer, subject: 'repo:o/r:*' }]],
  ])('of GitHub trusts %s', (_what, condition, trusts) => {
    expect(parse(web(condition))).toEqual(trusts);
  });

  test('of a cluster has the path of its issuer', () => {
    const host = 'oidc.eks.eu-west-1.amazonaws.com/id/ABC';
    const document = allow({
      Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Condition: { StringEquals: { [`${host}:sub`]: 'system:serviceaccount:shop:checkout' } },
    });
    expect(parse(document)).toEqual([{ issuer: `https://${host}`, subject: 'system:serviceaccount:shop:checkout' }]);
  });

  test('of a SAML provider has the provider as issuer', () => {
    const saml = 'arn:aws:iam::111122223333:saml-provider/staff';
    const document = allow({
      Principal: { Federated: saml },
      Action: 'sts:AssumeRoleWithSAML',
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    });
    expect(parse(document)).toEqual([{ issuer: saml, subject: '*', audience: 'https://signin.aws.amazon.com/saml' }]);
  });

  test('keeps conditions that narrow it', () => {
    const document = allow({
      Principal: { AWS: '444455556666' },
      Condition: { StringEquals: { 'sts:ExternalId': 'x' }, Bool: { 'aws:MultiFactorAuthPresent': true } },
    });
    expect(parse(document)).toEqual([
      {
        issuer: 'sts.amazonaws.com',
        subject: '444455556666',
        conditions: { 'StringEquals sts:ExternalId': 'x', 'Bool aws:MultiFactorAuthPresent': 'true' },
      },
    ]);
  });

  test('that names who is not let in trusts everybody', () => {
    expect(parse(allow({ NotPrincipal: { AWS: '444455556666' } }))).toEqual([{ issuer: 'sts.amazonaws.com', subject: '*' }]);
  });

  test.each([
    ['denies', { Effect: 'Deny', Principal: '*' }],
    ['only allows to tag sessions', { Principal: { AWS: '444455556666' }, Action: 'sts:TagSession' }],
  ])('lets nobody in by a statement that %s', (_what, statement) => {
    expect(parse(allow(statement))).toEqual([]);
  });

  test.each([
    ['URL-encoded, as IAM sends it', encodeURIComponent],
    ['as it is', (text: string) => text],
  ])('is read %s', (_how, encode) => {
    const document = JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Principal: { Service: 'a%20b.amazonaws.com' } } });
    expect(parse(encode(document))).toEqual([{ issuer: 'sts.amazonaws.com', subject: 'a%20b.amazonaws.com' }]);
  });

  test.each([
    '',
    '%',
    '[]',
    '"x"',
    'null',
    allow({}),
    allow({ Principal: { AWS: [{}] } }),
    allow({ Principal: '*', Condition: [] }),
    '{"Statement":[null]}',
  ])('is refused: %s', (document) => {
    expect(() => parse(document)).toThrow(MalformedError);
  });

  test('is read or refused, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.record({ Statement: fc.array(fc.object()) }).map((value) => JSON.stringify(value)),
        ),
        (document) => {
          try {
            expect(Array.isArray(parse(document))).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedError);
          }
        },
      ),
    );
  });
});

describe('of a trust it says who that is', () => {
  test.each([
    ['the account itself', { AWS: `arn:aws:iam::${account}:root` }, 'own-account'],
    ['a role of the account', { AWS: `arn:aws:iam::${account}:role/ci` }, 'own-account'],
    ['a session of the account', { AWS: `arn:aws:sts::${account}:assumed-role/ci/run` }, 'own-account'],
    ['another account by its number', { AWS: '444455556666' }, 'other-account'],
    ['another account in China', { AWS: 'arn:aws-cn:iam::444455556666:root' }, 'other-account'],
    ['a user who was deleted', { AWS: 'AIDACKCEVSQ6C2EXAMPLE' }, 'deleted'],
    ['a role that was deleted', { AWS: 'AROACKCEVSQ6C2EXAMPLE' }, 'deleted'],
    ['a service', { Service: 'ec2.amazonaws.com' }, 'service'],
    ['everybody', '*', 'anyone'],
    ['an issuer of tokens', { Federated: provider }, 'issuer'],
    ['an identity provider of people', { Federated: `arn:aws:iam::${account}:saml-provider/staff` }, 'issuer'],
    ['a form that nobody documents', { AWS: 'arn:aws:iam::cloudfront:user/x' }, undefined],
  ])('%s', (_who, principal, party) => {
    expect(parseTrustPolicy(allow({ Principal: principal }), account).map((trust) => trust.party)).toEqual([party]);
  });
});

describe('of a trust it says what else must be shown', () => {
  test.each([
    ['an external id', { StringEquals: { 'sts:ExternalId': 'x' } }, ['external-id']],
    ['membership of the organisation', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }, ['organization']],
    ['the resource that asks', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::x' } }, ['source']],
    ['an address', { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, ['address']],
    ['a second factor', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, ['mfa']],
    ['who in the account', { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/a' } }, ['claim']],
    ['a repository by its id', { StringEquals: { [`${github}:repository_id`]: '42' } }, ['claim']],
    ['a workflow', { StringLike: { [`${github}:job_workflow_ref`]: 'o/r/.github/workflows/w.yml@*' } }, ['claim']],
    ['a claim of a cluster', { StringEquals: { 'oidc.eks.eu-west-1.amazonaws.com/id/ABC:amr': 'x' } }, ['claim']],
    ['a department', { StringEquals: { 'SAML:eduPersonOrgDN': 'x' } }, ['claim']],
    ['something else', { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } }, ['other']],
    ['two things', { StringEquals: { 'sts:ExternalId': 'x', 'aws:PrincipalOrgID': 'o-1' } }, ['external-id', 'organization']],
    ['nothing, by a pattern that takes all', { StringLike: { 'sts:ExternalId': '*' } }, undefined],
    ['nothing, where it is asked for only if it is there', { StringEqualsIfExists: { 'sts:ExternalId': 'x' } }, undefined],
    ['nothing, where one value is excluded', { StringNotEquals: { 'sts:ExternalId': 'x' } }, undefined],
    ['nothing, where none of no values is wrong', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-1/*' } }, undefined],
    ['nothing, where a second factor may be missing', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, undefined],
  ])('%s', (_what, condition, narrowedBy) => {
    const [trust] = parseTrustPolicy(allow({ Principal: { AWS: '444455556666' }, Condition: condition }), account);
    expect(trust?.narrowedBy).toEqual(narrowedBy);
  });

  test('and not the subject and audience of a token, which are told as such', () => {
    const condition = { StringEquals: { [`${github}:sub`]: 'repo:o/r:pull_request', [`${github}:aud`]: 'sts.amazonaws.com' } };
    expect(parseTrustPolicy(web(condition), account)).toEqual([
      { issuer, subject: 'repo:o/r:pull_request', audience: 'sts.amazonaws.com', party: 'issuer' },
    ]);
  });
});

describe('a subject', () => {
  test.each([
    [
      'is the narrower of two that must both hold',
      { StringLike: { [`${github}:sub`]: 'repo:o/*' }, StringEquals: { [`${github}:sub`]: 'repo:o/r:ref:refs/heads/main' } },
      ['repo:o/r:ref:refs/heads/main'],
    ],
    [
      'is narrowed by a pattern beside several',
      { StringLike: { [`${github}:sub`]: ['repo:o/a:*', 'repo:o/b:*'] }, 'ForAnyValue:StringLike': { [`${github}:sub`]: 'repo:o/a:*' } },
      ['repo:o/a:*'],
    ],
    [
      'is never nothing, where two cannot both hold',
      { StringLike: { [`${github}:sub`]: 'repo:o/*' }, StringEquals: { [`${github}:sub`]: 'repo:p/r' } },
      ['repo:o/*', 'repo:p/r'],
    ],
  ])('%s', (_how, condition, subjects) => {
    expect(parse(web(condition)).map(({ subject }) => subject)).toEqual(subjects);
  });

  test('with a star that is compared word for word is no pattern', () => {
    const [trust] = parseTrustPolicy(web({ StringEquals: { [`${github}:sub`]: 'repo:o/*' } }), account);
    expect(trust).toMatchObject({ conditions: { [`StringEquals ${github}:sub`]: 'repo:o/*' }, narrowedBy: ['claim'] });
  });

  test.each([
    ['cognito-identity.amazonaws.com', 'cognito-identity.amazonaws.com:sub', 'cognito-identity.amazonaws.com:aud'],
    ['accounts.google.com', 'accounts.google.com:sub', 'accounts.google.com:aud'],
    ['www.amazon.com', 'www.amazon.com:user_id', 'www.amazon.com:app_id'],
    ['graph.facebook.com', 'graph.facebook.com:id', 'graph.facebook.com:app_id'],
  ])('of %s is found under its own word', (name, subjectKey, audienceKey) => {
    const document = allow({ Principal: { Federated: name }, Condition: { StringEquals: { [subjectKey]: 's', [audienceKey]: 'a' } } });
    expect(parse(document)).toEqual([{ issuer: `https://${name}`, subject: 's', audience: 'a' }]);
  });
});
