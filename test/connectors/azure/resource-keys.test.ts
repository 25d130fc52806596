import type { CertificatePolicy } from '@azure/keyvault-certificates';
import { describe, expect, test } from 'vitest';
import { moved } from '../../../connectors/azure/calendar.ts';
import { autoRenewalAt } from '../../../connectors/azure/certificate-policy.ts';
import { levelOfActions } from '../../../connectors/azure/azure-role.ts';
import { absent, known } from '../../../src/model/fact.ts';
import { answer, edited, look, refusal } from './rig.ts';

const isProd = ({ url }: { readonly url: string }) => url.includes('larkspur-prod-kv');
const graph = 'POST /providers/Microsoft.ResourceGraph/resources';
const isOfServices = ({ body }: { readonly body?: string }) => body?.includes('microsoft.storage/storageaccounts') === true;

describe('a length of time', () => {
  test.each([
    ['2026-10-20T00:00:00Z', 'P90D', 1, '2027-01-18T00:00:00Z'],
    ['2025-01-15T00:00:00Z', 'P18M', 1, '2026-07-15T00:00:00Z'],
    ['2024-02-29T00:00:00Z', 'P1Y', 1, '2025-03-01T00:00:00Z'],
    ['2027-06-01T00:00:00Z', 'P30D', -1, '2027-05-02T00:00:00Z'],
    ['2027-06-01T00:00:00Z', 'P1W', -1, '2027-05-25T00:00:00Z'],
  ] as const)('%s by %s, %i', (at, length, direction, expected) => {
    expect(moved(at, length, direction)).toEqual(known(expected));
  });

  test.each(['P', '', '90D', 'PT5M', 'P-1D', 90, undefined])('%s is none', (length) => {
    expect(moved('2026-01-01T00:00:00Z', length, 1)).toMatchObject({ state: 'unknown', why: 'malformed-response' });
  });
});

describe('a certificate renews itself', () => {
  const [start, end] = [known('2026-01-01T00:00:00Z'), known('2026-04-11T00:00:00Z')];
  const policy = (trigger: object, action = 'AutoRenew', issuer = 'DigiCert') =>
    known({ issuerName: issuer, lifetimeActions: [{ ...trigger, action }] } as CertificatePolicy);
  test.each([
    ['days before its end', policy({ daysBeforeExpiry: 10 }), known('2026-04-01T00:00:00Z')],
    ['at a part of its life', policy({ lifetimePercentage: 80 }), known('2026-03-22T00:00:00Z')],
    ['not where it only writes mail', policy({ daysBeforeExpiry: 10 }, 'EmailContacts'), absent()],
    ['not where somebody else issued it', policy({ daysBeforeExpiry: 10 }, 'AutoRenew', 'Unknown'), absent()],
    ['at no time that is told', policy({}), { state: 'unknown', why: 'malformed-response', detail: 'an action without its trigger' }],
  ])('%s', (_name, value, expected) => {
    expect(autoRenewalAt(value, start, end)).toEqual(expected);
  });
});

