import { describe, expect, test } from 'vitest';
import { answer, edited, look, refusal } from './rig.ts';

const isProd = ({ url }: { readonly url: string }) => url.includes('larkspur-prod-kv');

describe('a deleted user that looks like a service account', () => {
  test('can come back with its password, under the name that it had', async () => {
    const { of } = await look();
    expect(of('azure.service_account_user', 'svc-labels@larkspur.example')).toMatchObject({
      id: 'a1b2c3d4-0104-4aaa-8bbb-000000000104',
      status: 'deleted-recoverable',
      statusSince: '2026-10-30T13:05:44Z',
      expiresAt: '2026-11-29T13:05:44Z',
      details: { comesBackWith: 'its password' },
    });
  });

  test('is not a person', async () => {
    const { records } = await look();
    expect(records.some(({ name }) => name.includes('lee.sandoval'))).toBe(false);
  });

  test('takes a permission of its own, without which the others are still read', async () => {
    const { rows, of } = await look((_request, operation) =>
      operation.endsWith('microsoft.graph.user') ? refusal(403, 'Authorization_RequestDenied') : undefined,
    );
    expect(of('azure.app_registration', 'loyalty-mailer')).toBeDefined();
    expect(rows('azure.deleted_object')).toMatchObject([{ state: 'partial', reason: 'permission-denied' }]);
  });
});

describe('what a vault has deleted', () => {
  test('can come back until it is purged, under the id that it had', async () => {
    const { of } = await look();
    expect(of('azure.keyvault_key', 'report-encryption-2023')).toMatchObject({
      id: 'https://larkspur-prod-kv.vault.azure.net/keys/report-encryption-2023',
      status: 'deleted-recoverable',
      statusSince: '2026-09-30T00:00:00Z',
      expiresAt: '2026-12-29T00:00:00Z',
    });
  });

  test('has that id also where the vault names the version', async () => {
    const { of } = await look((request, operation, recorded) =>
      operation === 'GET {vaultUrl}/deletedkeys' && isProd(request)
        ? edited(recorded, '/keys/report-encryption-2023"', '/keys/report-encryption-2023/0c1d2e3f4a5b"')
        : undefined,
    );
    expect(of('azure.keyvault_key', 'report-encryption-2023')?.id).toBe(
      'https://larkspur-prod-kv.vault.azure.net/keys/report-encryption-2023',
    );
  });

  test('is one certificate, whose key and secret come back with it', async () => {
    const { records } = await look();
    const deleted = records.filter(({ status, name }) => status === 'deleted-recoverable' && name === 'loyalty-tls');
    expect(deleted.map(({ kind, managedBy }) => [kind, managedBy])).toEqual([
      ['azure.keyvault_secret', 'service'],
      ['azure.keyvault_key', 'service'],
      ['azure.keyvault_certificate', 'customer'],
    ]);
  });

  test('is asked for certificates only where a deleted key or secret belongs to one, or could not be read', async () => {
    const asked: Parameters<typeof look>[1] = [];
    await look(undefined, asked);
    const vaults = asked.filter(({ url }) => url.includes('/deletedcertificates')).map(({ url }) => new URL(url).hostname.split('.')[0]);
    expect(new Set(vaults)).toEqual(new Set(['larkspur-prod-kv', 'larkspur-shared-kv', 'larkspur-legacy-kv']));
    const bare: Parameters<typeof look>[1] = [];
    await look(
      (request, operation) => (/deleted(?:secrets|keys)/.test(operation) && isProd(request) ? answer(200, { value: [] }) : undefined),
      bare,
    );
    expect(bare.some((request) => isProd(request) && request.url.includes('/deletedcertificates'))).toBe(false);
  });

  test('in a Managed HSM takes a role of its own', async () => {
    const { rows } = await look();
    expect(rows('azure.deleted_vault_object')).toContainEqual(
      expect.objectContaining({ scope: 'managedHsm/larkspur-hsm-dr', state: 'denied', requires: ['Managed HSM Crypto Auditor'] }),
    );
  });

  test('is a gap that names all that is missing, and leaves what could be read', async () => {
    const { rows, of } = await look((request, operation) =>
      /deleted(?:keys|certificates)/.test(operation) && isProd(request) ? refusal(403, 'Forbidden', 'ForbiddenByPolicy') : undefined,
    );
    expect(rows('azure.deleted_vault_object').filter(({ scope }) => scope === 'vault/larkspur-prod-kv')).toEqual([
      expect.objectContaining({ requires: ['access policy: keys/list', 'access policy: certificates/list'] }),
    ]);
    expect(of('azure.keyvault_secret', 'paywell-api-key-2024')).toBeDefined();
  });
});

