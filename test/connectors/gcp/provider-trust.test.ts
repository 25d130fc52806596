import { describe, expect, test } from 'vitest';
import { federatedMember, trustsOfMember } from '../../../connectors/gcp/federated-member.ts';
import { providerOf, trustsOf } from '../../../connectors/gcp/provider-trust.ts';
import { MalformedError } from '../../../src/connector/refusal.ts';

const github = 'https://token.actions.githubusercontent.com';
const mapped = { 'google.subject': 'assertion.sub', 'attribute.repository': 'assertion.repository' };
const oidc = (issuerUri: string, more: object = {}) => ({ oidc: { issuerUri }, attributeMapping: mapped, ...more });

describe('whom a provider trusts', () => {
  test.each<[string, object, object[]]>([
    ['every repository of GitHub, without a condition', oidc(github), [{ issuer: github, subject: '*' }]],
    [
      'one repository',
      oidc(github, { attributeCondition: "assertion.repository == 'a/b'" }),
      [{ issuer: github, subject: 'repo:a/b:*', conditions: { attributeCondition: "assertion.repository == 'a/b'" } }],
    ],
    [
      'one owner',
      oidc(github, { attributeCondition: "assertion.repository_owner=='a'" }),
      [{ issuer: github, subject: 'repo:a/*', conditions: { attributeCondition: "assertion.repository_owner=='a'" } }],
    ],
    [
      'one owner by its number, which no subject shows',
      oidc(github, { attributeCondition: "assertion.repository_owner_id == '7'" }),
      [{ issuer: github, subject: '*', conditions: { attributeCondition: "assertion.repository_owner_id == '7'" } }],
    ],
    [
      'an AWS account',
      { aws: { accountId: '111122223333' } },
      [{ issuer: 'sts.amazonaws.com', subject: 'arn:aws:iam::111122223333:root' }],
    ],
    [
      'an Azure tenant, with its audience',
      { oidc: { issuerUri: 'https://sts.windows.net/tenant/', allowedAudiences: ['api://gcp'] } },
      [{ issuer: 'https://sts.windows.net/tenant/', subject: '*', audience: 'api://gcp' }],
    ],
    [
      'a SAML provider',
      { saml: { idpMetadataXml: '<EntityDescriptor entityID="https://idp.example">' } },
      [{ issuer: 'https://idp.example', subject: '*' }],
    ],
  ])('%s', (_name, item, expected) => {
    expect(trustsOf(providerOf({ ...item }))).toEqual(expected);
  });

  test('a provider of no known sort is an unreadable item, and never one that trusts nobody', () => {
    expect(() => providerOf({ name: 'x' })).toThrow(MalformedError);
  });
});

describe('a member of a binding', () => {
  const pool = 'projects/1/locations/global/workloadIdentityPools/gh';
  const principal = `//iam.googleapis.com/${pool}`;
  test.each([
    [`principalSet:${principal}/attribute.repository/a/b`, 'repo:a/b:*'],
    [`principal:${principal}/subject/repo:a/b:ref:refs/heads/main`, 'repo:a/b:ref:refs/heads/main'],
    [`principalSet:${principal}/*`, 'repo:a/*'],
    // Narrower than the provider, in a way that the subject cannot show.
    [`principalSet:${principal}/group/builders`, 'repo:a/*'],
  ])('%s', (member, subject) => {
    const read = federatedMember(member);
    const provider = oidc(github, { attributeCondition: "assertion.repository_owner == 'a'" });
    expect(read && trustsOfMember(read, [provider])).toMatchObject([{ issuer: github, subject }]);
  });

  test('of a cluster is named by its pool', () => {
    const read = federatedMember('serviceAccount:p.svc.id.goog[shop/images]');
    expect(read && trustsOfMember(read, [])).toEqual([{ issuer: 'p.svc.id.goog', subject: 'system:serviceaccount:shop:images' }]);
  });

  test('of a pool in another project keeps what it says', () => {
    const read = federatedMember(`principalSet:${principal}/attribute.repository/a/b`);
    expect(read && trustsOfMember(read, [])).toEqual([{ issuer: pool, subject: 'attribute.repository/a/b' }]);
  });

  test.each(['user:a@b.example', 'group:a@b.example', 'serviceAccount:a@p.iam.gserviceaccount.com', 'allUsers', 'deleted:user:a@b?uid=1'])(
    '%s is nobody outside Google',
    (member) => {
      expect(federatedMember(member)).toBeUndefined();
    },
  );
});
