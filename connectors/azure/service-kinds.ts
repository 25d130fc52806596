import { type Kind, defineKind } from '../../src/model/kind.ts';
import type { Property, ResourceType } from './service-estate.ts';

/** How a service keeps its keys. Where kinds differ by data alone, a line here is all of a kind. */
export type ServiceKeys = {
  readonly type: ResourceType;
  readonly kind: Kind;
  /** When the resource was made, and its first keys with it; left out where the service does not say. */
  readonly made?: Property;
  /** What switches its keys off, and what then stands there. Left out: nothing does. */
  readonly off?: { readonly property: Property; readonly path?: string; readonly is: boolean };
};

const alone = { takesWith: [], leavesBehind: ['azure.keyvault_secret'] } as const;
const inPlace = { expiry: 'never', rotation: 'in-place', proof: 'bearer', ...alone } as const;
const proves = 'Whoever holds the value may do everything that its keys allow, whatever roles say.';

function keysOf(id: string, title: string, seen: readonly string[]): Kind {
  return defineKind({
    id,
    title,
    record: 'credential',
    proves,
    traits: { ...inPlace, revocation: { seen, tokensLive: null } },
  });
}

const regenerated = ['both keys regenerated, or local authentication switched off'] as const;
const localAuthentication = { property: 'disableLocalAuth', is: true } as const;

export const storageKeyKind = defineKind({
  id: 'azure.storage_account_key',
  title: 'Storage account key',
  record: 'credential',
  proves: 'Whoever holds the value reads and writes everything in the account, and signs shared access signatures.',
  traits: {
    ...inPlace,
    revocation: { seen: ['keyCreationTime of this key is later', 'or allowSharedKeyAccess is false'], tokensLive: null },
    // A signature is worth nothing once the key that signed it is another.
    takesWith: ['azure.sas_token'],
    leavesBehind: ['azure.storage_local_user', 'azure.keyvault_secret'],
  },
});
export const cosmosKeyKind = keysOf('azure.cosmosdb_key', 'Cosmos DB account key', [
  'generationTime of this key is later',
  'or disableLocalAuth is true',
]);
export const registryAdminKind = defineKind({
  id: 'azure.acr_admin_user',
  title: 'Admin user of a container registry',
  record: 'credential',
  proves: 'Whoever holds one of its two passwords pushes and pulls every image of the registry.',
  traits: {
    ...inPlace,
    revocation: { seen: ['adminUserEnabled is false'], tokensLive: '3h' },
    leavesBehind: ['azure.acr_token', 'azure.keyvault_secret'],
  },
});

/** Kinds of which one record stands for all keys of a resource: Resource Manager tells nothing of the single key without its value. */
export const serviceKeys: readonly ServiceKeys[] = [
  {
    type: 'microsoft.appconfiguration/configurationstores',
    kind: keysOf('azure.appconfig_key', 'Access keys of an App Configuration store', regenerated),
    made: 'creationDate',
    off: localAuthentication,
  },
  {
    type: 'microsoft.batch/batchaccounts',
    kind: keysOf('azure.batch_key', 'Access keys of a Batch account', regenerated),
  },
  {
    type: 'microsoft.cache/redis',
    kind: keysOf('azure.redis_key', 'Access keys of a Redis cache', regenerated),
    off: { property: 'disableAccessKeyAuthentication', is: true },
  },
  {
    type: 'microsoft.cognitiveservices/accounts',
    kind: keysOf('azure.cognitive_key', 'Keys of an Azure AI or Cognitive Services account', regenerated),
    made: 'dateCreated',
    off: localAuthentication,
  },
  {
    type: 'microsoft.devices/iothubs',
    kind: keysOf('azure.iothub_sas_policy', 'Shared access policies of an IoT hub', regenerated),
    off: localAuthentication,
  },
  {
    type: 'microsoft.eventgrid/domains',
    kind: keysOf('azure.eventgrid_domain_key', 'Access keys of an Event Grid domain', regenerated),
    off: localAuthentication,
  },
  {
    type: 'microsoft.eventgrid/topics',
    kind: keysOf('azure.eventgrid_key', 'Access keys of an Event Grid topic', regenerated),
    off: localAuthentication,
  },
  {
    type: 'microsoft.maps/accounts',
    kind: keysOf('azure.maps_key', 'Keys of an Azure Maps account', regenerated),
    off: localAuthentication,
  },
  {
    type: 'microsoft.operationalinsights/workspaces',
    kind: keysOf('azure.loganalytics_key', 'Shared keys of a Log Analytics workspace', regenerated),
    made: 'createdDate',
    off: { property: 'features', path: 'disableLocalAuth', is: true },
  },
  {
    type: 'microsoft.search/searchservices',
    kind: keysOf('azure.search_key', 'Admin and query keys of a search service', regenerated),
    off: localAuthentication,
  },
  {
    type: 'microsoft.signalrservice/signalr',
    kind: keysOf('azure.signalr_key', 'Access keys of a SignalR service', regenerated),
    off: localAuthentication,
  },
];
