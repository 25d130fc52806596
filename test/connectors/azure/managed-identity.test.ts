import { describe, expect, test } from 'vitest';
import { azure } from '../../../connectors/azure/index.ts';
import { answer, look, observed, refusal } from './rig.ts';

const estate = 'POST /providers/Microsoft.ResourceGraph/resources';
const kind = 'azure.managed_identity';

describe('a managed identity', () => {
  test('is orphaned when its resource is gone from a subscription that can be read', async () => {
    const { of } = await look();
    expect(of(kind, 'reporting-fn')).toMatchObject({
      status: 'active',
      consumers: null,
      details: { resourceState: 'gone', assigned: 'system' },
    });
  });

  const presence = 'GET {resourceId}/providers/Microsoft.ManagedIdentity/identities/default';
  const own = 'GET {userAssignedIdentityId}';
  const there = (principalId: string) => answer(200, { properties: { principalId } });

  test('that Resource Graph lacks is asked for by name before it is called gone, and no other is', async () => {
    const asked: NonNullable<Parameters<typeof look>[1]> = [];
    const { of } = await look(undefined, asked);
    const names = asked.flatMap((each) =>
      [presence, own].includes(azure.operationOf(each)) ? [new URL(each.url).pathname.split('/')[8]] : [],
    );
    expect(new Set(names)).toEqual(new Set(['larkspur-old-importer', 'reporting-fn']));
    expect(names).toHaveLength(2);
    expect(of(kind, 'reporting-fn')?.evidence).toContainEqual({ operation: presence, observedAt: observed, fields: ['consumers', 'tags'] });
    expect(of(kind, 'larkspur-old-importer')).toMatchObject({ consumers: null, details: { resourceState: 'gone', assigned: 'user' } });
  });

  test('that Resource Graph does not have yet is not orphaned', async () => {
    const { of } = await look((_request, operation) => {
      if (operation === presence) return there('a09305c1-eb41-4ca2-9bfd-17bee002a30b');
      return operation === own ? there('b7c95ab6-3096-4bf7-8fe2-6c033557f820') : undefined;
    });
    expect(of(kind, 'reporting-fn')).toMatchObject({ consumers: [expect.stringContaining('sites/reporting-fn')] });
    expect(of(kind, 'larkspur-old-importer')).toMatchObject({ unknown: { consumers: { why: 'not-looked' } } });
    for (const name of ['reporting-fn', 'larkspur-old-importer']) expect(of(kind, name)?.details).not.toHaveProperty('resourceState');
  });

  test('whose resource was made anew, with another identity, is orphaned', async () => {
    const { of } = await look((_request, operation) =>
      operation === presence ? there('00000000-0000-4000-8000-000000000001') : undefined,
    );
    expect(of(kind, 'reporting-fn')).toMatchObject({ consumers: null, details: { resourceState: 'gone' } });
  });

  test.each([
    ['is refused', refusal(403, 'AuthorizationFailed'), 'permission-denied'],
    ['knows no such subscription', refusal(404, 'SubscriptionNotFound'), 'unreachable'],
    ['meets a 404 of something else', answer(404, 'no'), 'unreachable'],
    ['says nothing of a principal', answer(200, { properties: {} }), 'malformed-response'],
  ])('is not called orphaned where that question %s', async (_name, said, why) => {
    const { of } = await look((_request, operation) => (operation === presence ? said : undefined));
    expect(of(kind, 'reporting-fn')).toMatchObject({ unknown: { consumers: { why } } });
    expect(of(kind, 'reporting-fn')?.details).not.toHaveProperty('resourceState');
  });

  test('names the resources that act as it, whatever the case of their ids', async () => {
    const { of } = await look();
    expect(of(kind, 'larkspur-aks-kubelet')).toMatchObject({
      status: 'active',
      consumers: [expect.stringContaining('managedClusters/larkspur-aks')],
    });
  });

  test('that no resource uses may still be used by its federated credentials, and has the tags of its resource', async () => {
    const { of } = await look();
    expect(of(kind, 'larkspur-nightly-export')).toMatchObject({
      status: 'active',
      unknown: { consumers: { why: 'not-looked' } },
      tags: { workload: 'nightly-export' },
    });
  });

  test('is not called orphaned when Resource Manager refuses', async () => {
    const { of, rows } = await look((_request, operation) => (operation === estate ? refusal(403, 'AuthorizationFailed') : undefined));
    expect(of(kind, 'reporting-fn')).toMatchObject({ status: 'active', unknown: { consumers: { why: 'permission-denied' } } });
    expect(rows('azure.service_principal')).toMatchObject([{ state: 'complete' }]);
  });

  test('is not called orphaned in a subscription that nobody here can read', async () => {
    const { of } = await look((_request, operation) => (operation === 'GET /subscriptions' ? answer(200, { value: [] }) : undefined));
    expect(of(kind, 'reporting-fn')).toMatchObject({
      status: 'active',
      unknown: { consumers: { why: 'permission-denied', detail: expect.stringContaining('7c1d9f52') as unknown } },
    });
  });

  test('whose federated credentials are refused is a gap, and leaves the others', async () => {
    const { records, rows } = await look((request, operation) =>
      operation === 'GET {userAssignedIdentityId}/federatedIdentityCredentials' && request.url.includes('kubelet')
        ? refusal(403, 'AuthorizationFailed')
        : undefined,
    );
    expect(rows('azure.managed_identity_federation')).toMatchObject([
      { scope: 'managedIdentity/larkspur-aks-kubelet', state: 'denied' },
      { state: 'partial', count: 1 },
    ]);
    expect(records.some(({ name }) => name === 'old-cluster')).toBe(true);
  });
});

