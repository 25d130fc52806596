import { describe, expect, test } from 'vitest';
import { azureTenant } from '../../../bench/azure-tenant.ts';
import { azure } from '../../../connectors/azure/index.ts';
import { collect } from '../../../src/collect/collect.ts';
import type { ConnectContext } from '../../../src/connector/contract.ts';
import type { WireRequest, WireResponse } from '../../../src/connector/wire.ts';
import type { Coverage } from '../../../src/model/coverage.ts';
import { asResponse } from '../../contract/rig.ts';
import { observed, tenant } from './rig.ts';

const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: '1795219200' } } });
const insufficient = `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
const env = { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: 'f7b5cf6e-d06d-40ca-9db8-c27f6a91e707', AZURE_CLIENT_SECRET: 'not-a-real-one' };

type Reply = (request: WireRequest) => WireResponse | undefined;
const stub = azureTenant({ applications: 3, servicePrincipals: 0, subscriptions: 0, vaults: 4, perVault: 1 });

/** A stub tenant behind the real login; `reply` comes first. Tokens say which claims they were asked with. */
async function scan(surface: string, reply: Reply, own: Readonly<Record<string, string>> = {}) {
  const asked: WireRequest[] = [];
  const context: ConnectContext = {
    env: { ...env, ...own },
    signal: new AbortController().signal,
    now: () => observed,
    sleep: () => Promise.resolve(),
    replaying: false,
    wire: () => (request) => {
      asked.push(request);
      return Promise.resolve(token(request) ?? reply(request) ?? stub(request));
    },
  };
  const others = azure.surfaces.filter(({ id }) => id !== surface).map(({ id }) => [id, 'not part of this test'] as const);
  const coverage: Coverage[] = [];
  const target = { connector: azure, settings: { credential: 'environment' }, context, skip: Object.fromEntries(others) };
  for await (const line of collect([target])) if (line.record === 'coverage' && line.surface === surface) coverage.push(line);
  return { coverage, asked };
}

function token({ url, body }: WireRequest): WireResponse | undefined {
  if (!url.includes('/oauth2/v2.0/token')) return undefined;
  const fresh = new URLSearchParams(body).get('claims')?.includes('1795219200') === true;
  const payload = Buffer.from(JSON.stringify({ tid: tenant, fresh })).toString('base64url');
  return asResponse({ status: 200, body: { token_type: 'Bearer', expires_in: 3600, access_token: `h.${payload}.s` } });
}

const isFresh = ({ headers }: WireRequest): boolean =>
  Buffer.from(headers['authorization']?.split('.')[1] ?? '', 'base64url')
    .toString()
    .includes('"fresh":true');

function withdrawn(): WireResponse {
  return asResponse({
    status: 401,
    headers: { 'www-authenticate': insufficient },
    body: { error: { code: 'InvalidAuthenticationToken' } },
  });
}

describe('a token that is withdrawn while the scan runs', () => {
  test.each([
    ['Graph', 'azure.application', '/v1.0/applications?'],
    ['Resource Graph', 'azure.rbac_role_assignment', 'Microsoft.ResourceGraph'],
    ['a vault, for secrets', 'azure.keyvault_secret', 'vault.azure.net/secrets'],
    ['a vault, for keys', 'azure.keyvault_key', 'vault.azure.net/keys?'],
    ['a vault, for certificates', 'azure.keyvault_certificate', 'vault.azure.net/certificates?'],
  ])('is asked for again with the claims that %s wants', async (_name, surface, address) => {
    const { coverage, asked } = await scan(surface, (request) =>
      request.url.includes(address) && request.headers['authorization'] !== undefined && !isFresh(request) ? withdrawn() : undefined,
    );
    expect(coverage.map(({ state }) => state)).toEqual(['complete']);
    expect(asked.some((request) => request.url.includes(address) && isFresh(request))).toBe(true);
  });

  test('and is refused again closes the place, and is not asked for without end', async () => {
    const { coverage, asked } = await scan('azure.application', ({ url }) =>
      url.includes('/v1.0/applications?') ? withdrawn() : undefined,
    );
    expect(coverage).toMatchObject([{ state: 'denied', reason: 'login-failed' }]);
    expect(asked.filter(({ url }) => url.includes('/v1.0/applications?$top')).length).toBeLessThanOrEqual(2);
  });
});

describe('what a vault asks for', () => {
  const challenge = (of: string) =>
    asResponse({
      status: 401,
      headers: { 'www-authenticate': `Bearer authorization="https://login.microsoftonline.com/${of}", resource="https://vault.azure.net"` },
      body: {},
    });

  test.each(['azure.keyvault_secret', 'azure.keyvault_key', 'azure.keyvault_certificate'])(
    'is answered by a login that knows its tenant by a domain, for %s',
    async (surface) => {
      const { coverage } = await scan(surface, () => undefined, { AZURE_TENANT_ID: 'larkspur.example' });
      expect(coverage).toMatchObject([{ scope: `tenant/${tenant}`, state: 'complete', count: 4 }]);
    },
  );

  test('is not remembered where it names another tenant, and closes that vault alone', async () => {
    const elsewhere = '11111111-2222-4333-8444-555555555555';
    const { coverage } = await scan('azure.keyvault_certificate', ({ url, headers }) => {
      if (!url.startsWith('https://kv0.')) return undefined;
      return headers['authorization'] === undefined ? challenge(elsewhere) : asResponse({ status: 401, body: {} });
    });
    expect(coverage).toMatchObject([
      { scope: 'vault/kv0', state: 'denied', reason: 'login-failed' },
      { state: 'partial', count: 3 },
    ]);
  });
});
