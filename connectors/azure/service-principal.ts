// https://learn.microsoft.com/en-us/graph/api/serviceprincipal-list
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen, SurfaceKind } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { privilegeFields } from '../../src/connector/privilege.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { applicationPresenceOperations, goneApplications, listedApplications } from './application-presence.ts';
import { type Holder, certificateFacts, secretFacts } from './app-credential.ts';
import { directoryStatus } from './directory-status.ts';
import { directoryTags } from './directory-tags.ts';
import { type Attachment, type Estate, attachmentOf, estate } from './estate.ts';
import { type Json, listed, text } from './json.ts';
import { ownerEvidence, ownerlessIn, ownerlessOperation, ownersUnlessNone } from './ownerless.ts';
import { type Owners, notifiedOf, ownerFields, ownersOperation } from './owners.ts';
import { credentialsOf, isRotatedByPlatform } from './principal-credentials.ts';
import { principalDetails, resourceOf } from './principal-details.ts';
import { managedIdentityKind, samlCertificate, servicePrincipalKind, spCertificate, spSecret } from './principal-kinds.ts';
import { type Presence, presenceOf, presenceOperations } from './identity-presence.ts';
import { type Origin, originOf } from './principal-origin.ts';
import { isAgentIdentity, listPrincipals, principalPages } from './principal-pages.ts';
import {
  type PrincipalSignIns,
  lastSignInEvidence,
  lastSignInOf,
  principalSignInOperation,
  principalSignIns,
} from './principal-sign-ins.ts';
import { purposeOf } from './purpose.ts';
import { type Reaches, reachEvidence, reachOf, reachOperations, reachesIn } from './reach.ts';
import { resourcesOperation } from './resource-graph.ts';
import { scopeOfAddress } from './resource-scope.ts';
import { collapseSaml } from './saml.ts';
import type { Session } from './session.ts';
import { type SignInReport, signInOperation } from './sign-in-report.ts';
import { listSubscriptions } from './subscriptions.ts';

export const principalFacts = {
  lastUsedAt: 'exposed',
  expiresAt: 'never',
  purpose: 'exposed',
  privilege: 'exposed',
  owner: 'exposed',
} as const satisfies SurfaceKind['facts'];

type Item = {
  readonly principal: Json;
  readonly owners: Fact<Owners>;
  readonly signIns: Fact<SignInReport>;
  readonly lastSignIns: Fact<PrincipalSignIns>;
  readonly reaches: Reaches;
  readonly estate: Fact<Estate>;
  readonly presence: Presence | undefined;
  readonly isApplicationGone: boolean;
};

