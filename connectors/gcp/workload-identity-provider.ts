import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { type Json, described, listIn, objectIn, textIn } from './answer.ts';
import { workloadIdentityCertificateKind, workloadIdentityProviderKind } from './federation-kinds.ts';
import { call } from './operation.ts';
import { itemsOfParts } from './parts.ts';
import { providerOf, trustsOf } from './provider-trust.ts';
import { certificatesOfSaml } from './public-certificate.ts';
import { type Session, nameOr } from './session.ts';
import { trustedCertificate } from './trusted-certificate.ts';
import { listPools, stateOf } from './workload-identity-pool.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers/list

type Raw = { readonly item: Json; readonly pool: string; readonly part: 'provider' | 'certificates' };

export const workloadIdentityProvider: Surface<Session> = defineSurface<Session, Raw>({
  id: 'gcp.workload_identity_provider',
  title: 'Workload identity providers and the certificates that they trust',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers/list',
  level: 'project',
  kinds: [
    { kind: workloadIdentityProviderKind, facts: { expiresAt: 'never', notBefore: 'never', purpose: 'exposed', owner: 'not-offered' } },
    {
      kind: workloadIdentityCertificateKind,
      facts: { expiresAt: 'exposed', notBefore: 'exposed', createdAt: 'exposed', rotatedAt: 'exposed', fingerprint: 'exposed' },
    },
  ],
  operations: [
    listPools,
    { call: call.listWorkloadIdentityProviders, permission: 'iam.googleapis.com/workloadIdentityPoolProviders.list' },
  ],
  list,
  normalize: (raw, { session, observedAt }) =>
    raw.part === 'provider' ? [toProvider(raw, session, observedAt)] : toCertificates(raw, session, observedAt),
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Raw[]> {
  yield* itemsOfParts(look, {
    parts: session.pools,
    width: 5,
    scopeOf: (pool) => `workload-identity-pool/${nameOr(pool, 'name', 'unnamed').replace(/.*\//, '')}`,
    async read(item) {
      const pool = required(textIn(item, 'name'), 'name');
      const providers = await session.providers(pool);
      // All of one kind together.
      return (['provider', 'certificates'] as const).flatMap((part) => providers.map((provider) => ({ item: provider, pool, part })));
    },
  });
}

function toProvider({ item, pool }: Raw, { scope }: Session, observedAt: string): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const trusted = providerOf(item);
  const description = textIn(item, 'description');
  return credential({
    id,
    provider: 'gcp',
    scope,
    managedBy: 'customer',
    identity: known(pool),
    lastUsedAt: unknown('not-offered'),
    privilege: unknown('not-looked'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    kind: workloadIdentityProviderKind.id,
    name: id.slice(id.lastIndexOf('/') + 1),
    status: stateOf(item),
    createdAt: unknown('not-offered'),
    rotatedAt: unknown('not-offered'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: description === undefined ? absent() : known(description),
    fingerprint: unknown('not-offered'),
    trust: trustsOf(trusted),
    evidence: [{ operation: call.listWorkloadIdentityProviders, observedAt, fields: ['status', 'trust', 'purpose', 'identity'] }],
    details: described({
      displayName: textIn(item, 'displayName'),
      attributeCondition: trusted.condition ?? 'none',
      subjectMapping: trusted.mapping['google.subject'],
      purgedAt: textIn(item, 'expireTime'),
    }),
  });
}

function toCertificates({ item, pool }: Raw, { scope }: Session, observedAt: string): readonly Credential[] {
  const id = required(textIn(item, 'name'), 'name');
  const trusting = {
    kind: workloadIdentityCertificateKind.id,
    scope,
    provider: id,
    pool,
    status: stateOf(item),
    operation: call.listWorkloadIdentityProviders,
    observedAt,
  };
  return certificatesIn(item).map((pem, index) => trustedCertificate(pem, index, trusting));
}

/** Trust anchors and what stands between them and the workloads, or the signing certificates of SAML metadata. */
function certificatesIn(item: Json): readonly string[] {
  const store = objectIn(objectIn(item, 'x509'), 'trustStore');
  const pems = [...listIn(store, 'trustAnchors'), ...listIn(store, 'intermediateCas')].flatMap(
    (each) => textIn(each, 'pemCertificate') ?? [],
  );
  const metadata = textIn(objectIn(item, 'saml'), 'idpMetadataXml');
  return [...new Set([...pems, ...(metadata === undefined ? [] : certificatesOfSaml(metadata))])];
}
