import { day } from '../../src/model/duration.ts';
import type { Kind } from '../../src/model/kind.ts';
import { type Json, text } from './json.ts';
import { appConfigKeyKind, cognitiveKeyKind, storageKeyKind } from './service-kinds.ts';

/** How a provider lists what was deleted and can still be restored. */
export type DeletedSort = {
  /** `Microsoft.Storage/deletedAccounts`: the last part of the address of the list. */
  readonly noun: string;
  readonly version: string;
  /** Id of the resource that it was, and will be again. */
  readonly was: (id: string, properties: Json) => string | undefined;
  readonly deletedAt: string;
  /** When it is deleted for good: a property, or so many milliseconds after it was deleted. */
  readonly purgeAt: string | number;
  readonly made?: string;
  /** What comes back with it. Left out: as much as was in it, which nobody lists as long as it is deleted. */
  readonly keys?: { readonly kind: Kind; readonly names: readonly string[] };
};

const usual = { deletedAt: 'deletionDate', purgeAt: 'scheduledPurgeDate' } as const;

export const deletedSorts: readonly DeletedSort[] = [
  {
    noun: 'Microsoft.ApiManagement/deletedservices',
    version: '2022-08-01',
    was: (_id, { serviceId }) => text(serviceId),
    ...usual,
  },
  {
    noun: 'Microsoft.AppConfiguration/deletedConfigurationStores',
    version: '2023-03-01',
    was: (_id, { configurationStoreId }) => text(configurationStoreId),
    ...usual,
    keys: { kind: appConfigKeyKind, names: ['keys'] },
  },
  {
    noun: 'Microsoft.CognitiveServices/deletedAccounts',
    version: '2023-05-01',
    was: (id) => cognitiveAccount(id),
    ...usual,
    made: 'dateCreated',
    keys: { kind: cognitiveKeyKind, names: ['keys'] },
  },
  {
    noun: 'Microsoft.KeyVault/deletedManagedHSMs',
    version: '2023-07-01',
    was: (_id, { mhsmId }) => text(mhsmId),
    ...usual,
  },
  {
    noun: 'Microsoft.KeyVault/deletedVaults',
    version: '2023-07-01',
    was: (_id, { vaultId }) => text(vaultId),
    ...usual,
  },
  {
    noun: 'Microsoft.Storage/deletedAccounts',
    version: '2023-05-01',
    was: (_id, { storageAccountResourceId }) => text(storageAccountResourceId),
    deletedAt: 'deletionTime',
    // https://learn.microsoft.com/en-us/azure/storage/common/storage-account-recover
    purgeAt: 14 * day,
    made: 'creationTime',
    keys: { kind: storageKeyKind, names: ['key1', 'key2'] },
  },
];

/** `/subscriptions/{s}/providers/Microsoft.CognitiveServices/locations/{l}/resourceGroups/{g}/deletedAccounts/{a}` */
function cognitiveAccount(id: string): string | undefined {
  const [, subscription, group, name] =
    /^(\/subscriptions\/[^/]+)\/providers\/[^/]+\/locations\/[^/]+\/resourceGroups\/([^/]+)\/deletedAccounts\/([^/]+)$/i.exec(id) ?? [];
  if (subscription === undefined || group === undefined || name === undefined) return undefined;
  return `${subscription}/resourceGroups/${group}/providers/Microsoft.CognitiveServices/accounts/${name}`;
}
