import { describe, expect, test } from 'vitest';
import { federatedMember, trustsOfMember } from '../../../connectors/gcp/federated-member.ts';
import { providerOf, trustsOf } from '../../../connectors/gcp/provider-trust.ts';
import { MalformedError } from '../../../src/connector/refusal.ts';

const github = 'https://token.actions.githubusercontent.com';
const mapped = { 'google.subject': 'assertion.sub', 'attribute.repository': 'assertion.repository' };
const oidc = (issuerUri: string, more: object = {}) => ({ oidc: { issuerUri }, attributeMapping: mapped, ...more });

describe('whom a provider trusts', () => {
  const issuer = { party: 'issuer' };
  const outside = { issuer: github, ...issuer };
  const condition = (attributeCondition: string) => ({ conditions: { attributeCondition } });
  const awsRole =
    "assertion.arn.contains('assumed-role') ? assertion.arn.extract('{account_arn}assumed-role/') + 'assumed-role/' + assertion.arn.extract('assumed-role/{role_name}/') : assertion.arn";
  test.each<[string, object, object[]]>([
    ['every repository of GitHub, without a condition', oidc(github), [{ ...outside, subject: '*' }]],
    [
      'one repository',
      oidc(github, { attributeCondition: "assertion.repository == 'a/b'" }),
      [{ ...outside, subject: 'repo:a/b:*', ...condition("assertion.repository == 'a/b'") }],
    ],
    [
      'one repository, on one branch',
      oidc(github, { attributeCondition: "assertion.repository == 'a/b' && assertion.ref == 'refs/heads/main'" }),
      [
        {
          ...outside,
          subject: 'repo:a/b:*',
          ...condition("assertion.repository == 'a/b' && assertion.ref == 'refs/heads/main'"),
          narrowedBy: ['claim'],
        },
      ],
    ],
    [
      'one owner',
      oidc(github, { attributeCondition: "assertion.repository_owner=='a'" }),
      [{ ...outside, subject: 'repo:a/*', ...condition("assertion.repository_owner=='a'") }],
    ],
    [
      'one owner by its number, which no subject shows',
      oidc(github, { attributeCondition: "assertion.repository_owner_id == '7'" }),
      [{ ...outside, subject: '*', ...condition("assertion.repository_owner_id == '7'"), narrowedBy: ['claim'] }],
    ],
    [
      'everybody but one, which narrows nothing',
      oidc(github, { attributeCondition: "assertion.repository_owner != 'a'" }),
      [{ ...outside, subject: '*', ...condition("assertion.repository_owner != 'a'") }],
    ],
    [
      'somebody, in words that are not read here',
      oidc(github, { attributeCondition: "assertion.sub.matches('repo:a/.*')" }),
      [{ ...outside, subject: '*', ...condition("assertion.sub.matches('repo:a/.*')"), narrowedBy: ['other'] }],
    ],
    [
      'an AWS account',
      { aws: { accountId: '111122223333' } },
      [{ issuer: 'sts.amazonaws.com', subject: 'arn:aws:iam::111122223333:root', party: 'other-account' }],
    ],
    [
      'one role of an AWS account, by the mapping that Google sets itself',
      { aws: { accountId: '111122223333' }, attributeCondition: "attribute.aws_role == 'arn:aws:sts::111122223333:assumed-role/etl'" },
      [
        {
          issuer: 'sts.amazonaws.com',
          subject: 'arn:aws:sts::111122223333:assumed-role/etl/*',
          party: 'other-account',
          ...condition("attribute.aws_role == 'arn:aws:sts::111122223333:assumed-role/etl'"),
        },
      ],
    ],
    [
      'one role of an AWS account, by that mapping written down',
      {
        aws: { accountId: '111122223333' },
        attributeMapping: { 'google.subject': 'assertion.arn', 'attribute.aws_role': awsRole },
        attributeCondition: "attribute.aws_role.startsWith('arn:aws:sts::111122223333:assumed-role/ci-')",
      },
      [
        {
          issuer: 'sts.amazonaws.com',
          subject: 'arn:aws:sts::111122223333:assumed-role/ci-*/*',
          party: 'other-account',
          ...condition("attribute.aws_role.startsWith('arn:aws:sts::111122223333:assumed-role/ci-')"),
        },
      ],
    ],
    [
      'an Azure tenant, with its audience',
      { oidc: { issuerUri: 'https://sts.windows.net/tenant/', allowedAudiences: ['api://gcp'] } },
      [{ issuer: 'https://sts.windows.net/tenant/', subject: '*', audience: 'api://gcp', ...issuer }],
    ],
    [
      'one managed identity of an Azure tenant; naming the tenant again narrows nothing',
      {
        oidc: { issuerUri: 'https://login.microsoftonline.com/t1/v2.0' },
        attributeMapping: { 'google.subject': 'assertion.sub' },
        attributeCondition: "assertion.tid == 't1' && google.subject == 'object-7'",
      },
      [
        {
          issuer: 'https://login.microsoftonline.com/t1/v2.0',
          subject: 'object-7',
          ...condition("assertion.tid == 't1' && google.subject == 'object-7'"),
          ...issuer,
        },
      ],
    ],
    [
      'a SAML provider',
      { saml: { idpMetadataXml: '<EntityDescriptor entityID="https://idp.example">' } },
      [{ issuer: 'https://idp.example', subject: '*', ...issuer }],
    ],
  ])('%s', (_name, item, expected) => {
    expect(trustsOf(providerOf({ ...item }))).toEqual(expected);
  });

  test.each<[string, object, string | undefined]>([
    ['named', { oidc: { issuerUri: github, allowedAudiences: ['a', 'b'] } }, 'a b'],
    ['not named', { oidc: { issuerUri: github } }, '//iam.googleapis.com/projects/1/p'],
    ['of AWS', { aws: { accountId: '111122223333' } }, '//iam.googleapis.com/projects/1/p'],
    ['of an application that the workforce signs in to', { oidc: { issuerUri: 'https://idp.example', clientId: 'app' } }, 'app'],
    ['of a certificate', { x509: { trustStore: { trustAnchors: [{ pemCertificate: 'x' }] } } }, undefined],
  ])('an audience %s', (_case, item, audience) => {
    expect(trustsOf(providerOf({ name: 'projects/1/p', ...item }))[0]?.audience).toBe(audience);
  });

  test('a provider of no known sort is an unreadable item, and never one that trusts nobody', () => {
    expect(() => providerOf({ name: 'x' })).toThrow(MalformedError);
  });
});

