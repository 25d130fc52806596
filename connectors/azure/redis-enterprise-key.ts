// https://learn.microsoft.com/en-us/rest/api/redis/redisenterprisecache/databases/list-by-cluster
import { defineSurface } from '../../src/connector/contract.ts';
import type { Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import type { Status } from '../../src/model/record.ts';
import { type Child, childPages } from './children.ts';
import { text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { madeAt, propertiesOf, resourceCredential } from './resource-credential.ts';
import { keysOf } from './service-kinds.ts';
import type { Session } from './session.ts';

export const redisEnterpriseKeyKind = keysOf(
  'azure.redis_enterprise_key',
  'Access keys of a Redis Enterprise or Azure Managed Redis database',
  ['both keys regenerated, or accessKeysAuthentication is Disabled'],
);

const listDatabases = { call: 'GET {redisEnterpriseId}/databases', permission: 'Reader' } as const;

export const redisEnterpriseKey = defineSurface<Session, Child>({
  id: 'azure.redis_enterprise_key',
  title: 'Keys of Redis Enterprise and Azure Managed Redis',
  source: 'https://learn.microsoft.com/en-us/rest/api/redis/redisenterprisecache/databases/list-by-cluster',
  level: 'tenant',
  kinds: [
    {
      kind: redisEnterpriseKeyKind,
      facts: { createdAt: 'exposed', expiresAt: 'never', notBefore: 'never', purpose: 'from-tags', owner: 'from-tags' },
    },
  ],
  operations: [resourcesOperation, listDatabases],
  // Whether keys are taken is said of each database, and Resource Graph holds only their clusters.
  list: (session, look) =>
    childPages(session, look, {
      type: 'microsoft.cache/redisenterprise',
      noun: 'databases',
      // The first that tells the switch.
      version: '2025-07-01',
      operation: listDatabases,
    }),
  normalize,
});

function normalize({ parent, raw }: Child, seen: Seen<Session>): readonly InventoryRecord[] {
  // Written with the name of its cluster before it, or without.
  const database = required(text(raw['name']), 'name').split('/').at(-1);
  const { status, words } = switchOf(text(propertiesOf(raw)['accessKeysAuthentication'])?.toLowerCase());
  return [
    resourceCredential(
      {
        kind: redisEnterpriseKeyKind,
        id: `${required(text(raw['id']), 'id')}/keys`,
        name: [text(parent['name']), database].join(' '),
        status,
        parent,
        operation: listDatabases.call,
        told: {
          createdAt: madeAt(raw),
          rotatedAt: unknown('not-offered', 'its keys are dated nowhere that can be read without their values'),
          expiresAt: absent(),
          notBefore: absent(),
        },
        details: { localAuthentication: words },
      },
      seen,
    ),
  ];
}

/** Left out is neither: databases that are older than the switch took keys, new ones start without. */
function switchOf(value: string | undefined): { readonly status: Status; readonly words: string } {
  if (value === 'disabled') return { status: 'inactive', words: 'disabled' };
  return value === 'enabled' ? { status: 'active', words: 'allowed' } : { status: 'unknown', words: 'not told' };
}
