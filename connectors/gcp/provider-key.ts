import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { known, unknown } from '../../src/model/fact.ts';
import type { Look, SurfaceKind } from '../../src/connector/contract.ts';
import { type Json, described, objectIn, textIn, timestampIn } from './answer.ts';
import { unlessEnded } from './ended.ts';
import { readCertificate } from './public-certificate.ts';
import { itemsOfProviders } from './pool-parts.ts';
import type { Reader } from './reader.ts';
import { stateOf } from './federation-pool.ts';

// Workload and workforce providers have the same keys: Google holds the private half, and what a SAML provider encrypts is for it to read.
// https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers.keys

export type ProviderKey = { readonly item: Json; readonly pool: string };

export const providerKeyFacts: SurfaceKind['facts'] = {
  createdAt: 'exposed',
  rotatedAt: 'exposed',
  expiresAt: 'exposed',
  notBefore: 'exposed',
  fingerprint: 'exposed',
  owner: 'not-offered',
};

/** The keys of a pool's providers, deleted ones that can come back included. `field` names their list in the answer. */
export function keysOfProviders(
  look: Look,
  google: Reader,
  { pool, providers, field }: { readonly pool: string; readonly providers: readonly Json[]; readonly field: string },
): Promise<readonly ProviderKey[]> {
  // Only SAML providers have keys.
  const saml = providers.filter((each) => textIn(objectIn(each, 'saml'), 'idpMetadataXml') !== undefined);
  return itemsOfProviders(look, saml, async (provider) => {
    const pages = google.pages('iam', `v1/${provider}/keys`, field, { pageSize: '10', showDeleted: 'true' });
    return (await Array.fromAsync(pages)).flat().map((item) => ({ item, pool }));
  });
}

type Place = { readonly kind: string; readonly operation: string; readonly scope: string; readonly observedAt: string };

export function providerKeyRecord({ item, pool }: ProviderKey, { kind, operation, scope, observedAt }: Place): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const data = objectIn(item, 'keyData');
  const notBefore = time(timestampIn(data, 'notBeforeTime'));
  const expiresAt = time(timestampIn(data, 'notAfterTime'));
  const certificate = textIn(data, 'key');
  return credential({
    id,
    kind,
    provider: 'gcp',
    scope,
    name: id.slice(id.lastIndexOf('/') + 1),
    status: unlessEnded(stateOf(item), expiresAt, observedAt),
    managedBy: 'customer',
    identity: known(pool),
    createdAt: notBefore,
    rotatedAt: notBefore,
    notBefore,
    expiresAt,
    lastUsedAt: unknown('not-offered'),
    purpose: unknown('not-offered'),
    privilege: unknown('not-looked'),
    fingerprint:
      certificate === undefined ? unknown('malformed-response', 'a key without its public half') : readCertificate(certificate).fingerprint,
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [
      { operation, observedAt, fields: ['status', 'createdAt', 'rotatedAt', 'notBefore', 'expiresAt', 'fingerprint', 'identity'] },
    ],
    details: described({ use: textIn(item, 'use'), keySpec: textIn(data, 'keySpec'), purgedAt: textIn(item, 'expireTime') }),
  });
}
