import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Json, described, objectIn, textIn } from './answer.ts';
import { call } from './operation.ts';
import { itemsOfParts } from './parts.ts';
import { providerOf, trustsOf } from './provider-trust.ts';
import { certificatesOfSaml } from './public-certificate.ts';
import { trustedCertificate } from './trusted-certificate.ts';
import { type OrganizationSession, nameOr } from './session.ts';
import { listWorkforcePools } from './workforce-pool.ts';
import { stateOf } from './workload-identity-pool.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools.providers/list
const revocation = { seen: ['locations.workforcePools.providers.list shows it disabled or DELETED'], tokensLive: '12h' } as const;

export const workforceProviderKind = defineKind({
  id: 'gcp.workforce_provider',
  title: 'Workforce identity provider',
  record: 'credential',
  proves: 'Whoever its issuer vouches for, and its condition lets through, signs in as a principal of its pool.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'federated',
    revocation,
    takesWith: ['gcp.workforce_certificate', 'gcp.scim_token'],
    leavesBehind: [],
  },
});
export const workforceCertificateKind = defineKind({
  id: 'gcp.workforce_certificate',
  title: 'Certificate that a workforce identity provider trusts',
  record: 'credential',
  proves: 'Whoever holds its private key vouches for anybody whom the provider lets in.',
  traits: { expiry: 'always', rotation: 'replace', proof: 'possession', revocation, takesWith: [], leavesBehind: [] },
});

type Raw = { readonly item: Json; readonly pool: string; readonly part: 'provider' | 'certificates' };

export const listWorkforceProviders = { call: call.listWorkforceProviders, permission: 'iam.googleapis.com/workforcePoolProviders.list' };

export const workforceProvider: Surface<OrganizationSession> = defineSurface<OrganizationSession, Raw>({
  id: 'gcp.workforce_provider',
  title: 'Workforce identity providers and the certificates that they trust',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools.providers/list',
  level: 'organization',
  kinds: [
    { kind: workforceProviderKind, facts: { expiresAt: 'never', notBefore: 'never', purpose: 'exposed', owner: 'not-offered' } },
    {
      kind: workforceCertificateKind,
      facts: { createdAt: 'exposed', rotatedAt: 'exposed', expiresAt: 'exposed', notBefore: 'exposed', fingerprint: 'exposed' },
    },
  ],
  operations: [listWorkforcePools, listWorkforceProviders],
  list,
  normalize: (raw, { session, observedAt }) =>
    raw.part === 'provider' ? [toProvider(raw, session, observedAt)] : toCertificates(raw, session, observedAt),
});

async function* list(session: OrganizationSession, look: Look): AsyncGenerator<readonly Raw[]> {
  yield* itemsOfParts(look, {
    parts: session.workforcePools,
    width: 4,
    scopeOf: (pool) => `workforce-pool/${nameOr(pool, 'name', 'unnamed').replace(/.*\//, '')}`,
    async read(item) {
      const pool = required(textIn(item, 'name'), 'name');
      const providers = await session.workforceProviders(pool);
      // All of one kind together.
      return (['provider', 'certificates'] as const).flatMap((part) => providers.map((provider) => ({ item: provider, pool, part })));
    },
  });
}

function toProvider({ item, pool }: Raw, { scope }: OrganizationSession, observedAt: string): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const trusted = providerOf(item);
  const description = textIn(item, 'description');
  return credential({
    id,
    provider: 'gcp',
    scope,
    managedBy: 'customer',
    identity: known(pool),
    status: stateOf(item),
    lastUsedAt: unknown('not-offered'),
    privilege: unknown('not-looked'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    kind: workforceProviderKind.id,
    name: id.slice(id.lastIndexOf('/') + 1),
    createdAt: unknown('not-offered'),
    rotatedAt: unknown('not-offered'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: description === undefined ? absent() : known(description),
    fingerprint: unknown('not-offered'),
    trust: trustsOf(trusted),
    evidence: [{ operation: call.listWorkforceProviders, observedAt, fields: ['identity', 'status', 'trust', 'purpose'] }],
    // Of the client secret of an OIDC provider only a thumbprint is in the answer, and no date.
    details: described({
      clientId: textIn(objectIn(item, 'oidc'), 'clientId'),
      attributeCondition: trusted.condition ?? 'none',
      purgedAt: textIn(item, 'expireTime'),
    }),
  });
}

function toCertificates({ item, pool }: Raw, { scope }: OrganizationSession, observedAt: string): readonly Credential[] {
  const id = required(textIn(item, 'name'), 'name');
  const metadata = textIn(objectIn(item, 'saml'), 'idpMetadataXml');
  const certificates = metadata === undefined ? [] : [...new Set(certificatesOfSaml(metadata))];
  const trusting = {
    kind: workforceCertificateKind.id,
    scope,
    provider: id,
    pool,
    status: stateOf(item),
    operation: call.listWorkforceProviders,
    observedAt,
  };
  return certificates.map((text, index) => trustedCertificate(text, index, trusting));
}
