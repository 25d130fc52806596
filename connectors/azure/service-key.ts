// https://learn.microsoft.com/en-us/azure/governance/resource-graph/reference/supported-tables-resources
import { defineSurface } from '../../src/connector/contract.ts';
import type { Seen, SurfaceKind } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import type { Credential } from '../../src/model/credential.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import type { Kind } from '../../src/model/kind.ts';
import type { Status } from '../../src/model/record.ts';
import { type Json, isJson, text } from './json.ts';
import { resourceCredential } from './resource-credential.ts';
import { resourcesOperation } from './resource-graph.ts';
import { type ResourceType, servicesOf, typeOf } from './service-estate.ts';
import { type ServiceKeys, cosmosKeyKind, registryAdminKind, serviceKeys, storageKeyKind } from './service-kinds.ts';
import type { Session } from './session.ts';

const told = { expiresAt: 'never', notBefore: 'never', purpose: 'from-tags', owner: 'from-tags' } as const satisfies SurfaceKind['facts'];

export const serviceKey = defineSurface<Session, Json>({
  id: 'azure.service_key',
  title: 'Keys of storage accounts, databases and other services',
  source: 'https://learn.microsoft.com/en-us/azure/governance/resource-graph/reference/supported-tables-resources',
  level: 'tenant',
  kinds: [
    { kind: storageKeyKind, facts: { ...told, createdAt: 'exposed', rotatedAt: 'exposed' } },
    { kind: cosmosKeyKind, facts: { ...told, rotatedAt: 'exposed' } },
    { kind: registryAdminKind, facts: told },
    ...serviceKeys.map(({ kind, made }) => ({ kind, facts: made === undefined ? told : { ...told, createdAt: 'exposed' as const } })),
  ],
  operations: [resourcesOperation],
  list: (session) => servicesOf(session, ...readers.keys()),
  normalize,
});

function normalize(row: Json, seen: Seen<Session>): readonly InventoryRecord[] {
  const type = typeOf(row);
  return type === undefined ? [] : (readers.get(type)?.(row, seen) ?? []);
}

type Read = (row: Json, seen: Seen<Session>) => readonly InventoryRecord[];
const readers: ReadonlyMap<ResourceType, Read> = new Map<ResourceType, Read>([
  ['microsoft.storage/storageaccounts', storageKeys],
  ['microsoft.documentdb/databaseaccounts', cosmosKeys],
  ['microsoft.containerregistry/registries', registryAdmin],
  ...serviceKeys.flatMap((sort) => sort.types.map((type): [ResourceType, Read] => [type, (row, seen) => keysTogether(sort, row, seen)])),
]);

function storageKeys(row: Json, seen: Seen<Session>): readonly InventoryRecord[] {
  const made = time(text(row['creationTime']));
  const times = isJson(row['keyCreationTime']) ? row['keyCreationTime'] : {};
  const policy = isJson(row['keyPolicy']) ? row['keyPolicy'] : {};
  // Not set means allowed.
  const status = row['allowSharedKeyAccess'] === false ? 'inactive' : 'active';
  return ['key1', 'key2'].map((key) =>
    keyRecord(row, seen, storageKeyKind, {
      key,
      status,
      createdAt: made,
      rotatedAt: datedOr(
        times[key],
        `not rotated since Azure dates keys; no older than the account, ${text(row['creationTime']) ?? 'of no date'}`,
      ),
      details: {
        sharedKeyAccess: row['allowSharedKeyAccess'] ?? 'allowed, as nothing is set',
        keyExpiresAfterDays: numberWords(policy['keyExpirationPeriodInDays']),
      },
    }),
  );
}

const cosmosNames = ['primaryMasterKey', 'secondaryMasterKey', 'primaryReadonlyMasterKey', 'secondaryReadonlyMasterKey'] as const;

function cosmosKeys(row: Json, seen: Seen<Session>): readonly InventoryRecord[] {
  const metadata = isJson(row['keysMetadata']) ? row['keysMetadata'] : {};
  return cosmosNames.map((key) => {
    const own = isJson(metadata[key]) ? metadata[key] : {};
    return keyRecord(row, seen, cosmosKeyKind, {
      key,
      status: row['disableLocalAuth'] === true ? 'inactive' : 'active',
      createdAt: unknown('not-offered', 'the account dates its keys only by their last generation'),
      rotatedAt: datedOr(own['generationTime'], 'the account does not date this key'),
      details: { localAuthentication: row['disableLocalAuth'] === true ? 'disabled' : 'allowed' },
    });
  });
}

function registryAdmin(row: Json, seen: Seen<Session>): readonly InventoryRecord[] {
  return [
    keyRecord(row, seen, registryAdminKind, {
      key: 'adminUser',
      status: row['adminUserEnabled'] === true ? 'active' : 'inactive',
      createdAt: unknown('not-offered', 'the registry says when it was made, not when its admin user was switched on'),
      rotatedAt: undated,
      details: { adminUser: row['adminUserEnabled'] === true ? 'enabled' : 'disabled' },
    }),
  ];
}

function keysTogether({ kind, made, where, isOff, shown = [] }: ServiceKeys, row: Json, seen: Seen<Session>): readonly InventoryRecord[] {
  if (where?.(row) === false) return [];
  const off = isOff?.(row);
  return [
    keyRecord(row, seen, kind, {
      key: 'keys',
      status: off === true ? 'inactive' : 'active',
      createdAt: made === undefined ? unknown('not-offered', 'the service does not say when it was made') : time(text(row[made])),
      rotatedAt: undated,
      details: {
        localAuthentication: off === undefined ? 'has no switch' : off ? 'disabled' : 'allowed',
        ...Object.fromEntries(shown.map((property) => [property, row[property]])),
      },
    }),
  ];
}

const undated = unknown('not-offered', 'its keys are dated nowhere that can be read without their values');

function datedOr(value: unknown, otherwise: string): Fact<Instant> {
  return value === undefined || value === null ? unknown('not-offered', otherwise) : time(text(value) ?? 'no text');
}

function numberWords(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : undefined;
}

type Own = {
  readonly key: string;
  readonly status: Status;
  readonly createdAt: Fact<Instant>;
  readonly rotatedAt: Fact<Instant>;
  readonly details: Readonly<Record<string, unknown>>;
};

function keyRecord(row: Json, seen: Seen<Session>, kind: Kind, { key, status, createdAt, rotatedAt, details }: Own): Credential {
  const resource = required(text(row['name']), 'name');
  return resourceCredential(
    {
      kind,
      id: `${required(text(row['id']), 'id')}/${key}`,
      name: key === 'keys' ? resource : `${resource} ${key}`,
      status,
      parent: row,
      operation: resourcesOperation.call,
      told: { createdAt, rotatedAt, expiresAt: absent(), notBefore: absent() },
      details,
    },
    seen,
  );
}
