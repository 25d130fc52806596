import { readFile } from 'node:fs/promises';
import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readSamlMetadata } from '../../../connectors/aws/saml-metadata.ts';
import { refused, result } from './client.ts';
import { company, credentialsOf, reportWith } from './company.ts';

const denied = refused(403, 'AccessDenied', 'User: u is not authorized to perform: iam:X on resource: *');

describe('signing certificates', () => {
  const surface = 'aws.iam_signing_certificate';

  test('are asked for of users whose row shows one, and read for their end and fingerprint', async () => {
    const outcome = await company([surface]);
    expect(outcome.calls.filter((call) => call.startsWith('ListSigning'))).toEqual([
      'ListSigningCertificates ci-deploy',
      'ListSigningCertificates nightly-export',
    ]);
    const [one, other] = credentialsOf(outcome, surface);
    expect(one).toMatchObject({
      status: 'active',
      notBefore: '2025-06-16T09:00:00Z',
      expiresAt: '2027-06-16T09:00:00Z',
      privilege: 'escalation',
    });
    expect(other).toMatchObject({ status: 'expired', expiresAt: '2026-02-01T10:00:00Z' });
    const recorded = await readFile('fixtures/company/traffic/aws/iam-list-signing-certificates-ci-deploy.json', 'utf8');
    const { responses } = JSON.parse(recorded) as { responses: { body: { lines: string[] } }[] };
    const pem = /<CertificateBody>([^<]+)</.exec(responses[0]?.body.lines.join('\n') ?? '')?.[1] ?? '';
    expect(one?.fingerprint).toBe(new X509Certificate(pem).fingerprint256.replaceAll(':', ''));
    expect(JSON.stringify(outcome.records)).not.toContain('BEGIN CERTIFICATE');
  });

  test('that cannot be decoded have an unknown end, not none', async () => {
    const answer = result(
      'ListSigningCertificates',
      '<Certificates><member><UserName>u</UserName><CertificateId>C</CertificateId><CertificateBody>x</CertificateBody><Status>Active</Status><UploadDate>2026-01-01T00:00:00Z</UploadDate></member></Certificates><IsTruncated>false</IsTruncated>',
    );
    const outcome = await company([surface], ({ form }) => (form.get('UserName') === 'ci-deploy' ? answer : undefined));
    const found = credentialsOf(outcome, surface).find(({ id }) => id === 'C');
    expect(found?.unknown).toMatchObject({ expiresAt: { why: 'malformed-response' }, fingerprint: { why: 'malformed-response' } });
  });

  test('are asked for also of a user with more than the report shows', async () => {
    const answer = await reportWith(
      '2023-12-01T14:00:00Z,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A,N/A',
      '2023-12-01T14:00:00Z,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A,certificates:1',
    );
    const none = result('ListSigningCertificates', '<Certificates/><IsTruncated>false</IsTruncated>');
    const outcome = await company([surface], ({ action, form }) =>
      action === 'GetCredentialReport' ? answer : form.get('UserName') === 'old-probe' ? none : undefined,
    );
    expect(outcome.calls).toContain('ListSigningCertificates old-probe');
  });
});

describe('SSH public keys', () => {
  const surface = 'aws.iam_ssh_public_key';

  test('cost one call a user', async () => {
    const outcome = await company([surface]);
    expect(outcome.calls.filter((call) => call.startsWith('ListSSH'))).toHaveLength(7);
    expect(credentialsOf(outcome, surface)).toMatchObject([
      { id: 'APKACIDEPLOY1EXAMPLE1', status: 'active', createdAt: '2021-06-14T08:31:00Z', privilege: 'write' },
      { id: 'APKACIDEPLOY2EXAMPLE1', status: 'inactive' },
      { id: 'APKALEESANDO1EXAMPLE1', identity: 'arn:aws:iam::111122223333:user/lee.sandoval', privilege: 'none' },
    ]);
  });

  test('of a closed user do not hide those of the others', async () => {
    const outcome = await company([surface], ({ form }) => (form.get('UserName') === 'ci-deploy' ? denied : undefined));
    expect(credentialsOf(outcome, surface)).toHaveLength(1);
    expect(outcome.coverage.filter((row) => row.surface === surface).map(({ scope, state }) => [scope, state])).toEqual([
      ['account/111122223333/user/ci-deploy', 'denied'],
      ['account/111122223333', 'partial'],
    ]);
  });
});

describe('server certificates', () => {
  const surface = 'aws.iam_server_certificate';

  test('have an end and tags', async () => {
    expect(credentialsOf(await company([surface]), surface)).toMatchObject([
      { name: 'shop-larkspur', status: 'active', expiresAt: '2026-12-05T23:59:59Z', tags: { owner: 'platform-team' } },
      { name: 'figures-larkspur', status: 'expired', tags: { workload: 'reporting' } },
    ]);
  });

  test('whose tags are closed are not called ownerless', async () => {
    const outcome = await company([surface], ({ action }) => (action === 'ListServerCertificateTags' ? denied : undefined));
    for (const { tags, unknown } of credentialsOf(outcome, surface)) {
      expect(tags).toEqual({});
      expect(unknown).toMatchObject({ owners: { why: 'permission-denied' } });
    }
  });
});

