// https://learn.microsoft.com/en-us/graph/api/serviceprincipal-list
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import type { Credential } from '../../src/model/credential.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import type { Status } from '../../src/model/record.ts';
import { type CertificateTurn, type Holder, certificateFacts, certificateRecord, secretFacts, secretRecord } from './app-credential.ts';
import { directoryTags } from './directory-tags.ts';
import { type Json, described, isJson, listed, text } from './json.ts';
import { ownersOf, ownersOperation } from './owners.ts';
import { type Origin, originOf } from './principal-origin.ts';
import { purposeOf } from './purpose.ts';
import { type Collapsed, collapseSaml, isSigning } from './saml.ts';
import type { Session } from './session.ts';
import { type SignInReport, signInOperation } from './sign-in-report.ts';
import { thumbprintOf } from './thumbprint.ts';

export const servicePrincipalKind = defineKind({
  id: 'azure.service_principal',
  title: 'Service principal (enterprise application)',
  record: 'identity',
  proves: 'An application, a managed identity or a vendor, as it acts in this tenant.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['service principal absent', 'service principal absent from directory/deletedItems'], tokensLive: '28h' },
    takesWith: ['azure.sp_secret', 'azure.sp_certificate'],
    leavesBehind: ['azure.app_registration', 'azure.app_secret', 'azure.app_certificate'],
  },
});
export const spSecret = defineKind({
  id: 'azure.sp_secret',
  title: 'Client secret of a service principal',
  record: 'credential',
  proves: 'Whoever holds the value signs in as the service principal. The portal does not show it.',
  traits: {
    expiry: 'optional',
    rotation: 'replace',
    proof: 'bearer',
    revocation: { seen: ['keyId absent from passwordCredentials'], tokensLive: '28h' },
    takesWith: [],
    leavesBehind: ['azure.sp_certificate', 'azure.app_secret', 'azure.app_certificate', 'azure.keyvault_secret'],
  },
});
export const spCertificate = defineKind({
  id: 'azure.sp_certificate',
  title: 'Certificate of a service principal',
  record: 'credential',
  proves: 'Whoever holds the private key signs in as the service principal, or signs SAML assertions for it.',
  traits: {
    expiry: 'optional',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['keyId absent from keyCredentials'], tokensLive: '28h' },
    takesWith: [],
    leavesBehind: ['azure.sp_secret', 'azure.app_secret', 'azure.app_certificate', 'azure.keyvault_secret'],
  },
});

export const listPrincipals = { call: 'GET /v1.0/servicePrincipals', permission: 'Application.Read.All' } as const;
const listOwners = ownersOperation('servicePrincipals');
const select =
  'id,appId,displayName,accountEnabled,alternativeNames,appOwnerOrganizationId,description,disabledByMicrosoftStatus,isDisabled,keyCredentials,notes,notificationEmailAddresses,passwordCredentials,preferredSingleSignOnMode,preferredTokenSigningKeyThumbprint,servicePrincipalType,tags';

type Item = { readonly principal: Json; readonly owners: Fact<readonly OwnerClaim[]>; readonly signIns: Fact<SignInReport> };

