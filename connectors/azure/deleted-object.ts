// https://learn.microsoft.com/en-us/graph/api/directory-deleteditems-list
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { day } from '../../src/model/duration.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { agentFacts, agentIdentityKind } from './agent-kinds.ts';
import { registrationFacts } from './application.ts';
import { appRegistration } from './application-kinds.ts';
import { directoryTags } from './directory-tags.ts';
import { graphTime } from './expiry.ts';
import { type Json, described, text } from './json.ts';
import { servicePrincipalKind } from './principal-kinds.ts';
import { originOf } from './principal-origin.ts';
import { purposeOf } from './purpose.ts';
import { isAgentIdentity } from './principal-pages.ts';
import { principalFacts } from './service-principal.ts';
import type { Session } from './session.ts';

const permission = 'Application.Read.All';
const listing = {
  application: { call: 'GET /v1.0/directory/deletedItems/microsoft.graph.application', permission },
  servicePrincipal: { call: 'GET /v1.0/directory/deletedItems/microsoft.graph.servicePrincipal', permission },
} as const;
type Sort = keyof typeof listing;
const select = {
  application:
    'id,appId,displayName,createdDateTime,deletedDateTime,description,keyCredentials,passwordCredentials,serviceManagementReference,tags',
  servicePrincipal:
    'id,appId,displayName,appOwnerOrganizationId,deletedDateTime,description,keyCredentials,passwordCredentials,servicePrincipalType,tags',
} as const;
/** Microsoft keeps them so long, and then deletes them for good. */
const kept = 30 * day;

const deletedFacts = { expiresAt: 'exposed', statusSince: 'exposed' } as const;

type Item = { readonly sort: Sort; readonly raw: Json };

export const deletedObject = defineSurface<Session, Item>({
  id: 'azure.deleted_object',
  title: 'Deleted applications and service principals that can still be restored',
  source: 'https://learn.microsoft.com/en-us/graph/api/directory-deleteditems-list',
  level: 'tenant',
  kinds: [
    { kind: appRegistration, facts: { ...registrationFacts, ...deletedFacts } },
    { kind: servicePrincipalKind, facts: { ...principalFacts, ...deletedFacts } },
    { kind: agentIdentityKind, facts: { ...agentFacts, ...deletedFacts } },
  ],
  operations: [listing.application, listing.servicePrincipal],
  list,
  normalize,
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const graph = await session.graph();
  for (const sort of ['application', 'servicePrincipal'] as const) {
    const address = `/v1.0/directory/deletedItems/microsoft.graph.${sort}?$top=999&$select=${select[sort]}`;
    for await (const page of graph.pages(address, '@odata.nextLink', look.signal)) yield page.map((raw) => ({ sort, raw }));
  }
}

/** Deleted is not gone: it comes back with its credentials, and an application without its service principal. */
function normalize({ sort, raw }: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const id = required(text(raw['id']), 'id');
  const deletedAt = graphTime(raw['deletedDateTime']);
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
        ? graphTime(raw['createdDateTime'])
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

/** When nobody can restore it any more. */
function goneAt(deletedAt: Fact<Instant>): Fact<Instant> {
  if (deletedAt.state !== 'known') return deletedAt;
  const end = instant(epoch(deletedAt.value) + kept);
  return end === undefined ? unknown('malformed-response', 'a deletion beyond all time') : known(end);
}

function credentialCount({ passwordCredentials, keyCredentials }: Json): string | undefined {
  const [secrets, certificates] = [passwordCredentials, keyCredentials].map((each) => (Array.isArray(each) ? each.length : 0));
  return secrets === 0 && certificates === 0 ? undefined : `secrets: ${String(secrets)}, certificates: ${String(certificates)}`;
}