export const servicePrincipal = defineSurface<Session, Item>({
  id: 'azure.service_principal',
  title: 'Service principals and managed identities, with their own secrets and certificates',
  source: 'https://learn.microsoft.com/en-us/graph/api/serviceprincipal-list',
  level: 'tenant',
  kinds: [
    { kind: servicePrincipalKind, facts: principalFacts },
    { kind: managedIdentityKind, facts: { ...principalFacts, consumers: 'exposed' } },
    { kind: spSecret, facts: secretFacts },
    { kind: spCertificate, facts: certificateFacts },
    { kind: samlCertificate, facts: { ...certificateFacts, privilege: 'not-offered' } },
  ],
  operations: [
    listPrincipals,
    ownerlessOperation('servicePrincipals'),
    ownersOperation('servicePrincipals'),
    signInOperation,
    principalSignInOperation,
    ...reachOperations('application', [listPrincipals.call, resourcesOperation.call]),
    { ...resourcesOperation, facts: ['consumers', 'privilege'] },
    { ...listSubscriptions, facts: ['consumers'] },
    ...presenceOperations,
    ...applicationPresenceOperations,
  ],
  list,
  normalize,
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const shared = Promise.all([
    look.learn(() => session.signIns()),
    look.learn(() => principalSignIns(session)),
    reachesIn('application', session, look),
    look.learn(async () => known(await estate(session))),
    listedApplications(session, look),
  ]);
  // A bug of ours in there is thrown where it is awaited, unless the listing fails first.
  shared.catch(() => undefined);
  const ownerless = ownerlessIn('servicePrincipals', session, look);
  ownerless.catch(() => undefined);
  for await (const page of principalPages(session)) {
    const holders = page.filter((each) => needsOwners(each, session)).flatMap(({ id }) => text(id) ?? []);
    const owners = await ownersUnlessNone('servicePrincipals', holders, await ownerless, session, look);
    const [signIns, lastSignIns, reaches, found, applications] = await shared;
    const presences = await presenceOf(page, found, session, look);
    const gone = await goneApplications(page, applications, session, look);
    yield page.map((principal) => ({
      principal,
      owners: owners(text(principal['id']) ?? ''),
      signIns,
      lastSignIns,
      reaches,
      estate: found,
      presence: presences.get(text(principal['id']) ?? ''),
      isApplicationGone: gone.has(text(principal['appId']) ?? ''),
    }));
  }
}

function needsOwners(principal: Json, session: Session): boolean {
  const { passwordCredentials, keyCredentials } = principal;
  const holds = [passwordCredentials, keyCredentials].some((each) => Array.isArray(each) && each.length > 0);
  return holds && !isRotatedByPlatform(originOf(principal, session));
}

function normalize(item: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const { principal: raw, owners } = item;
  const id = required(text(raw['id']), 'id');
  if (isAgentIdentity(raw)) return [];
  const credentials = collapseSaml(
    listed(raw['keyCredentials'], 'keyCredentials'),
    listed(raw['passwordCredentials'], 'passwordCredentials'),
  );
  const origin = originOf(raw, session);
  const { attachment, scope } = placeOf(item, origin, session);
  const name = text(raw['displayName']) ?? id;
  const status = item.isApplicationGone ? 'inactive' : directoryStatus(raw);
  const operation = listPrincipals.call;
  const reach = reachOf(id, item.reaches);
  const lastUsedAt = lastSignInOf(item.lastSignIns, raw['appId']);
  const managedBy = isRotatedByPlatform(origin) ? 'provider' : 'customer';
  const holder: Holder = { id, name, scope, status, managedBy, operation, observedAt, signIns: item.signIns, reach };
  return [
    identity({
      id,
      kind: origin === 'managed-identity' ? managedIdentityKind.id : servicePrincipalKind.id,
      provider: 'azure',
      scope,
      name,
      status,
      managedBy: origin === 'microsoft' ? 'provider' : 'customer',
      createdAt: unknown('not-offered', 'Graph has no creation date of service principals'),
      lastUsedAt,
      expiresAt: absent(),
      purpose: purposeOf(raw),
      ...privilegeFields(reach),
      ...(attachment ? { consumers: attachment.consumers } : {}),
      ...ownerFields(owners, notifiedOf(raw)),
      tags: { ...directoryTags(raw), ...attachment?.tags },
      evidence: [
        { operation, observedAt, fields: ['status', 'purpose', 'tags'] },
        ...ownerEvidence('servicePrincipals', owners).map((call) => ({ operation: call, observedAt, fields: ['owners'] })),
        ...lastSignInEvidence(item.lastSignIns, lastUsedAt),
        ...reachEvidence(reach, observedAt),
        ...(attachment && attachment.consumers.state !== 'unknown'
          ? [{ operation: item.presence?.operation ?? resourcesOperation.call, observedAt, fields: ['consumers', 'tags'] }]
          : []),
      ],
      details: { ...principalDetails(raw, origin, attachment), ...(item.isApplicationGone ? { application: 'gone' } : {}) },
    }),
    ...credentialsOf(raw, credentials, holder, origin),
  ];
}

/** A managed identity lives where its resource does, anybody else in the directory. */
function placeOf(
  { principal, estate: found, presence }: Item,
  origin: Origin,
  session: Session,
): { readonly attachment?: Attachment; readonly scope: string } {
  if (origin !== 'managed-identity') return { scope: session.scope };
  const resource = resourceOf(principal);
  const attachment = attachmentOf(resource, found, presence?.isThere);
  return { attachment, scope: resource === undefined ? session.scope : scopeOfAddress(session, resource) };
}