describe('a member of a binding', () => {
  const pool = 'projects/1/locations/global/workloadIdentityPools/gh';
  const principal = `//iam.googleapis.com/${pool}`;
  test.each<[member: string, subject: string, narrowedBy?: string[]]>([
    [`principalSet:${principal}/attribute.repository/a/b`, 'repo:a/b:*'],
    [`principal:${principal}/subject/repo:a/b:ref:refs/heads/main`, 'repo:a/b:ref:refs/heads/main'],
    [`principalSet:${principal}/*`, 'repo:a/*'],
    // Narrower than the provider, in a way that the subject cannot show.
    [`principalSet:${principal}/group/builders`, 'repo:a/*', ['claim']],
  ])('%s', (member, subject, narrowedBy) => {
    const read = federatedMember(member);
    const provider = oidc(github, { attributeCondition: "assertion.repository_owner == 'a'" });
    const [trust, ...others] = read === undefined ? [] : trustsOfMember(read, [provider]);
    expect(others).toEqual([]);
    expect(trust).toMatchObject({ issuer: github, subject });
    expect(trust?.narrowedBy).toEqual(narrowedBy);
  });

  test.each([
    ['attribute.aws_role/arn:aws:sts::111122223333:assumed-role/etl', 'arn:aws:sts::111122223333:assumed-role/etl/*'],
    ['*', 'arn:aws:iam::111122223333:root'],
  ])('of an AWS provider: %s', (by, subject) => {
    const read = federatedMember(`principalSet:${principal}/${by}`);
    expect(read && trustsOfMember(read, [{ aws: { accountId: '111122223333' } }])).toMatchObject([
      { issuer: 'sts.amazonaws.com', subject, party: 'other-account' },
    ]);
  });

  test('of an AWS provider whose mapping takes the bare name of the role', () => {
    const provider = {
      aws: { accountId: '111122223333' },
      attributeMapping: { 'google.subject': 'assertion.arn', 'attribute.aws_role': "assertion.arn.extract('assumed-role/{role}/')" },
    };
    const read = federatedMember(`principalSet:${principal}/attribute.aws_role/etl`);
    expect(read && trustsOfMember(read, [provider])).toMatchObject([{ subject: 'arn:aws:sts::111122223333:assumed-role/etl/*' }]);
  });

  test('of a cluster is named by its pool', () => {
    const read = federatedMember('serviceAccount:p.svc.id.goog[shop/images]');
    expect(read && trustsOfMember(read, [])).toEqual([
      { issuer: 'p.svc.id.goog', subject: 'system:serviceaccount:shop:images', party: 'issuer' },
    ]);
  });

  test('of a pool in another project keeps what it says', () => {
    const read = federatedMember(`principalSet:${principal}/attribute.repository/a/b`);
    expect(read && trustsOfMember(read, [])).toEqual([{ issuer: pool, subject: 'attribute.repository/a/b', party: 'issuer' }]);
  });

  test.each(['user:a@b.example', 'group:a@b.example', 'serviceAccount:a@p.iam.gserviceaccount.com', 'allUsers', 'deleted:user:a@b?uid=1'])(
    '%s is nobody outside Google',
    (member) => {
      expect(federatedMember(member)).toBeUndefined();
    },
  );
});