describe('a federated credential', () => {
  const of = async (name: string, ...change: Parameters<typeof look>) => {
    const { records, rows } = await look(...change);
    return { credential: records.find((record) => record.kind === 'azure.federated_credential' && record.name === name), rows };
  };

  test('of an application trusts an issuer and a subject', async () => {
    expect((await of('github-checkout')).credential).toMatchObject({
      trust: [
        {
          issuer: 'https://token.actions.githubusercontent.com',
          subject: 'repo:larkspur-foods/checkout:ref:refs/heads/main',
          audience: 'api://AzureADTokenExchange',
        },
      ],
      purpose: 'Deploys the checkout from its main branch',
    });
  });

  test('that is flexible has its expression from the beta version', async () => {
    expect((await of('github-storefront')).credential).toMatchObject({
      trust: [{ subject: 'repo:larkspur-foods/storefront:ref:refs/heads/*' }],
      details: { matches: expect.stringContaining("claims['sub'] matches") as unknown },
    });
  });

  test('that is flexible is a gap where the beta version is refused, and is still listed', async () => {
    const { credential, rows } = await of('github-storefront', (_request, operation) =>
      operation.startsWith('GET /beta/applications/') ? refusal(403, 'Authorization_RequestDenied') : undefined,
    );
    expect(credential).toMatchObject({
      trust: [{ subject: '*', conditions: { claimsMatchingExpression: 'not read' } }],
      details: { matches: 'not read' },
    });
    expect(rows('azure.federated_credential')).toMatchObject([
      { scope: 'federatedCredential/github-storefront', state: 'denied' },
      { state: 'partial', count: 2 },
    ]);
  });

  test('is asked for only of applications that have one', async () => {
    const asked: NonNullable<Parameters<typeof look>[1]> = [];
    await look(undefined, asked);
    const batches = asked.filter(({ body }) => body?.includes('/federatedIdentityCredentials') === true);
    expect(batches.map(({ url }) => new URL(url).pathname).toSorted()).toEqual(['/beta/$batch', '/v1.0/$batch', '/v1.0/$batch']);
  });
});
