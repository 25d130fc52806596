import { describe, expect, test } from 'vitest';
import { UnreachableError } from '../../../src/connector/refusal.ts';
import { answer, edited, look, refusal } from './rig.ts';

const vaults = 'POST /providers/Microsoft.ResourceGraph/resources';
const inVault = 'GET {vaultUrl}/secrets';
const inManager = 'GET {vaultId}/secrets';
const surface = 'azure.keyvault_secret';
const isSecretOf =
  (name: string) =>
  ({ kind, id, status }: { readonly kind: string; readonly id: string; readonly status: string }): boolean =>
    kind === surface && id.includes(name) && status !== 'deleted-recoverable';
/** Resource Graph answers other questions too. */
const isOfVaults = ({ body }: { readonly body?: string }) => body?.includes('microsoft.keyvault/vaults') === true;
const isProd = ({ url }: { readonly url: string }) => url.includes('larkspur-prod-kv');

describe('a vault that refuses', () => {
  test.each([
    ['ForbiddenByRbac', 'Key Vault Reader'],
    ['ForbiddenByPolicy', 'access policy: secrets/list'],
    ['AccessDenied', 'access policy: secrets/list'],
    ['ForbiddenByFirewall', 'vault firewall: this address'],
    ['ForbiddenByConnection', 'vault network: private endpoint'],
  ])('%s, on both sides, is a gap that keeps the code and names what helps', async (inner, need) => {
    const { rows, records } = await look((request, operation) => {
      if (!isProd(request)) return undefined;
      if (operation === inVault) return refusal(403, 'Forbidden', inner);
      return operation === inManager ? refusal(403, 'AuthorizationFailed') : undefined;
    });
    expect(rows(surface).find(({ scope }) => scope === 'vault/larkspur-prod-kv')).toMatchObject({
      state: 'denied',
      detail: expect.stringContaining(inner) as unknown,
      requires: [need],
    });
    expect(records.filter(isSecretOf('larkspur-prod-kv'))).toEqual([]);
    expect(records.filter(isSecretOf('larkspur-shared-kv'))).toHaveLength(2);
  });

  test.each([
    ['by role', () => refusal(403, 'Forbidden', 'ForbiddenByRbac'), 'permission-denied'],
    ['by throttling', () => refusal(429, 'Throttled'), 'throttled'],
    ['by silence', () => Promise.reject(new UnreachableError('no answer')), 'unreachable'],
    ['by a page of HTML', () => answer(502, { lines: ['<html>bad gateway</html>'] }), 'unreachable'],
  ])('%s is read at Resource Manager, which dates no rotation', async (_name, say, why) => {
    const { of, rows } = await look((request, operation) => (operation === inVault && isProd(request) ? say() : undefined));
    expect(of(surface, 'checkout-db-password')).toMatchObject({
      id: 'https://larkspur-prod-kv.vault.azure.net/secrets/checkout-db-password',
      expiresAt: '2027-03-29T00:00:00Z',
      tags: { workload: 'checkout' },
      unknown: { rotatedAt: { why } },
      details: { certificate: 'not told by Resource Manager' },
    });
    expect(rows(surface).map(({ scope }) => scope)).not.toContain('vault/larkspur-prod-kv');
  });

  test('half-way, on both sides, keeps what it gave', async () => {
    const { records, rows } = await look((request, operation) => {
      if (operation === inVault && isProd(request) && request.url.includes('skiptoken'))
        return refusal(403, 'Forbidden', 'ForbiddenByRbac');
      return operation === inManager ? refusal(403, 'AuthorizationFailed') : undefined;
    });
    expect(records.filter(isSecretOf('larkspur-prod-kv'))).toHaveLength(3);
    expect(rows(surface).map(({ scope }) => scope)).toContain('vault/larkspur-prod-kv');
  });

  test('half-way is read again at Resource Manager, each secret once', async () => {
    const { records } = await look((request, operation) =>
      operation === inVault && isProd(request) && request.url.includes('skiptoken') ? refusal(500, 'Internal') : undefined,
    );
    expect(records.filter(isSecretOf('larkspur-prod-kv'))).toHaveLength(5);
  });
});

