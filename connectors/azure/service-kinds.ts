import { type Kind, defineKind } from '../../src/model/kind.ts';
import { type Json, isJson, text } from './json.ts';
import type { Property, ResourceType } from './service-estate.ts';

/** How a service keeps its keys. Where kinds differ by data alone, a line here is all of a kind. */
export type ServiceKeys = {
  readonly types: readonly ResourceType[];
  readonly kind: Kind;
  /** Where only some resources of the types have such keys. */
  readonly where?: (row: Json) => boolean;
  /** When the resource was made, and its first keys with it; left out where the service does not say. */
  readonly made?: Property;
  /** Whether its keys are switched off. Left out: nothing switches them off. */
  readonly isOff?: (row: Json) => boolean;
  /** What else of the switches is worth showing. */
  readonly shown?: readonly Property[];
};

const alone = { takesWith: [], leavesBehind: ['azure.keyvault_secret'] } as const;
const inPlace = { expiry: 'never', rotation: 'in-place', proof: 'bearer', ...alone } as const;
const proves = 'Whoever holds the value may do everything that its keys allow, whatever roles say.';

/** Keys of which nothing is told but whether they are taken. */
export function keysOf(
  id: string,
  title: string,
  seen: readonly string[] = ['both keys regenerated, or local authentication switched off'],
): Kind {
  return defineKind({ id, title, record: 'credential', proves, traits: { ...inPlace, revocation: { seen, tokensLive: null } } });
}

const isLocalAuthOff = ({ disableLocalAuth }: Json) => disableLocalAuth === true;

export const storageKeyKind = defineKind({
  id: 'azure.storage_account_key',
  title: 'Storage account key',
  record: 'credential',
  proves: 'Whoever holds the value reads and writes everything in the account, and signs shared access signatures.',
  remedy: {
    rotate:
      'az storage account keys renew --subscription {details.subscription} --resource-group {details.resourceGroup} --account-name {details.resource} --key {id/-1}',
  },
  traits: {
    ...inPlace,
    revocation: { seen: ['keyCreationTime of this key is later, or allowSharedKeyAccess is false'], tokensLive: null },
    // A signature is worth nothing once the key that signed it is another.
    takesWith: ['azure.storage_sas_policy'],
    leavesBehind: ['azure.storage_local_user', 'azure.keyvault_secret'],
  },
});
export const cosmosKeyKind = keysOf('azure.cosmosdb_key', 'Cosmos DB account key', [
  'generationTime of this key is later, or disableLocalAuth is true',
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
export const appConfigKeyKind = keysOf('azure.appconfig_key', 'Access keys of an App Configuration store');
export const cognitiveKeyKind = keysOf('azure.cognitive_key', 'Keys of an Azure AI or Cognitive Services account');

/** Kinds of which one record stands for all keys of a resource: Resource Manager tells nothing of the single key without its value. */
export const serviceKeys: readonly ServiceKeys[] = [
  {
    types: ['microsoft.appconfiguration/configurationstores'],
    kind: appConfigKeyKind,
    made: 'creationDate',
    isOff: isLocalAuthOff,
  },
  {
    types: ['microsoft.batch/batchaccounts'],
    kind: keysOf('azure.batch_key', 'Access keys of a Batch account'),
    // Nothing set means all modes.
    isOff: ({ allowedAuthenticationModes: modes }) => Array.isArray(modes) && modes.length > 0 && !modes.includes('SharedKey'),
  },
  {
    types: ['microsoft.cache/redis'],
    kind: keysOf('azure.redis_key', 'Access keys of a Redis cache'),
    isOff: ({ disableAccessKeyAuthentication }) => disableAccessKeyAuthentication === true,
  },
  {
    types: ['microsoft.cognitiveservices/accounts'],
    kind: cognitiveKeyKind,
    made: 'dateCreated',
    isOff: isLocalAuthOff,
  },
  {
    // The names of its policies are listed together with their keys alone. https://learn.microsoft.com/en-us/rest/api/iothub/iot-hub-resource/list-keys
    types: ['microsoft.devices/iothubs'],
    kind: keysOf('azure.iothub_sas_policy', 'Shared access policies of an IoT hub', [
      'both keys of each policy regenerated, or disableLocalAuth is true',
    ]),
    isOff: isLocalAuthOff,
    shown: ['disableDeviceSAS', 'disableModuleSAS'],
  },
  {
    types: ['microsoft.eventgrid/domains'],
    kind: keysOf('azure.eventgrid_domain_key', 'Access keys of an Event Grid domain'),
    isOff: isLocalAuthOff,
  },
  {
    types: ['microsoft.eventgrid/partnernamespaces'],
    kind: keysOf('azure.eventgrid_partner_key', 'Access keys of an Event Grid partner namespace'),
    isOff: isLocalAuthOff,
  },
  {
    types: ['microsoft.eventgrid/topics'],
    kind: keysOf('azure.eventgrid_key', 'Access keys of an Event Grid topic'),
    isOff: isLocalAuthOff,
  },
  {
    types: ['microsoft.maps/accounts'],
    kind: keysOf('azure.maps_key', 'Keys of an Azure Maps account'),
    isOff: isLocalAuthOff,
  },
  {
    types: ['microsoft.operationalinsights/workspaces'],
    kind: keysOf('azure.loganalytics_key', 'Shared keys of a Log Analytics workspace'),
    made: 'createdDate',
    isOff: ({ features }) => isJson(features) && features['disableLocalAuth'] === true,
  },
  {
    types: ['microsoft.search/searchservices'],
    kind: keysOf('azure.search_key', 'Admin and query keys of a search service'),
    isOff: isLocalAuthOff,
  },
  {
    types: ['microsoft.signalrservice/signalr'],
    kind: keysOf('azure.signalr_key', 'Access keys of a SignalR service'),
    isOff: isLocalAuthOff,
  },
  {
    types: ['microsoft.signalrservice/webpubsub'],
    kind: keysOf('azure.webpubsub_key', 'Access keys of a Web PubSub service'),
    isOff: isLocalAuthOff,
  },
  {
    // Every function app has them, workflow apps too. https://learn.microsoft.com/en-us/azure/azure-functions/function-keys-how-to
    types: ['microsoft.web/sites', 'microsoft.web/sites/slots'],
    kind: keysOf('azure.function_host_key', 'Host keys of a function app', ['master key and each host key renewed']),
    where: ({ kind }) => (text(kind) ?? '').toLowerCase().split(',').includes('functionapp'),
  },
];
