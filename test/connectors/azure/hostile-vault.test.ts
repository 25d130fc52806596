import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { azureTenant } from '../../../bench/azure-tenant.ts';
import { azure } from '../../../connectors/azure/index.ts';
import { collect } from '../../../src/collect/collect.ts';
import type { ConnectContext } from '../../../src/connector/contract.ts';
import type { WireRequest } from '../../../src/connector/wire.ts';
import type { Coverage } from '../../../src/model/coverage.ts';
import type { InventoryRecord } from '../../../src/model/inventory.ts';
import { asResponse } from '../../contract/rig.ts';
import { observed, settings } from './rig.ts';

const stub = azureTenant({ applications: 0, servicePrincipals: 0, subscriptions: 0, vaults: 2, perVault: 1 });
const surfaces = ['azure.keyvault_secret', 'azure.keyvault_key', 'azure.keyvault_certificate'];

/** The vault surfaces of a stub tenant whose first vault answers something else wherever `path` says. */
async function scan(path: RegExp, body: unknown) {
  const asked: WireRequest[] = [];
  const context: ConnectContext = {
    env: {},
    signal: new AbortController().signal,
    now: () => observed,
    sleep: () => Promise.resolve(),
    replaying: true,
    wire: () => (request) => {
      asked.push(request);
      const { hostname, pathname } = new URL(request.url);
      const isOdd = hostname.startsWith('kv0.') && request.headers['authorization'] !== undefined && path.test(pathname);
      return Promise.resolve(isOdd ? asResponse({ status: 200, body: JSON.stringify(body) }) : stub(request));
    },
  };
  const skip = Object.fromEntries(azure.surfaces.filter(({ id }) => !surfaces.includes(id)).map(({ id }) => [id, 'not part of this test']));
  const records: InventoryRecord[] = [];
  const rows: Coverage[] = [];
  for await (const line of collect([{ connector: azure, settings, context, skip }])) {
    if (line.record === 'coverage') rows.push(line);
    else if (line.record !== 'scope') records.push(line);
  }
  return { asked, records, rows: rows.filter(({ surface }) => surfaces.includes(surface)) };
}

const attributes = fc.record(
  { enabled: fc.jsonValue(), created: fc.jsonValue(), exp: fc.jsonValue(), nbf: fc.jsonValue() },
  { requiredKeys: [] },
);
const item = fc.record(
  {
    id: fc.oneof(fc.constant('https://kv0.vault.azure.net/keys/a'), fc.jsonValue()),
    kid: fc.oneof(fc.constant('https://kv0.vault.azure.net/keys/a'), fc.jsonValue()),
    attributes: fc.oneof(attributes, fc.jsonValue()),
    tags: fc.jsonValue(),
    x5t: fc.jsonValue(),
    managed: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const page = fc.oneof(fc.jsonValue(), fc.record({ value: fc.oneof(fc.array(item, { maxLength: 3 }), fc.jsonValue()) }));
const action = fc.record({ action: fc.jsonValue(), trigger: fc.jsonValue() }, { requiredKeys: [] });
const policy = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      lifetimeActions: fc.oneof(fc.array(action, { maxLength: 2 }), fc.jsonValue()),
      lifetime_actions: fc.oneof(fc.array(action, { maxLength: 2 }), fc.jsonValue()),
      issuer: fc.jsonValue(),
      x509_props: fc.jsonValue(),
      contacts: fc.oneof(fc.array(fc.record({ email: fc.jsonValue() })), fc.jsonValue()),
    },
    { requiredKeys: [] },
  ),
);

describe('a vault may say anything', () => {
  test.each([
    ['in its lists', /^\/(?:secrets|keys|certificates)$/, page],
    ['of its policies and contacts', /\/(?:policy|rotationpolicy|contacts)$/, policy],
  ] as const)(
    '%s: it is a row or an unknown fact, and costs the other vault nothing',
    async (_name, path, body) => {
      await fc.assert(
        fc.asyncProperty(body, async (value) => {
          const { records } = await scan(path, value);
          expect(records.filter(({ id }) => id.startsWith('https://kv1.'))).toHaveLength(surfaces.length);
        }),
        { numRuns: 60 },
      );
    },
    30_000,
  );

  test.each([
    ['another place', 'https://vault.example/certificates?api-version=7.4&$skiptoken=2'],
    ['another vault', 'https://kv1.vault.azure.net/certificates?api-version=7.4&$skiptoken=2'],
  ])('but a link to %s gets no token', async (_name, nextLink) => {
    const value = [{ id: 'https://kv0.vault.azure.net/certificates/a', attributes: { enabled: true, created: 1, updated: 1 } }];
    const { asked, rows } = await scan(/^\/certificates$/, { value, nextLink });
    const followed = asked.filter(({ url }) => url.includes('skiptoken'));
    expect(followed.filter(({ headers }) => headers['authorization'] !== undefined)).toEqual([]);
    expect(rows).toContainEqual(
      expect.objectContaining({ scope: 'vault/kv0', surface: 'azure.keyvault_certificate', reason: 'malformed-response' }),
    );
  });

  test('but a link that leads back is not followed for ever', async () => {
    const value = [{ id: 'https://kv0.vault.azure.net/certificates/a', attributes: { enabled: true, created: 1, updated: 1 } }];
    const { asked, rows } = await scan(/^\/certificates$/, {
      value,
      nextLink: 'https://kv0.vault.azure.net/certificates?api-version=2025-07-01',
    });
    expect(asked.filter(({ url }) => url.startsWith('https://kv0.') && url.includes('/certificates?')).length).toBeLessThanOrEqual(3);
    expect(rows).toContainEqual(
      expect.objectContaining({ scope: 'vault/kv0', surface: 'azure.keyvault_certificate', reason: 'malformed-response' }),
    );
  });
});
