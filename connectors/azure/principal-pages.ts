// https://learn.microsoft.com/en-us/graph/api/serviceprincipal-list
import { type Json, text } from './json.ts';
import { oncePerSession } from './once-per-session.ts';
import type { Session } from './session.ts';
import { sharedPages } from '../../src/connector/shared-pages.ts';

export const listPrincipals = {
  call: 'GET /v1.0/servicePrincipals',
  permission: 'Application.Read.All',
  fields: { purpose: 'description', expiresAt: 'endDateTime', notBefore: 'startDateTime', fingerprint: 'customKeyIdentifier' },
} as const;
const select =
  'id,appId,displayName,accountEnabled,alternativeNames,appOwnerOrganizationId,appRoles,description,disabledByMicrosoftStatus,isDisabled,keyCredentials,notes,notificationEmailAddresses,passwordCredentials,preferredSingleSignOnMode,preferredTokenSigningKeyThumbprint,servicePrincipalType,tags';

/** All service principals, asked for once for all surfaces: lists that select keyCredentials are limited to 150 a minute in the tenant. */
export const principalPages = oncePerSession((session: Session) => sharedPages(pagesOf(session)));

async function* pagesOf(session: Session): AsyncGenerator<readonly Json[], undefined> {
  const graph = await session.graph();
  const fields = session.cloud.hasVerifiedPublisher ? `${select},verifiedPublisher` : select;
  yield* graph.pages(`/v1.0/servicePrincipals?$top=999&$select=${fields}`, '@odata.nextLink', session.signal);
}

/** The service principal of each application in this tenant, by application id. */
export const principalByApp = oncePerSession(async (session: Session): Promise<ReadonlyMap<string, string>> => {
  const byApp = new Map<string, string>();
  for await (const page of principalPages(session)) {
    for (const { appId, id } of page) byApp.set(text(appId) ?? '', text(id) ?? '');
  }
  return byApp;
});

/** Agent identities come with the other service principals, and have a surface of their own. */
export function isAgentIdentity(principal: Json): boolean {
  return principal['@odata.type'] === '#microsoft.graph.agentIdentity';
}