export const servicePrincipal = defineSurface<Session, Item>({
  id: 'azure.service_principal',
  title: 'Service principals with their own secrets and certificates',
  source: 'https://learn.microsoft.com/en-us/graph/api/serviceprincipal-list',
  level: 'tenant',
  kinds: [
    { kind: servicePrincipalKind, facts: { expiresAt: 'never', purpose: 'exposed', owner: 'exposed' } },
    { kind: spSecret, facts: secretFacts },
    { kind: spCertificate, facts: certificateFacts },
  ],
  operations: [listPrincipals, listOwners, signInOperation],
  list,
  normalize,
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const graph = await session.graph();
  const fields = session.cloud.hasVerifiedPublisher ? `${select},verifiedPublisher` : select;
  for await (const page of graph.pages(`/v1.0/servicePrincipals?$top=999&$select=${fields}`, '@odata.nextLink', look.signal)) {
    const holders = page.filter((each) => needsOwners(each, session.tenant)).flatMap(({ id }) => text(id) ?? []);
    const [owners, signIns] = await Promise.all([ownersOf('servicePrincipals', holders, graph, look), look.learn(() => session.signIns())]);
    yield page.map((each) => ({ principal: each, owners: owners.get(text(each['id']) ?? '') ?? notAsked, signIns }));
  }
}

const notAsked = unknown('not-looked', 'owners are read only of service principals that hold credentials of their own');

function needsOwners(principal: Json, tenant: string): boolean {
  const { passwordCredentials, keyCredentials } = principal;
  const holds = [passwordCredentials, keyCredentials].some((each) => Array.isArray(each) && each.length > 0);
  return holds && !isRotatedByPlatform(originOf(principal, tenant));
}

function normalize({ principal: raw, owners, signIns }: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const id = required(text(raw['id']), 'id');
  const credentials = collapseSaml(
    listed(raw['keyCredentials'], 'keyCredentials'),
    listed(raw['passwordCredentials'], 'passwordCredentials'),
  );
  const origin = originOf(raw, session.tenant);
  const name = text(raw['displayName']) ?? id;
  const status = statusOf(raw);
  const operation = listPrincipals.call;
  const managedBy = isRotatedByPlatform(origin) ? 'provider' : 'customer';
  const holder: Holder = { id, name, scope: session.scope, status, managedBy, operation, observedAt, signIns };
  return [
    identity({
      id,
      kind: servicePrincipalKind.id,
      provider: 'azure',
      scope: session.scope,
      name,
      status,
      managedBy: origin === 'microsoft' ? 'provider' : 'customer',
      createdAt: unknown('not-offered', 'Graph has no creation date of service principals'),
      lastUsedAt: unknown('not-looked', 'sign-ins are read by credential'),
      expiresAt: absent(),
      purpose: purposeOf(raw),
      privilege: unknown('not-looked'),
      owners: owners.state === 'known' ? owners.value : [],
      ...(owners.state === 'unknown' ? { ownersUnknown: owners } : {}),
      tags: directoryTags(raw['tags']),
      evidence: [
        { operation, observedAt, fields: ['status', 'purpose', 'tags'] },
        ...(owners.state === 'known' ? [{ operation: listOwners.call, observedAt, fields: ['owners'] }] : []),
      ],
      details: detailsOf(raw, origin),
    }),
    ...credentialsOf(raw, credentials, holder, origin),
  ];
}

function credentialsOf(raw: Json, { secrets, certificates }: Collapsed, holder: Holder, origin: Origin): readonly Credential[] {
  return [
    ...secrets.map((secret) => secretRecord(spSecret.id, secret, holder)),
    ...certificates.map((certificate) =>
      certificateRecord(spCertificate.id, certificate, holder, turnOf(certificate, raw, holder, origin)),
    ),
  ];
}

function isRotatedByPlatform(origin: Origin): boolean {
  return origin === 'managed-identity' || origin === 'microsoft';
}

/** What the sign-in report cannot say, and which of several SAML certificates is in use. */
function turnOf(certificate: Json, principal: Json, { status }: Holder, origin: Origin): CertificateTurn {
  if (origin === 'managed-identity') return { lastUsedAt: unknown('not-offered', 'the platform signs in with it') };
  if (!isSigning(certificate)) return {};
  const preferred = text(principal['preferredTokenSigningKeyThumbprint']);
  const thumbprint = thumbprintOf(certificate['customKeyIdentifier']);
  const isSpare = preferred !== undefined && thumbprint.state === 'known' && thumbprint.value !== preferred.toUpperCase();
  return {
    lastUsedAt: unknown('not-offered', 'signing an assertion is not a sign-in of the application'),
    status: isSpare && status === 'active' ? 'inactive' : status,
    details: { saml: isSpare ? 'not the preferred signing certificate' : 'signing certificate' },
  };
}

function detailsOf(raw: Json, origin: Origin): Record<string, string> {
  const names = Array.isArray(raw['alternativeNames']) ? raw['alternativeNames'].filter((each) => typeof each === 'string') : [];
  const emails = Array.isArray(raw['notificationEmailAddresses'])
    ? raw['notificationEmailAddresses'].filter((each) => typeof each === 'string')
    : [];
  const publisher = raw['verifiedPublisher'];
  return described({
    appId: raw['appId'],
    origin,
    appOwnerOrganizationId: raw['appOwnerOrganizationId'],
    publisher: isJson(publisher) ? publisher['displayName'] : undefined,
    resource: names.find((each: string) => each.startsWith('/subscriptions/')),
    assigned: origin === 'managed-identity' ? assignmentOf(names) : undefined,
    singleSignOn: raw['preferredSingleSignOnMode'],
    notified: emails.join(', '),
    disabledByMicrosoft: raw['disabledByMicrosoftStatus'],
    notes: raw['notes'],
  });
}

function assignmentOf(names: readonly string[]): string | undefined {
  if (names.includes('isExplicit=True')) return 'user';
  return names.includes('isExplicit=False') ? 'system' : undefined;
}

function statusOf({ accountEnabled, isDisabled, disabledByMicrosoftStatus }: Json): Status {
  if (isDisabled === true) return 'quarantined';
  const byMicrosoft = text(disabledByMicrosoftStatus);
  return accountEnabled === false || (byMicrosoft !== undefined && byMicrosoft !== 'NotDisabled') ? 'inactive' : 'active';
}
