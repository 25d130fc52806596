// https://learn.microsoft.com/en-us/graph/api/application-list
import { defineSurface } from '../../src/connector/contract.ts';
import type { Look, Seen } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import type { Status } from '../../src/model/record.ts';
import { type Holder, certificateFacts, certificateRecord, secretFacts, secretRecord } from './app-credential.ts';
import { directoryTags } from './directory-tags.ts';
import { graphTime } from './expiry.ts';
import { type Json, described, listed, text } from './json.ts';
import { ownersOf, ownersOperation } from './owners.ts';
import { purposeOf } from './purpose.ts';
import type { Session } from './session.ts';
import { type SignInReport, signInOperation } from './sign-in-report.ts';

export const appRegistration = defineKind({
  id: 'azure.app_registration',
  title: 'Entra app registration',
  record: 'identity',
  proves: 'An application of this tenant; its credentials sign in as its service principal.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['application absent', 'application absent from directory/deletedItems'], tokensLive: '28h' },
    takesWith: ['azure.app_secret', 'azure.app_certificate'],
    leavesBehind: ['azure.keyvault_secret'],
  },
});
export const appSecret = defineKind({
  id: 'azure.app_secret',
  title: 'Client secret of an app registration',
  record: 'credential',
  proves: 'Whoever holds the value signs in as the application.',
  traits: {
    expiry: 'optional',
    rotation: 'replace',
    proof: 'bearer',
    revocation: { seen: ['keyId absent from passwordCredentials'], tokensLive: '28h' },
    takesWith: [],
    leavesBehind: ['azure.app_certificate', 'azure.sp_secret', 'azure.sp_certificate', 'azure.keyvault_secret'],
  },
});
export const appCertificate = defineKind({
  id: 'azure.app_certificate',
  title: 'Certificate of an app registration',
  record: 'credential',
  proves: 'Whoever holds the private key signs in as the application.',
  traits: {
    expiry: 'optional',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['keyId absent from keyCredentials'], tokensLive: '28h' },
    takesWith: [],
    leavesBehind: ['azure.app_secret', 'azure.sp_secret', 'azure.sp_certificate', 'azure.keyvault_secret'],
  },
});

export const listApplications = { call: 'GET /v1.0/applications', permission: 'Application.Read.All' } as const;
const listOwners = ownersOperation('applications');
const select =
  'id,appId,displayName,createdDateTime,createdByAppId,description,disabledByMicrosoftStatus,isDisabled,keyCredentials,notes,passwordCredentials,publisherDomain,serviceManagementReference,signInAudience,tags';

type Item = { readonly application: Json; readonly owners: Fact<readonly OwnerClaim[]>; readonly signIns: Fact<SignInReport> };

export const application = defineSurface<Session, Item>({
  id: 'azure.application',
  title: 'App registrations with their secrets and certificates',
  source: 'https://learn.microsoft.com/en-us/graph/api/application-list',
  level: 'tenant',
  kinds: [
    { kind: appRegistration, facts: { createdAt: 'exposed', expiresAt: 'never', purpose: 'exposed', owner: 'exposed' } },
    { kind: appSecret, facts: secretFacts },
    { kind: appCertificate, facts: certificateFacts },
  ],
  operations: [listApplications, listOwners, signInOperation],
  list,
  normalize,
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Item[]> {
  const graph = await session.graph();
  // The largest page: selecting keyCredentials is limited to 150 requests a minute in the whole tenant.
  for await (const page of graph.pages(`/v1.0/applications?$top=999&$select=${select}`, '@odata.nextLink', look.signal)) {
    const holders = page.filter(holdsCredentials).flatMap(({ id }) => text(id) ?? []);
    const [owners, signIns] = await Promise.all([ownersOf('applications', holders, graph, look), look.learn(() => session.signIns())]);
    yield page.map((each) => ({ application: each, owners: owners.get(text(each['id']) ?? '') ?? notAsked, signIns }));
  }
}

const notAsked = unknown('not-looked', 'owners are read only of applications that hold credentials');

function holdsCredentials({ passwordCredentials, keyCredentials }: Json): boolean {
  return [passwordCredentials, keyCredentials].some((each) => Array.isArray(each) && each.length > 0);
}

function normalize({ application: raw, owners, signIns }: Item, { session, observedAt }: Seen<Session>): readonly InventoryRecord[] {
  const id = required(text(raw['id']), 'id');
  const secrets = listed(raw['passwordCredentials'], 'passwordCredentials');
  const certificates = listed(raw['keyCredentials'], 'keyCredentials');
  const name = text(raw['displayName']) ?? id;
  const status = statusOf(raw);
  const operation = listApplications.call;
  const holder: Holder = { id, name, scope: session.scope, status, managedBy: 'customer', operation, observedAt, signIns };
  return [
    identity({
      id,
      kind: appRegistration.id,
      provider: 'azure',
      scope: session.scope,
      name,
      status,
      managedBy: 'customer',
      createdAt: graphTime(raw['createdDateTime']),
      lastUsedAt: unknown('not-looked', 'sign-ins are read by credential'),
      expiresAt: absent(),
      purpose: purposeOf(raw),
      privilege: unknown('not-looked'),
      owners: owners.state === 'known' ? owners.value : [],
      ...(owners.state === 'unknown' ? { ownersUnknown: owners } : {}),
      tags: directoryTags(raw['tags']),
      evidence: [
        { operation, observedAt, fields: ['status', 'createdAt', 'purpose', 'tags'] },
        ...(owners.state === 'known' ? [{ operation: listOwners.call, observedAt, fields: ['owners'] }] : []),
      ],
      details: described({
        appId: raw['appId'],
        signInAudience: raw['signInAudience'],
        publisherDomain: raw['publisherDomain'],
        createdByAppId: raw['createdByAppId'],
        serviceManagementReference: raw['serviceManagementReference'],
        disabledByMicrosoft: raw['disabledByMicrosoftStatus'],
        notes: raw['notes'],
      }),
    }),
    ...secrets.map((secret) => secretRecord(appSecret.id, secret, holder)),
    ...certificates.map((certificate) => certificateRecord(appCertificate.id, certificate, holder)),
  ];
}

/** A deactivated application gets no new tokens and can be switched on again at any time: set aside, not gone. */
function statusOf({ isDisabled, disabledByMicrosoftStatus }: Json): Status {
  if (isDisabled === true) return 'quarantined';
  const byMicrosoft = text(disabledByMicrosoftStatus);
  return byMicrosoft === undefined || byMicrosoft === 'NotDisabled' ? 'active' : 'inactive';
}