describe('a vault that says something odd', () => {
  test.each([
    ['a secret without an id', '"id":"https://larkspur-prod-kv.vault.azure.net/secrets/paywell-api-key"', '"id":null'],
    ['an id that is no secret', '/secrets/paywell-api-key"', '/keys/paywell-api-key"'],
    ['no list', '"value":[', '"values":['],
  ])('%s is left for Resource Manager', async (_name, find, replace) => {
    const { of } = await look((request, operation, recorded) => {
      if (operation !== inVault || !isProd(request) || request.headers['authorization'] === undefined || request.url.includes('skiptoken'))
        return undefined;
      return edited(recorded, find, replace);
    });
    expect(of(surface, 'checkout-db-password')).toMatchObject({ unknown: { rotatedAt: { why: 'malformed-response' } } });
  });

  test.each([
    ['an end that is no time', '"exp":1806278400', '"exp":"soon"', { unknown: { expiresAt: { why: 'malformed-response' } } }],
    ['an end beyond all time', '"exp":1806278400', '"exp":1e300', { unknown: { expiresAt: { why: 'malformed-response' } } }],
    [
      'tags that are no text',
      '"workload":"checkout"',
      '"workload":{"a":1}',
      { tags: { owner: 'jonas.weber@larkspur.example', purpose: 'database of the checkout' } },
    ],
    ['no tags', /"tags":\{"owner":"jonas[^}]+\}/, '"tags":null', { tags: {} }],
  ])('%s costs that field alone', async (_name, find, replace, expected) => {
    const { of } = await look((request, operation, recorded) => {
      if (operation !== inVault || !isProd(request) || request.headers['authorization'] === undefined || request.url.includes('skiptoken'))
        return undefined;
      return recorded().then((response) => ({ ...response, body: response.body.replace(find, replace) }));
    });
    expect(of(surface, 'checkout-db-password')).toMatchObject(expected);
  });

  test('gets no token when its challenge names another host', async () => {
    const tokens: (string | undefined)[] = [];
    const { of } = await look((request, operation) => {
      if (operation !== inVault || !isProd(request)) return undefined;
      tokens.push(request.headers['authorization']);
      return answer(
        401,
        {},
        { 'www-authenticate': 'Bearer authorization="https://login.microsoftonline.com/x", resource="https://vault.example"' },
      );
    });
    expect(tokens).toEqual([undefined]);
    expect(of(surface, 'checkout-db-password')).toMatchObject({ unknown: { rotatedAt: { why: 'malformed-response' } } });
  });
});

describe('the list of vaults', () => {
  test('that was cut is a gap', async () => {
    const { rows } = await look((request, operation, recorded) => {
      if (operation !== vaults || !isOfVaults(request) || request.body?.includes('$skipToken') !== true) return undefined;
      return edited(recorded, '"resultTruncated":"false"', '"resultTruncated":"true"');
    });
    expect(rows(surface)).toContainEqual(expect.objectContaining({ scope: 'vault/*', reason: 'not-looked', state: 'partial' }));
  });

  test('that counts more than it gave is a gap', async () => {
    const { rows } = await look((request, operation, recorded) =>
      operation === vaults && isOfVaults(request) && request.body?.includes('$skipToken') === true
        ? edited(recorded, '"totalRecords":3', '"totalRecords":4')
        : undefined,
    );
    expect(rows(surface)).toContainEqual(
      expect.objectContaining({ scope: 'vault/*', detail: expect.stringContaining('3 of 4') as unknown }),
    );
  });

  test('that left subscriptions out is a gap', async () => {
    const { rows } = await look((_request, operation, recorded) =>
      operation === vaults
        ? recorded().then((response) => ({ ...response, headers: { ...response.headers, 'x-ms-tenant-subscription-limit-hit': 'true' } }))
        : undefined,
    );
    expect(rows(surface)).toContainEqual(
      expect.objectContaining({ scope: 'vault/*', detail: expect.stringContaining('10000 subscriptions') as unknown }),
    );
  });

  test('that is refused half-way still shows the vaults it named', async () => {
    const { records, rows } = await look((request, operation) =>
      operation === vaults && isOfVaults(request) && request.body?.includes('$skipToken') === true
        ? refusal(403, 'AuthorizationFailed')
        : undefined,
    );
    expect(records.filter(({ kind, status }) => kind === surface && status !== 'deleted-recoverable')).toHaveLength(5);
    expect(rows(surface).at(-1)).toMatchObject({ state: 'partial', reason: 'permission-denied', requires: ['Key Vault Reader', 'Reader'] });
  });

  test.each([
    ['without an address', '"vaultUri":"https://larkspur-shared-kv.vault.azure.net/"', '"vaultUri":null'],
    [
      'with an address in the clear',
      '"vaultUri":"https://larkspur-shared-kv.vault.azure.net/"',
      '"vaultUri":"http://larkspur-shared-kv.vault.azure.net/"',
    ],
    [
      'at an address that is no vault of this cloud',
      '"vaultUri":"https://larkspur-shared-kv.vault.azure.net/"',
      '"vaultUri":"https://larkspur-shared-kv.vault.example/"',
    ],
  ])('with a vault %s is a gap for that vault', async (_name, find, replace) => {
    const { rows, records } = await look((request, operation, recorded) =>
      operation === vaults && isOfVaults(request) && /keyvault.*skipToken|skipToken.*keyvault/i.test(request.body ?? '')
        ? edited(recorded, find, replace)
        : undefined,
    );
    expect(rows(surface)).toContainEqual(expect.objectContaining({ scope: 'vault/larkspur-shared-kv', reason: 'malformed-response' }));
    expect(records.filter(({ kind, status }) => kind === surface && status !== 'deleted-recoverable')).toHaveLength(5);
  });
});