describe('deleted services', () => {
  test('come back with their keys: a storage account within 14 days', async () => {
    const { of } = await look();
    expect(of('azure.storage_account_key', 'larkspurimports key1')).toMatchObject({
      id: expect.stringMatching(/\/storageAccounts\/larkspurimports\/key1$/) as unknown,
      status: 'deleted-recoverable',
      statusSince: '2026-11-14T16:41:37.344Z',
      expiresAt: '2026-11-28T16:41:37.344Z',
    });
  });

  test('have the id of the resource that they were, which no field of Cognitive Services tells', async () => {
    const { of } = await look();
    expect(of('azure.cognitive_key', 'larkspur-vision')).toMatchObject({
      id: '/subscriptions/7c1d9f52-2a4e-4b0d-8f63-5e9a1b2c3d4e/resourceGroups/legacy/providers/Microsoft.CognitiveServices/accounts/larkspur-vision/keys',
      tags: { owner: 'aiko.tanaka@larkspur.example' },
    });
  });

  test('whose contents nobody lists are said, and leave the rest whole', async () => {
    const { rows } = await look();
    expect(rows('azure.deleted_resource')).toEqual([
      expect.objectContaining({ scope: 'deletedVaults/larkspur-growth-kv', state: 'not-enabled' }),
      expect.objectContaining({ state: 'complete', count: 4 }),
    ]);
  });

  test('of a provider that a subscription never used are none; of one that refuses, a gap', async () => {
    const { rows } = await look((_request, operation) => {
      if (operation.endsWith('/deletedservices'))
        return answer(409, { error: { code: 'MissingSubscriptionRegistration', message: 'not registered' } });
      return operation.endsWith('/deletedManagedHSMs') ? refusal(403, 'AuthorizationFailed') : undefined;
    });
    const subscription = 'subscription/7c1d9f52-2a4e-4b0d-8f63-5e9a1b2c3d4e';
    expect(rows('azure.deleted_resource')).toContainEqual(
      expect.objectContaining({ scope: `${subscription}/Microsoft.ApiManagement/deletedservices`, state: 'not-enabled' }),
    );
    expect(rows('azure.deleted_resource')).toContainEqual(
      expect.objectContaining({
        scope: `${subscription}/Microsoft.KeyVault/deletedManagedHSMs`,
        reason: 'permission-denied',
        requires: ['Reader'],
      }),
    );
  });
});

test('a Managed HSM that refuses is listed by Resource Manager; of its certificates a closed vault says that nobody lists them', async () => {
  const { of, rows } = await look();
  expect(of('azure.keyvault_key', 'wrapping-dr')).toMatchObject({
    status: 'active',
    unknown: { rotatedAt: { why: 'permission-denied' } },
    evidence: [expect.objectContaining({ operation: 'GET {hsmId}/keys' })],
  });
  expect(rows('azure.keyvault_certificate')).toContainEqual(
    expect.objectContaining({
      scope: 'vault/larkspur-legacy-kv',
      detail: expect.stringContaining('Resource Manager lists no certificates') as unknown,
    }),
  );
});
