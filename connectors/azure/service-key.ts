// https://learn.microsoft.com/en-us/azure/governance/resource-graph/reference/supported-tables-resources
import { defineSurface } from '../../src/connector/contract.ts';
import type { Seen, SurfaceKind } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import type { Kind } from '../../src/model/kind.ts';
import type { Status } from '../../src/model/record.ts';
import { type Json, described, isJson, text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { resourceTags } from './resource-tags.ts';
import { servicePages, typeOf } from './service-estate.ts';
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
  async *list(session) {
    for await (const page of servicePages(session)) yield page.filter((row) => readers.has(typeOf(row) ?? ''));
  },
  normalize: (row, seen) => readers.get(typeOf(row) ?? '')?.(row, seen) ?? [],
});

type Read = (row: Json, seen: Seen<Session>) => readonly InventoryRecord[];
const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['microsoft.storage/storageaccounts', storageKeys],
  ['microsoft.documentdb/databaseaccounts', cosmosKeys],
  ['microsoft.containerregistry/registries', registryAdmin],
  ...serviceKeys.map((sort): [string, Read] => [sort.type, (row, seen) => keysTogether(sort, row, seen)]),
]);

function storageKeys(row: Json, seen: Seen<Session>): readonly InventoryRecord[] {
  const made = time(text(row['creationTime']));
  const times = isJson(row['keyCreationTime']) ? row['keyCreationTime'] : {};
  const sas = isJson(row['sasPolicy']) ? row['sasPolicy'] : {};
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
        sasPolicy: sas['sasExpirationPeriod'] ?? 'none',
        sasPolicyAction: sas['expirationAction'],
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

function keysTogether({ kind, made, off, type }: ServiceKeys, row: Json, seen: Seen<Session>): readonly InventoryRecord[] {
  const holder = off?.path === undefined ? row : row[off.property];
  const switched = off && isJson(holder) ? holder[off.path ?? off.property] : undefined;
  const isOff =
    type === 'microsoft.batch/batchaccounts' ? excludesKeys(row['allowedAuthenticationModes']) : off !== undefined && switched === off.is;
  return [
    keyRecord(row, seen, kind, {
      key: 'keys',
      status: isOff ? 'inactive' : 'active',
      createdAt: made === undefined ? unknown('not-offered', 'the service does not say when it was made') : time(text(row[made])),
      rotatedAt: undated,
      details: { localAuthentication: isOff ? 'disabled' : 'allowed' },
    }),
  ];
}

/** Nothing set means all modes. */
function excludesKeys(modes: unknown): boolean {
  return Array.isArray(modes) && modes.length > 0 && !modes.includes('SharedKey');
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

function keyRecord(row: Json, { session, observedAt }: Seen<Session>, kind: Kind, own: Own): Credential {
  const id = required(text(row['id']), 'id');
  const resource = required(text(row['name']), 'name');
  const dated = (['createdAt', 'rotatedAt'] as const).filter((each) => own[each].state === 'known');
  return credential({
    id: `${id}/${own.key}`,
    kind: kind.id,
    provider: 'azure',
    scope: session.scope,
    name: own.key === 'keys' ? resource : `${resource} ${own.key}`,
    status: own.status,
    managedBy: 'customer',
    identity: absent(),
    createdAt: own.createdAt,
    rotatedAt: own.rotatedAt,
    lastUsedAt: unknown('not-offered', 'only diagnostic logs of the service have it'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered'),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: resourceTags(row['tags']),
    evidence: [{ operation: resourcesOperation.call, observedAt, fields: ['status', ...dated, 'tags'] }],
    details: described({ resource, subscription: row['subscriptionId'], resourceGroup: row['resourceGroup'], ...own.details }),
  });
}