describe('a role of Azure', () => {
  const of = (actions: readonly string[], notActions: readonly string[] = [], dataActions: readonly string[] = []) => [
    { actions, notActions, dataActions, notDataActions: [] },
  ];
  test.each([
    ['Owner', of(['*']), 'admin'],
    ['User Access Administrator', of(['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*']), 'admin'],
    ['Contributor', of(['*'], ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write']), 'write'],
    ['Reader', of(['*/read']), 'read'],
    ['a role of data', of([], [], ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read']), 'read'],
    ['a role that writes data', of([], [], ['Microsoft.Storage/*']), 'write'],
    ['an empty one', of([]), 'none'],
  ])('%s', (_name, permissions, level) => {
    expect(levelOfActions(permissions)).toEqual(known(level));
  });

  test('that could not be read is unknown, not none', () => {
    expect(levelOfActions(null)).toMatchObject({ state: 'unknown' });
  });
});

describe('keys of a vault', () => {
  test('of a certificate belong to it, and are renewed with it', async () => {
    const { of } = await look();
    expect(of('azure.keyvault_key', 'storefront-tls')).toMatchObject({ managedBy: 'service', details: { certificate: 'true' } });
  });

  test('say when they rotate next; a refused policy costs that alone', async () => {
    const { of } = await look((_request, operation) =>
      operation === 'GET {vaultUrl}/keys/{name}/rotationpolicy' && isProd(_request)
        ? refusal(403, 'Forbidden', 'ForbiddenByRbac')
        : undefined,
    );
    expect(of('azure.keyvault_key', 'checkout-signing')).toMatchObject({
      rotatedAt: '2026-10-20T00:00:00Z',
      unknown: { rotationDueAt: { why: 'permission-denied' } },
    });
    expect(of('azure.keyvault_key', 'wrapping-root')).toMatchObject({ rotationDueAt: '2026-07-15T00:00:00Z' });
  });

  test.each(['keys', 'certificates'])('behind an access policy name what to allow: %s/list', async (noun) => {
    const { rows } = await look((request, operation) => {
      if (!isProd(request)) return undefined;
      if (operation === `GET {vaultUrl}/${noun}`) return refusal(403, 'Forbidden', 'ForbiddenByPolicy');
      return operation === `GET {vaultId}/${noun}` ? refusal(403, 'AuthorizationFailed') : undefined;
    });
    expect(rows(noun === 'keys' ? 'azure.keyvault_key' : 'azure.keyvault_certificate')).toContainEqual(
      expect.objectContaining({
        scope: 'vault/larkspur-prod-kv',
        requires: [`access policy: ${noun}/list`],
        detail: expect.stringContaining('ForbiddenByPolicy') as unknown,
      }),
    );
  });

  test('give no token to a vault that names another host', async () => {
    const tokens: (string | undefined)[] = [];
    const { rows } = await look((request, operation) => {
      if (operation === 'GET {hsmId}/keys') return refusal(403, 'AuthorizationFailed');
      if (operation !== 'GET {hsmUrl}/keys') return undefined;
      tokens.push(request.headers['authorization']);
      return answer(
        401,
        {},
        { 'www-authenticate': 'Bearer authorization="https://login.microsoftonline.com/x", resource="https://hsm.example"' },
      );
    });
    expect(new Set(tokens)).toEqual(new Set([undefined]));
    expect(rows('azure.keyvault_key')).toContainEqual(
      expect.objectContaining({ scope: 'managedHsm/larkspur-hsm', reason: 'malformed-response' }),
    );
  });
});

describe('certificates of a vault', () => {
  test('have whom the vault warns as owners', async () => {
    const { of } = await look();
    expect(of('azure.keyvault_certificate', 'paywell-mtls')?.owners).toEqual([
      { role: 'technical', ref: 'lee.sandoval@larkspur.example', by: 'certificate contact' },
    ]);
  });

  test.each([
    ['that has no contacts has no owners', 404, undefined],
    ['that does not tell its contacts leaves the owners unknown', 403, expect.objectContaining({ why: 'permission-denied' }) as unknown],
  ])('a vault %s', async (_name, status, owners) => {
    const { of } = await look((_request, operation) =>
      operation === 'GET {vaultUrl}/certificates/contacts' ? refusal(status, 'No') : undefined,
    );
    const certificate = of('azure.keyvault_certificate', 'paywell-mtls');
    expect(certificate?.owners).toEqual([]);
    const told: { readonly owners?: unknown } = certificate?.unknown ?? {};
    expect(told.owners).toEqual(owners);
  });
});

describe('keys of services', () => {
  test('of a storage account have the dates of their own; without them, the account is the lower bound', async () => {
    const { of } = await look();
    expect(of('azure.storage_account_key', 'larkspurassets key1')).toMatchObject({
      rotatedAt: '2025-06-07T08:09:10.111Z',
      status: 'inactive',
      details: { keyExpiresAfterDays: '90' },
    });
    expect(of('azure.storage_account_key', 'larkspurlegacy key1')).toMatchObject({
      status: 'active',
      createdAt: '2019-03-04T09:12:44.123Z',
      unknown: { rotatedAt: { why: 'not-offered', detail: expect.stringContaining('2019-03-04') as unknown } },
    });
  });

  test.each([
    ['azure.appconfig_key', 'larkspur-config', 'inactive', 'disabled'],
    ['azure.batch_key', 'larkspurbatch', 'inactive', 'disabled'],
    ['azure.loganalytics_key', 'larkspur-logs', 'inactive', 'disabled'],
    ['azure.redis_key', 'larkspur-cache', 'active', 'allowed'],
    ['azure.search_key', 'larkspur-search', 'active', 'allowed'],
  ])('%s of %s is %s by its local authentication', async (kind, name, status, localAuthentication) => {
    const { of } = await look();
    expect(of(kind, name)).toMatchObject({ status, details: { localAuthentication }, unknown: { rotatedAt: { why: 'not-offered' } } });
  });

  test('in an answer that was cut make every surface partial that reads it', async () => {
    const { rows } = await look((request, operation, recorded) =>
      operation === graph && isOfServices(request) && request.body?.includes('$skipToken') === true
        ? edited(recorded, '"resultTruncated":"false"', '"resultTruncated":"true"')
        : undefined,
    );
    for (const surface of ['azure.service_key', 'azure.acr_token', 'azure.storage_local_user', 'azure.api_management'])
      expect(rows(surface), surface).toContainEqual(expect.objectContaining({ state: 'partial', reason: 'not-looked' }));
  });

  test('under one resource that refuses leave the others', async () => {
    const { rows, of } = await look((_request, operation) =>
      operation === 'GET {eventHubNamespaceId}/authorizationRules' ? refusal(403, 'AuthorizationFailed') : undefined,
    );
    expect(rows('azure.sas_rule')).toContainEqual(
      expect.objectContaining({ scope: 'namespaces/larkspur-telemetry', reason: 'permission-denied' }),
    );
    expect(of('azure.servicebus_sas_rule', 'larkspur-bus RootManageSharedAccessKey')).toMatchObject({ privilege: 'admin' });
  });
});
