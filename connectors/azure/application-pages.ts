// https://learn.microsoft.com/en-us/graph/api/application-list
import { sharedPages } from '../../src/connector/shared-pages.ts';
import { type Json, text } from './json.ts';
import { oncePerSession } from './once-per-session.ts';
import type { Session } from './session.ts';

export const listApplications = {
  call: 'GET /v1.0/applications',
  permission: 'Application.Read.All',
  fields: {
    createdAt: 'createdDateTime',
    purpose: 'description',
    expiresAt: 'endDateTime',
    notBefore: 'startDateTime',
    fingerprint: 'customKeyIdentifier',
  },
} as const;
const select =
  'id,appId,displayName,createdDateTime,createdByAppId,description,disabledByMicrosoftStatus,isDisabled,keyCredentials,notes,passwordCredentials,publisherDomain,serviceManagementReference,signInAudience,tags';

/** All applications of the tenant, asked for once for all surfaces, in the largest pages: selecting keyCredentials is limited to 150 requests a minute in the tenant. */
export const applicationPages = oncePerSession((session: Session) => sharedPages(pagesOf(session)));

async function* pagesOf(session: Session): AsyncGenerator<readonly Json[], undefined> {
  const graph = await session.graph();
  yield* graph.pages(`/v1.0/applications?$top=999&$select=${select}`, '@odata.nextLink', session.signal);
}

/** Client ids of all applications of the tenant, in small letters. */
export const applicationIds = oncePerSession(async (session: Session): Promise<ReadonlySet<string>> => {
  const ids = new Set<string>();
  for await (const page of applicationPages(session)) for (const { appId } of page) ids.add(text(appId)?.toLowerCase() ?? '');
  return ids;
});
