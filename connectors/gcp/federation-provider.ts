import { required } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { type Json, described, listIn, objectIn, textIn } from './answer.ts';
import { providerOf, trustsOf } from './provider-trust.ts';
import { certificatesOfSaml } from './public-certificate.ts';
import { type SigningKey, signingKeysIn } from './signing-key.ts';
import { trustedCertificate } from './trusted-certificate.ts';
import { stateOf } from './federation-pool.ts';

/** Providers of workload and of workforce pools are written alike; these are the kinds that each of them gives, and the call behind it. */
export type Federation = {
  readonly provider: string;
  readonly certificate: string;
  readonly signingKey: string;
  readonly operation: string;
};
/** One sort of record of one provider: all of a kind come together. */
export type ProviderPart = { readonly item: Json; readonly pool: string; readonly part: (typeof parts)[number] };

const parts = ['provider', 'certificates', 'keys'] as const;

export function partsOf(pool: string, providers: readonly Json[]): readonly ProviderPart[] {
  return parts.flatMap((part) => providers.map((item) => ({ item, pool, part })));
}

type Place = { readonly federation: Federation; readonly scope: string; readonly observedAt: string };

export function recordsOfProvider({ item, pool, part }: ProviderPart, place: Place): readonly Credential[] {
  if (part === 'provider') return [toProvider(item, pool, place)];
  const trusting = { scope: place.scope, provider: required(textIn(item, 'name'), 'name'), pool, status: stateOf(item) };
  const { operation, certificate } = place.federation;
  if (part === 'certificates')
    return certificatesIn(item).map((text, index) =>
      trustedCertificate(text, index, { ...trusting, kind: certificate, operation, observedAt: place.observedAt }),
    );
  const jwks = textIn(objectIn(item, 'oidc'), 'jwksJson');
  return jwks === undefined ? [] : signingKeysIn(jwks).map((key) => toSigningKey(key, item, pool, place));
}

const unlearned = {
  provider: 'gcp',
  managedBy: 'customer',
  createdAt: unknown('not-offered'),
  rotatedAt: unknown('not-offered'),
  lastUsedAt: unknown('not-offered'),
  expiresAt: absent(),
  notBefore: absent(),
  privilege: unknown('not-looked'),
  consumers: unknown('not-offered'),
  owners: [],
  tags: {},
} as const;

function toProvider(item: Json, pool: string, { federation, scope, observedAt }: Place): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const trusted = providerOf(item);
  const description = textIn(item, 'description');
  return credential({
    ...unlearned,
    id,
    kind: federation.provider,
    scope,
    name: id.slice(id.lastIndexOf('/') + 1),
    status: stateOf(item),
    identity: known(pool),
    purpose: description === undefined ? absent() : known(description),
    fingerprint: unknown('not-offered'),
    trust: trustsOf(trusted),
    evidence: [{ operation: federation.operation, observedAt, fields: ['identity', 'status', 'trust', 'purpose'] }],
    // Of the client secret of a workforce provider only a thumbprint is in the answer, and no date.
    details: described({
      displayName: textIn(item, 'displayName'),
      clientId: textIn(objectIn(item, 'oidc'), 'clientId'),
      attributeCondition: trusted.condition ?? 'none',
      subjectMapping: trusted.mapping['google.subject'],
      purgedAt: textIn(item, 'expireTime'),
    }),
  });
}

function toSigningKey(
  { name, thumbprint, algorithm }: SigningKey,
  item: Json,
  pool: string,
  { federation, scope, observedAt }: Place,
): Credential {
  const provider = required(textIn(item, 'name'), 'name');
  return credential({
    ...unlearned,
    id: `${provider}/jwks/${thumbprint}`,
    kind: federation.signingKey,
    scope,
    name,
    status: stateOf(item),
    identity: known(pool),
    purpose: unknown('not-offered'),
    fingerprint: known(thumbprint),
    evidence: [{ operation: federation.operation, observedAt, fields: ['identity', 'status', 'fingerprint'] }],
    details: { provider, algorithm },
  });
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
