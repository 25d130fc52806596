import { beforeAll, describe, expect, test } from 'vitest';
import { look, observed } from './rig.ts';

const monthBefore = '2026-10-22T00:00:00Z';
let seen: Awaited<ReturnType<typeof look>>;
beforeAll(async () => {
  seen = await look();
});

describe('the recorded tenant', () => {
  test.each([
    [
      'a healthy secret',
      'azure.app_secret',
      'production 2026-10',
      { status: 'active', createdAt: '2026-10-07T09:12:31Z', lastUsedAt: '2026-11-20T22:41:07Z', expiresAt: '2027-09-17T09:12:00Z' },
    ],
    ['a secret past its end', 'azure.app_secret', 'export', { status: 'expired', expiresAt: '2026-11-01T07:00:00Z' }],
    ['a secret until the year 2299', 'azure.app_secret', 'export (no end)', { status: 'active', expiresAt: null }],
    ['a secret unused for 200 days', 'azure.app_secret', 'web', { lastUsedAt: '2026-05-05T16:09:33Z' }],
    [
      'a secret without a row in the report',
      'azure.app_secret',
      '33333f0a-0c1d-4e2f-8a3b-4c5d6e7f8004',
      {
        lastUsedAt: null,
        since: { lastUsedAt: monthBefore },
        notBefore: '2025-12-01T00:00:00Z',
        unknown: { createdAt: { why: 'not-offered' } },
      },
    ],
    [
      'a certificate',
      'azure.app_certificate',
      'CN=legacy-sync',
      { expiresAt: '2026-11-30T00:00:00Z', fingerprint: expect.stringMatching(/^[0-9A-F]{40}$/) as unknown },
    ],
    [
      'a secret that the portal hides',
      'azure.sp_secret',
      '55555f0a-0c1d-4e2f-8a3b-4c5d6e7f8007',
      { identity: '6c5fc18d-a70d-4e6e-8fb9-d37aacce6f06' },
    ],
    [
      'the certificate of a managed identity',
      'azure.sp_certificate',
      'CN=e6a4be5d-cf5c-4fb9-8ca7-b16e5f80d606',
      { managedBy: 'provider', unknown: { lastUsedAt: { why: 'not-offered' } } },
    ],
    [
      'a SAML certificate',
      'azure.saml_signing_certificate',
      'CN=Microsoft Azure Federated SSO Certificate',
      { status: 'active', unknown: { lastUsedAt: { why: 'not-offered' } }, details: { saml: 'signing certificate' } },
    ],
    [
      "a principal of Microsoft's",
      'azure.service_principal',
      'Microsoft Graph',
      { managedBy: 'provider', details: { origin: 'microsoft' } },
    ],
    [
      'a vendor',
      'azure.service_principal',
      'Brightmetrics',
      { managedBy: 'customer', tags: { vendor: 'brightmetrics' }, details: { origin: 'vendor', publisher: 'Brightmetrics Inc.' } },
    ],
    [
      'a managed identity',
      'azure.managed_identity',
      'larkspur-aks-kubelet',
      {
        managedBy: 'customer',
        details: { origin: 'managed-identity', assigned: 'user', resource: expect.stringContaining('/userAssignedIdentities/') as unknown },
      },
    ],
    ['an application without owners', 'azure.app_registration', 'legacy-sync', { owners: [] }],
    [
      'an application with an owner',
      'azure.app_registration',
      'storefront-web',
      { owners: [{ role: 'technical', ref: 'lee.sandoval@larkspur.example', by: 'application owner' }] },
    ],
    [
      'a principal that holds nothing',
      'azure.service_principal',
      'checkout-api',
      { owners: [], unknown: { owners: { why: 'not-looked' } } },
    ],
    [
      'a stored secret without expiry',
      'azure.keyvault_secret',
      'paywell-api-key',
      { identity: null, expiresAt: null, tags: { vendor: 'paywell' } },
    ],
    [
      'a stored secret that is expired and still readable',
      'azure.keyvault_secret',
      'reporting-sftp-password',
      { status: 'active', expiresAt: '2026-08-20T00:00:00Z' },
    ],
    ['the secret behind a certificate', 'azure.keyvault_secret', 'shop-tls', { managedBy: 'service', notBefore: '2026-07-01T00:00:00Z' }],
    ['a disabled stored secret', 'azure.keyvault_secret', 'old-webhook-key', { status: 'inactive' }],
    [
      'a stored secret that only Resource Manager lists',
      'azure.keyvault_secret',
      'shipfast-api-key',
      {
        id: 'https://larkspur-shared-kv.vault.azure.net/secrets/shipfast-api-key',
        expiresAt: '2027-01-15T00:00:00Z',
        unknown: { rotatedAt: { why: 'permission-denied' } },
        evidence: [{ operation: 'GET {vaultId}/secrets', observedAt: observed, fields: ['status', 'expiresAt', 'notBefore', 'tags'] }],
      },
    ],
  ])('shows %s', (_story, kind, name, expected) => {
    expect(seen.of(kind, name)).toMatchObject(expected);
  });

  test('counts a SAML certificate once, and its password not at all', () => {
    expect(seen.records.filter(({ id }) => id.startsWith('77777f0a'))).toHaveLength(1);
  });

  test('names the vault that is closed on both sides, and by what', () => {
    expect(seen.rows('azure.keyvault_secret')).toMatchObject([
      {
        scope: 'vault/larkspur-legacy-kv',
        state: 'denied',
        reason: 'permission-denied',
        detail: expect.stringMatching(/ForbiddenByFirewall.*Resource Manager: AuthorizationFailed/) as unknown,
        requires: ['vault firewall: this address'],
      },
      { state: 'partial', count: 7 },
    ]);
  });

  test('reads no value, no hint and no key', async () => {
    const hint = await look(async (_request, operation, recorded) => {
      const response = await recorded();
      if (!operation.endsWith('applications')) return response;
      return {
        ...response,
        body: response.body.replaceAll('"hint":"[scrubbed]"', '"hint":"Zq9"').replaceAll('"secretText":null', '"secretText":"Zq9-value"'),
      };
    });
    expect(JSON.stringify([hint.records, hint.coverage])).not.toContain('Zq9');
    expect(hint.records).toEqual(seen.records);
  });

  test('asks for secrets by list alone', async () => {
    const asked: Parameters<typeof look>[1] = [];
    await look(undefined, asked);
    const paths = asked.map(({ url }) => new URL(url).pathname).filter((path) => /secret|listkeys|listsas/i.test(path));
    expect(paths.filter((path) => !/\/(?:deleted)?secrets$/.test(path))).toEqual([]);
  });
});
