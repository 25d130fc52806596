// https://learn.microsoft.com/en-us/graph/api/directory-deleteditems-list
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { agentFacts, agentIdentityKind } from './agent-kinds.ts';
import { registrationFacts } from './application.ts';
import { appRegistration } from './application-kinds.ts';
import { deletedUserFields, deletedUserOf, deletedUsers } from './deleted-user.ts';
import { goneAt } from './directory-deletion.ts';
import { directoryTags } from './directory-tags.ts';
import { type Json, described, text } from './json.ts';
import { servicePrincipalKind } from './principal-kinds.ts';
import { originOf } from './principal-origin.ts';
import { purposeOf } from './purpose.ts';
import { isAgentIdentity } from './principal-pages.ts';
import { principalFacts } from './service-principal.ts';
import { serviceAccountUser } from './service-account-user.ts';
import type { Session } from './session.ts';
import { textTime } from './text-time.ts';

const permission = 'Application.Read.All';
const listing = {
  application: { call: 'GET /v1.0/directory/deletedItems/microsoft.graph.application', permission },
  servicePrincipal: { call: 'GET /v1.0/directory/deletedItems/microsoft.graph.servicePrincipal', permission },
} as const;
type Sort = keyof typeof select;
const select = {
  application:
    'id,appId,displayName,createdDateTime,deletedDateTime,description,keyCredentials,passwordCredentials,serviceManagementReference,tags',
  servicePrincipal:
    'id,appId,displayName,appOwnerOrganizationId,deletedDateTime,description,keyCredentials,passwordCredentials,servicePrincipalType,tags',
  user: deletedUserFields,
} as const;

const deletedFacts = { expiresAt: 'exposed', statusSince: 'exposed' } as const;

type Item = { readonly sort: Sort; readonly raw: Json };

export const deletedObject = defineSurface<Session, Item>({
  id: 'azure.deleted_object',
  title: 'Deleted applications, service principals and service accounts that can still be restored',
  source: 'https://learn.microsoft.com/en-us/graph/api/directory-deleteditems-list',
  level: 'tenant',
  kinds: [
    { kind: appRegistration, facts: { ...registrationFacts, ...deletedFacts } },
    { kind: servicePrincipalKind, facts: { ...principalFacts, ...deletedFacts } },
    { kind: agentIdentityKind, facts: { ...agentFacts, ...deletedFacts } },
    { kind: serviceAccountUser, facts: { createdAt: 'exposed', ...deletedFacts } },
  ],
  operations: [listing.application, listing.servicePrincipal, deletedUsers],
  list,
  normalize: ({ sort, raw }, seen) => (sort === 'user' ? deletedUserOf(raw, seen) : deletedApplicationOf(sort, raw, seen)),
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const graph = await session.graph();
  // Users last: they take another permission, without which the others are still read.
  for (const sort of ['application', 'servicePrincipal', 'user'] as const) {
    const address = `/v1.0/directory/deletedItems/microsoft.graph.${sort}?$top=999&$select=${select[sort]}`;
    for await (const page of graph.pages(address, '@odata.nextLink', look.signal)) yield page.map((raw) => ({ sort, raw }));
  }
}

/** Deleted is not gone: it comes back with its credentials, and an application without its service principal. */
function deletedApplicationOf(sort: keyof typeof listing, raw: Json, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const id = required(text(raw['id']), 'id');
  const deletedAt = textTime(raw['deletedDateTime']);
  const isApplication = sort === 'application';
  const origin = isApplication ? 'own' : originOf(raw, session);
  const gone = 'it is deleted';
  return [
    identity({
      id,
      kind: isApplication ? appRegistration.id : isAgentIdentity(raw) ? agentIdentityKind.id : servicePrincipalKind.id,
      provider: 'azure',
      scope: session.scope,
      name: text(raw['displayName']) ?? id,
      status: 'deleted-recoverable',
      managedBy: origin === 'microsoft' ? 'provider' : 'customer',
      createdAt: isApplication
        ? textTime(raw['createdDateTime'])
        : unknown('not-offered', 'Graph has no creation date of service principals'),
      lastUsedAt: unknown('not-looked', gone),
      expiresAt: goneAt(deletedAt),
      statusSince: deletedAt,
      purpose: purposeOf(raw),
      privilege: unknown('not-looked', gone),
      owners: [],
      ownersUnknown: unknown('not-looked', gone),
      tags: directoryTags(raw),
      evidence: [{ operation: listing[sort].call, observedAt, fields: ['status', 'statusSince', 'expiresAt', 'purpose', 'tags'] }],
      details: described({
        appId: raw['appId'],
        origin: isApplication ? undefined : origin,
        comesBackWith: credentialCount(raw),
      }),
    }),
  ];
}

function credentialCount({ passwordCredentials, keyCredentials }: Json): string | undefined {
  const [secrets, certificates] = [passwordCredentials, keyCredentials].map((each) => (Array.isArray(each) ? each.length : 0));
  return secrets === 0 && certificates === 0 ? undefined : `secrets: ${String(secrets)}, certificates: ${String(certificates)}`;
}
