// https://learn.microsoft.com/en-us/rest/api/redis/redisenterprisecache/databases/list-by-cluster
import { defineSurface } from '../../src/connector/contract.ts';
import type { Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
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
      version: '2024-10-01',
      operation: listDatabases,
    }),
  normalize,
});

function normalize({ parent, raw }: Child, seen: Seen<Session>): readonly InventoryRecord[] {
  const database = required(text(raw['name']), 'name');
  // Databases that are older than the switch do not have it, and take keys.
  const isOff = text(propertiesOf(raw)['accessKeysAuthentication'])?.toLowerCase() === 'disabled';
  return [
    resourceCredential(
      {
        kind: redisEnterpriseKeyKind,
        id: `${required(text(raw['id']), 'id')}/keys`,
        name: `${text(parent['name']) ?? ''} ${database}`.trim(),
        status: isOff ? 'inactive' : 'active',
        parent,
        operation: listDatabases.call,
        told: {
          createdAt: madeAt(raw),
          rotatedAt: unknown('not-offered', 'its keys are dated nowhere that can be read without their values'),
          expiresAt: absent(),
          notBefore: absent(),
        },
        details: { localAuthentication: isOff ? 'disabled' : 'allowed' },
      },
      seen,
    ),
  ];
}
