import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTrustPolicy } from '../../../connectors/aws/trust-policy.ts';
import { MalformedError } from '../../../src/connector/refusal.ts';

const github = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::111122223333:oidc-provider/${github}`;
const issuer = `https://${github}`;

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
    expect(parseTrustPolicy(allow({ Principal: principal }))).toEqual(
      subjects.map((subject) => ({ issuer: 'sts.amazonaws.com', subject })),
    );
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
    expect(parseTrustPolicy(web(condition))).toEqual(trusts);
  });

  test('of a cluster has the path of its issuer', () => {
    const host = 'oidc.eks.eu-west-1.amazonaws.com/id/ABC';
    const document = allow({
      Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Condition: { StringEquals: { [`${host}:sub`]: 'system:serviceaccount:shop:checkout' } },
    });
    expect(parseTrustPolicy(document)).toEqual([{ issuer: `https://${host}`, subject: 'system:serviceaccount:shop:checkout' }]);
  });

  test('of a SAML provider has the provider as issuer', () => {
    const saml = 'arn:aws:iam::111122223333:saml-provider/staff';
    const document = allow({
      Principal: { Federated: saml },
      Action: 'sts:AssumeRoleWithSAML',
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    });
    expect(parseTrustPolicy(document)).toEqual([{ issuer: saml, subject: '*', audience: 'https://signin.aws.amazon.com/saml' }]);
  });

  test('keeps conditions that narrow it', () => {
    const document = allow({
      Principal: { AWS: '444455556666' },
      Condition: { StringEquals: { 'sts:ExternalId': 'x' }, Bool: { 'aws:MultiFactorAuthPresent': true } },
    });
    expect(parseTrustPolicy(document)).toEqual([
      {
        issuer: 'sts.amazonaws.com',
        subject: '444455556666',
        conditions: { 'StringEquals sts:ExternalId': 'x', 'Bool aws:MultiFactorAuthPresent': 'true' },
      },
    ]);
  });

  test('that names who is not let in trusts everybody', () => {
    expect(parseTrustPolicy(allow({ NotPrincipal: { AWS: '444455556666' } }))).toEqual([{ issuer: 'sts.amazonaws.com', subject: '*' }]);
  });

  test.each([
    ['denies', { Effect: 'Deny', Principal: '*' }],
    ['only allows to tag sessions', { Principal: { AWS: '444455556666' }, Action: 'sts:TagSession' }],
  ])('lets nobody in by a statement that %s', (_what, statement) => {
    expect(parseTrustPolicy(allow(statement))).toEqual([]);
  });

  test.each([
    ['URL-encoded, as IAM sends it', encodeURIComponent],
    ['as it is', (text: string) => text],
  ])('is read %s', (_how, encode) => {
    const document = JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Principal: { Service: 'a%20b.amazonaws.com' } } });
    expect(parseTrustPolicy(encode(document))).toEqual([{ issuer: 'sts.amazonaws.com', subject: 'a%20b.amazonaws.com' }]);
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
    expect(() => parseTrustPolicy(document)).toThrow(MalformedError);
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
            expect(Array.isArray(parseTrustPolicy(document))).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedError);
          }
        },
      ),
    );
  });
});