describe('OpenID Connect providers', () => {
  const surface = 'aws.iam_oidc_provider';

  test('tell which roles trust them, and when none does', async () => {
    const [github, cluster] = credentialsOf(await company([surface]), surface);
    expect(github).toMatchObject({
      name: 'token.actions.githubusercontent.com',
      consumers: ['arn:aws:iam::111122223333:role/github-deploy'],
      trust: [{ issuer: 'https://token.actions.githubusercontent.com', audience: 'sts.amazonaws.com' }],
    });
    expect(cluster).toMatchObject({ consumers: null, tags: { workload: 'reporting' } });
  });

  test('do not say that nobody trusts them where the roles are closed', async () => {
    const outcome = await company([surface], ({ action }) => (action === 'GetAccountAuthorizationDetails' ? denied : undefined));
    expect(credentialsOf(outcome, surface)[1]?.unknown).toMatchObject({ consumers: { why: 'permission-denied' } });
  });

  test('stand beside the account as an issuer of its own', async () => {
    const [issuer] = credentialsOf(await company([surface]), 'aws.iam_outbound_issuer');
    expect(issuer).toMatchObject({ status: 'active', managedBy: 'provider', id: expect.stringMatching(/^https:/) as string });
  });

  test('are complete where the account issues no tokens', async () => {
    const off = refused(404, 'FeatureDisabled', 'Outbound web identity federation is not enabled for the account.');
    const outcome = await company([surface], ({ action }) => (action === 'GetOutboundWebIdentityFederationInfo' ? off : undefined));
    expect(credentialsOf(outcome, 'aws.iam_outbound_issuer')).toEqual([]);
    expect(outcome.coverage.filter((row) => row.surface === surface).map(({ scope, state }) => [scope, state])).toEqual([
      ['account/111122223333/outbound-federation', 'not-enabled'],
      ['account/111122223333', 'complete'],
    ]);
  });

  test('are still told where that is refused', async () => {
    const outcome = await company([surface], ({ action }) => (action === 'GetOutboundWebIdentityFederationInfo' ? denied : undefined));
    expect(credentialsOf(outcome, surface)).toHaveLength(2);
    expect(outcome.coverage.filter((row) => row.surface === surface).map(({ state }) => state)).toEqual(['denied', 'partial']);
  });
});

describe('SAML providers', () => {
  const surface = 'aws.iam_saml_provider';

  test('end when AWS says, and are AWS’s own where Identity Center made them', async () => {
    const [center, old] = credentialsOf(await company([surface]), surface);
    expect(center).toMatchObject({
      managedBy: 'provider',
      consumers: [expect.stringContaining('AWSReservedSSO_AdministratorAccess') as string],
    });
    expect(old).toMatchObject({
      managedBy: 'customer',
      expiresAt: '2026-12-11T09:00:00Z',
      consumers: null,
      trust: [{ issuer: 'https://login.larkspur.example/idp' }],
      details: { signingCertificateEndsAt: '2026-12-11T09:00:00Z', decryptionKeys: '1' },
    });
    expect(old?.fingerprint).toMatch(/^[0-9A-F]{64}$/);
  });

  test('whose details are closed are not called ownerless', async () => {
    const outcome = await company([surface], ({ action }) => (action === 'GetSAMLProvider' ? denied : undefined));
    for (const { unknown } of credentialsOf(outcome, surface)) {
      expect(unknown).toMatchObject({ owners: { why: 'permission-denied' }, fingerprint: { why: 'permission-denied' } });
    }
  });
});

describe('SAML metadata', () => {
  test.each([
    ['', undefined, /0 signing/],
    ['<EntityDescriptor entityID="a">', 'a', /0 signing/],
    ["<x:EntityDescriptor entityID = 'b'><KeyDescriptor><X509Certificate>AA</X509Certificate></KeyDescriptor>", 'b', /PEM/],
    ['<KeyDescriptor use="encryption"><X509Certificate>AA</X509Certificate></KeyDescriptor>', undefined, /0 signing/],
    ['<K:KeyDescriptor><d:X509Certificate>AA</d:X509Certificate><d:X509Certificate>BB</d:X509Certificate>', undefined, /2 signing/],
  ])('%j says no more than it holds', (document, entityId, why) => {
    const told = readSamlMetadata(document);
    expect(told.entityId).toBe(entityId);
    expect(told.fingerprint).toMatchObject({ state: 'unknown', detail: expect.stringMatching(why) as string });
    expect(told.signingEndsAt).toBeUndefined();
  });
});
