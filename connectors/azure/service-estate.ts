// https://learn.microsoft.com/en-us/azure/governance/resource-graph/reference/supported-tables-resources
import { type Json, text } from './json.ts';
import { oncePerSession } from './once-per-session.ts';
import { resourcePages } from './resource-graph.ts';
import type { Session } from './session.ts';
import { sharedPages } from '../../src/connector/shared-pages.ts';

/** Resources that hold keys, or under which credentials are listed; each surface takes its own. */
const types = [
  'microsoft.apimanagement/service',
  'microsoft.app/managedenvironments/certificates',
  'microsoft.appconfiguration/configurationstores',
  'microsoft.automation/automationaccounts',
  'microsoft.batch/batchaccounts',
  'microsoft.cache/redis',
  'microsoft.cache/redisenterprise',
  'microsoft.cognitiveservices/accounts',
  'microsoft.compute/sshpublickeys',
  'microsoft.containerregistry/registries',
  'microsoft.devices/iothubs',
  'microsoft.documentdb/databaseaccounts',
  'microsoft.eventgrid/domains',
  'microsoft.eventgrid/partnernamespaces',
  'microsoft.eventgrid/topics',
  'microsoft.eventhub/namespaces',
  'microsoft.keyvault/managedhsms',
  'microsoft.maps/accounts',
  'microsoft.operationalinsights/workspaces',
  'microsoft.relay/namespaces',
  'microsoft.search/searchservices',
  'microsoft.servicebus/namespaces',
  'microsoft.signalrservice/signalr',
  'microsoft.signalrservice/webpubsub',
  'microsoft.storage/storageaccounts',
  'microsoft.web/certificates',
  'microsoft.web/sites',
  'microsoft.web/sites/slots',
] as const;
export type ResourceType = (typeof types)[number];

/** What of `properties` is read, and no more: nobody knows what else a service puts there. */
export const properties = [
  'adminUserEnabled',
  'allowSharedKeyAccess',
  'allowedAuthenticationModes',
  'createdDate',
  'creationDate',
  'creationTime',
  'dateCreated',
  'disableAccessKeyAuthentication',
  'disableDeviceSAS',
  'disableLocalAuth',
  'disableModuleSAS',
  'expirationDate',
  'features',
  'hsmUri',
  'isLocalUserEnabled',
  'isSftpEnabled',
  'issueDate',
  'issuer',
  'keyCreationTime',
  'keyPolicy',
  'keyVaultId',
  'keysMetadata',
  'publicKey',
  'sasPolicy',
  'subjectName',
  'thumbprint',
] as const;
export type Property = (typeof properties)[number];

const query = [
  `resources | where type in~ (${types.map((type) => `'${type}'`).join(', ')})`,
  `project id, name, type, kind, subscriptionId, resourceGroup, tags, ${properties.map((each) => `${each} = properties.${each}`).join(', ')}`,
  'order by id asc',
].join(' | ');

/** Pages of all of them in all subscriptions that the login can read, asked for once for all surfaces. */
const servicePages = oncePerSession((session: Session) => sharedPages(pagesOf(session)));

async function* pagesOf(session: Session): AsyncGenerator<readonly Json[], undefined> {
  yield* resourcePages(session, query, 'resources that hold keys');
}

export function typeOf(row: Json): ResourceType | undefined {
  const type = text(row['type'])?.toLowerCase();
  return types.find((each) => each === type);
}

/** Pages of the resources of some types. */
export async function* servicesOf(session: Session, ...asked: readonly ResourceType[]): AsyncGenerator<readonly Json[]> {
  const wanted: ReadonlySet<ResourceType | undefined> = new Set(asked);
  for await (const page of servicePages(session)) yield page.filter((row) => wanted.has(typeOf(row)));
}
