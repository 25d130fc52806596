import { beforeAll, describe, expect, test } from 'vitest';
import { resourceScope, scopeOfAddress } from '../../../connectors/azure/resource-scope.ts';
import { look, refusal, tenant } from './rig.ts';

const subscription = `tenant/${tenant}/subscription/7c1d9f52-2a4e-4b0d-8f63-5e9a1b2c3d4e`;
const listGroups = 'GET {subscriptionId}/resourcegroups';
let seen: Awaited<ReturnType<typeof look>>;
beforeAll(async () => {
  seen = await look();
});

describe('where a resource lives', () => {
  test.each([
    ['/subscriptions/S1/resourceGroups/Shop/providers/Microsoft.Web/sites/x', 'tenant/t/subscription/s1/resourceGroup/shop'],
    ['/subscriptions/s1', 'tenant/t/subscription/s1'],
    ['/providers/Microsoft.Management/managementGroups/root', 'tenant/t'],
    ['/', 'tenant/t'],
    ['', 'tenant/t'],
  ])('%s is %s', (address, expected) => {
    expect(scopeOfAddress({ scope: 'tenant/t' }, address)).toBe(expected);
  });

  test.each([[undefined], [null], [''], [7], [{}]])('a subscription that is %j is no place', (value) => {
    expect(resourceScope({ scope: 'tenant/t' }, value, 'group')).toBe('tenant/t');
  });
});

test('subscriptions and groups are scopes, with the tags that Resource Manager has of them', () => {
  const scopes = seen.scopes.map(({ id, name, tags }) => [id, name, tags]);
  expect(scopes).toEqual([
    [subscription, 'larkspur-prod', { 'business-owner': 'dana.okafor@larkspur.example', 'cost-center': '4200' }],
    [`${subscription}/resourceGroup/legacy`, 'Legacy', { owner: 'lee.sandoval@larkspur.example' }],
    [`${subscription}/resourceGroup/platform`, 'platform', {}],
    [`${subscription}/resourceGroup/shared`, 'shared', { owner: 'tomas.lind@larkspur.example' }],
  ]);
});

test.each([
  ['a key of a service', 'azure.storage_account_key', 'larkspurlegacy key1', 'legacy'],
  ['what is in a vault', 'azure.keyvault_secret', 'shipfast-api-key', 'shared'],
  ['a managed identity', 'azure.managed_identity', 'larkspur-aks-kubelet', 'platform'],
  ['a deleted service', 'azure.storage_account_key', 'larkspurimports key1', 'legacy'],
])('%s lives in its group', (_what, kind, name, group) => {
  expect(seen.of(kind, name)?.scope).toBe(`${subscription}/resourceGroup/${group}`);
});

test('what the directory alone holds lives in the tenant', () => {
  expect(seen.of('azure.app_registration', 'checkout-api')?.scope).toBe(`tenant/${tenant}`);
});

test('a subscription without an id is counted as unread, and leaves the others', async () => {
  const { scopes, rows } = await look(async (_request, operation, recorded) => {
    const response = await recorded();
    return operation === 'GET /subscriptions'
      ? { ...response, body: response.body.replace('"value":[', '"value":[{"displayName":"x"},') }
      : response;
  });
  expect(scopes).toHaveLength(4);
  expect(rows('azure.subscription')).toMatchObject([{ state: 'partial', reason: 'malformed-response' }]);
});

test('a subscription that does not tell its groups is a gap, and a scope itself', async () => {
  const { scopes, rows } = await look((_request, operation) =>
    operation === listGroups ? refusal(403, 'AuthorizationFailed') : undefined,
  );
  expect(scopes.map(({ name }) => name)).toEqual(['larkspur-prod']);
  expect(rows('azure.subscription')).toContainEqual(
    expect.objectContaining({ scope: 'subscription/7c1d9f52-2a4e-4b0d-8f63-5e9a1b2c3d4e', state: 'denied', requires: ['Reader'] }),
  );
});
