import { createHash } from 'node:crypto';
import type { WireRequest, WireResponse } from '../src/connector/wire.ts';

export type TenantSize = {
  readonly applications: number;
  readonly servicePrincipals: number;
  readonly subscriptions: number;
  readonly vaults: number;
  /** Keys and certificates in each vault, each asked for its policy. */
  readonly perVault: number;
};

const subscription = '/subscriptions/7c1d9f52-2a4e-4b0d-8f63-5e9a1b2c3d4e/resourceGroups/rg/providers';
const asOf = 1_779_000_000;
const longAgo = '2024-05-01T00:00:00Z';
const pageSize = 999;
/** One of so many service principals is an API that gives permissions to applications. */
const apiEvery = 25;

/** Answers as an Entra tenant with an Azure estate of that size does, in the shapes of its APIs. Every application has a secret. */
export function azureTenant(size: TenantSize): (request: WireRequest) => WireResponse {
  return (request) => {
    const url = new URL(request.url);
    if (url.pathname.endsWith('/ResourceGraph/resources') || url.pathname.endsWith('Microsoft.ResourceGraph/resources'))
      return ok(found(size, request.body ?? ''));
    if (url.pathname === '/subscriptions')
      return ok({
        value: range(size.subscriptions).map((index) => ({
          subscriptionId: guid('subscription', index),
          displayName: `s${String(index)}`,
        })),
      });
    if (url.hostname === 'graph.microsoft.com') return ok(inGraph(url, request.body, size));
    if (url.hostname.endsWith('.vault.azure.net')) {
      if (request.headers['authorization'] === undefined) return challenge;
      return ok(inVault(url, size));
    }
    return ok({ value: [] });
  };
}

function found({ vaults }: TenantSize, body: string): unknown {
  const data = body.includes('microsoft.keyvault/vaults')
    ? range(vaults).map((index) => ({
        id: `${subscription}/Microsoft.KeyVault/vaults/kv${String(index)}`,
        name: `kv${String(index)}`,
        subscriptionId: 's',
        resourceGroup: 'rg',
        vaultUri: `https://kv${String(index)}.vault.azure.net/`,
      }))
    : [];
  return { totalRecords: data.length, count: data.length, data, facets: [], resultTruncated: 'false' };
}

function inVault({ origin, pathname }: URL, { perVault }: TenantSize): unknown {
  const [, noun = '', name] = pathname.split('/');
  if (noun.startsWith('deleted')) return { value: [] };
  if (name === 'contacts') return { id: `${origin}/certificates/contacts`, contacts: [{ email: 'platform@larkspur.example' }] };
  if (name !== undefined && noun === 'keys')
    return { lifetimeActions: [{ trigger: { timeAfterCreate: 'P90D' }, action: { type: 'Rotate' } }] };
  if (name !== undefined) return { issuer: { name: 'Self' }, lifetime_actions: [] };
  const attributes = { enabled: true, created: asOf, updated: asOf, exp: asOf + 31_536_000 };
  return {
    value: range(perVault).map((index) => ({ [noun === 'keys' ? 'kid' : 'id']: `${origin}/${noun}/n${String(index)}`, attributes })),
  };
}

function inGraph(url: URL, body: string | undefined, { applications, servicePrincipals }: TenantSize): unknown {
  if (url.pathname.endsWith('/$batch')) {
    const { requests } = JSON.parse(body ?? '{"requests":[]}') as { readonly requests: readonly { readonly id: string }[] };
    return { responses: requests.map(({ id }) => ({ id, status: 200, body: { value: [] } })) };
  }
  if (url.searchParams.has('$filter')) return { value: [] };
  const held = { keyId: '', displayName: 'secret', startDateTime: longAgo, endDateTime: '2027-05-01T00:00:00Z' };
  if (url.pathname === '/v1.0/applications')
    return page(url, applications, (index) => ({
      id: guid('application', index),
      appId: guid('client', index),
      displayName: `app${String(index)}`,
      createdDateTime: longAgo,
      passwordCredentials: [{ ...held, keyId: guid('secret', index) }],
      keyCredentials: [],
    }));
  if (url.pathname === '/v1.0/servicePrincipals')
    return page(url, servicePrincipals, (index) => ({
      id: guid('principal', index),
      appId: guid('client', index),
      displayName: `sp${String(index)}`,
      servicePrincipalType: 'Application',
      accountEnabled: true,
      appRoles: index % apiEvery === 0 ? [{ id: guid('role', index), value: 'Data.Read', allowedMemberTypes: ['Application'] }] : [],
      passwordCredentials: [],
      keyCredentials: [],
    }));
  return { value: [] };
}

function page(url: URL, total: number, make: (index: number) => unknown): unknown {
  const start = Number(url.searchParams.get('$skiptoken') ?? '0');
  const value = range(Math.min(pageSize, total - start)).map((index) => make(start + index));
  if (start + pageSize >= total) return { value };
  const next = new URL(url);
  next.searchParams.set('$skiptoken', String(start + pageSize));
  return { value, '@odata.nextLink': next.href };
}

const challenge: WireResponse = {
  status: 401,
  headers: {
    'content-type': 'application/json',
    'www-authenticate':
      'Bearer authorization="https://login.microsoftonline.com/3f0c1c1e-6a51-4d6e-9a77-1d2c3b4a5e6f", resource="https://vault.azure.net"',
  },
  body: '{"error":{"code":"Unauthorized","message":"no token"}}',
};

function ok(body: unknown): WireResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

function guid(noun: string, index: number): string {
  const hex = createHash('sha256')
    .update(`${noun} ${String(index)}`)
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
