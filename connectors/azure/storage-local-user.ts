// https://learn.microsoft.com/en-us/rest/api/storagerp/local-users/list
import { defineSurface } from '../../src/connector/contract.ts';
import type { Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Child, childPages } from './children.ts';
import { isJson, text } from './json.ts';
import { resourcesOperation } from './resource-graph.ts';
import { madeAt, propertiesOf, resourceCredential } from './resource-credential.ts';
import type { Session } from './session.ts';

export const storageLocalUserKind = defineKind({
  id: 'azure.storage_local_user',
  title: 'SFTP user of a storage account',
  record: 'credential',
  proves: 'Whoever holds its password or SSH key reads or writes the containers that it is let into.',
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: { seen: ['user absent from localUsers, or isLocalUserEnabled or isSftpEnabled is false'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['azure.storage_account_key', 'azure.keyvault_secret'],
  },
});

const listUsers = { call: 'GET {storageAccountId}/localUsers', permission: 'Reader' } as const;

export const storageLocalUser = defineSurface<Session, Child>({
  id: 'azure.storage_local_user',
  title: 'SFTP users of storage accounts',
  source: 'https://learn.microsoft.com/en-us/rest/api/storagerp/local-users/list',
  level: 'tenant',
  kinds: [
    {
      kind: storageLocalUserKind,
      facts: { createdAt: 'exposed', expiresAt: 'never', notBefore: 'never', purpose: 'from-tags', owner: 'from-tags' },
    },
  ],
  operations: [resourcesOperation, listUsers],
  list: (session, look) =>
    childPages(session, look, {
      type: 'microsoft.storage/storageaccounts',
      noun: 'localUsers',
      version: '2023-05-01',
      operation: listUsers,
      // Where SFTP never was on there is nothing to sign in to, and one request less for each of many accounts.
      where: ({ isSftpEnabled, isLocalUserEnabled }) => isSftpEnabled === true || isLocalUserEnabled === true,
    }),
  normalize,
});

function normalize({ parent, raw }: Child, seen: Seen<Session>): readonly InventoryRecord[] {
  const name = required(text(raw['name']), 'name');
  const { hasSshKey, hasSshPassword, hasSharedKey, permissionScopes, homeDirectory } = propertiesOf(raw);
  const isOff = parent['isSftpEnabled'] !== true || parent['isLocalUserEnabled'] === false;
  const isBare = hasSshKey === false && hasSshPassword === false && hasSharedKey === false;
  return [
    resourceCredential(
      {
        kind: storageLocalUserKind,
        id: required(text(raw['id']), 'id'),
        name,
        status: isOff || isBare ? 'inactive' : 'active',
        parent,
        operation: listUsers.call,
        told: {
          createdAt: madeAt(raw),
          rotatedAt: unknown('not-offered', 'the account does not date passwords and keys of its users'),
          expiresAt: absent(),
          notBefore: absent(),
        },
        details: { hasSshKey, hasSshPassword, hasSharedKey, homeDirectory, permissions: permissionsIn(permissionScopes) },
      },
      seen,
    ),
  ];
}

function permissionsIn(scopes: unknown): string | undefined {
  if (!Array.isArray(scopes)) return undefined;
  const words = scopes.filter(isJson).map((each) => `${text(each['resourceName']) ?? '?'}: ${text(each['permissions']) ?? '?'}`);
  return words.join(', ');
}
