// https://learn.microsoft.com/en-us/azure/storage/common/sas-expiration-policy
import { defineSurface } from '../../src/connector/contract.ts';
import type { Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Json, isJson, text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { resourceCredential } from './resource-credential.ts';
import { servicesOf } from './service-estate.ts';
import type { Session } from './session.ts';

export const storageSasPolicyKind = defineKind({
  id: 'azure.storage_sas_policy',
  title: 'Shared access signatures of a storage account',
  record: 'credential',
  proves: 'Whoever holds a signature does with the blobs, files, queues or tables of the account what is written in it, until its own end.',
  traits: {
    expiry: 'always',
    rotation: 'none',
    proof: 'bearer',
    revocation: { seen: ['keyCreationTime of both keys is later, or allowSharedKeyAccess is false'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['azure.storage_account_key'],
  },
});

export const storageSasPolicy = defineSurface<Session, Json>({
  id: 'azure.storage_sas_policy',
  title: 'Limits of shared access signatures of storage accounts',
  source: 'https://learn.microsoft.com/en-us/azure/storage/common/sas-expiration-policy',
  level: 'tenant',
  kinds: [{ kind: storageSasPolicyKind, facts: { purpose: 'from-tags', owner: 'from-tags' } }],
  operations: [resourcesOperation],
  list: (session) => servicesOf(session, 'microsoft.storage/storageaccounts'),
  normalize,
});

/** One record stands for all that the keys of an account may have signed: who signs does so without Azure. */
function normalize(row: Json, seen: Seen<Session>): readonly InventoryRecord[] {
  const policy = isJson(row['sasPolicy']) ? row['sasPolicy'] : {};
  const limit = text(policy['sasExpirationPeriod']);
  const beyond = text(policy['expirationAction']);
  const name = required(text(row['name']), 'name');
  return [
    resourceCredential(
      {
        kind: storageSasPolicyKind,
        id: `${required(text(row['id']), 'id')}/sasPolicy`,
        name: `${name} signatures`,
        status: row['allowSharedKeyAccess'] === false ? 'inactive' : 'active',
        parent: row,
        operation: resourcesOperation.call,
        told: {
          expiresAt: unknown('not-offered', `signatures are recorded nowhere; ${limitWords(limit, beyond)}`),
          rotatedAt: unknown('not-offered', 'each is signed anew'),
        },
        details: { limit: limit ?? 'none', beyondLimit: beyond },
      },
      seen,
    ),
  ];
}

/** Only `Block` holds anybody to it. */
function limitWords(limit: string | undefined, beyond: string | undefined): string {
  if (limit === undefined) return 'the account sets no limit on how long they live';
  return beyond?.toLowerCase() === 'block'
    ? `those that live longer than ${limit} are refused`
    : `those that live longer than ${limit} are only logged`;
}
