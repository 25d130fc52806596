import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { known, unknown } from '../../src/model/fact.ts';
import { type Json, described, objectIn, textIn } from './answer.ts';
import { workloadIdentityProviderKeyKind } from './federation-kinds.ts';
import { call } from './operation.ts';
import { itemsOfParts } from './parts.ts';
import { type Session, nameOr } from './session.ts';
import { listPools, stateOf } from './workload-identity-pool.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers.keys/list

type Raw = { readonly item: Json; readonly pool: string };

export const workloadIdentityProviderKey: Surface<Session> = defineSurface<Session, Raw>({
  id: 'gcp.workload_identity_provider_key',
  title: 'Encryption keys of SAML workload identity providers',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers.keys/list',
  level: 'project',
  kinds: [
    {
      kind: workloadIdentityProviderKeyKind,
      facts: { createdAt: 'exposed', rotatedAt: 'exposed', expiresAt: 'exposed', notBefore: 'exposed', owner: 'not-offered' },
    },
  ],
  operations: [
    listPools,
    { call: call.listWorkloadIdentityProviders, permission: 'iam.googleapis.com/workloadIdentityPoolProviders.list' },
    { call: call.listWorkloadIdentityProviderKeys, permission: 'iam.googleapis.com/workloadIdentityPoolProviderKeys.list' },
  ],
  list,
  normalize: (raw, { session, observedAt }) => [normalize(raw, session, observedAt)],
});

async function* list(session: Session, look: Look): AsyncGenerator<readonly Raw[]> {
  const { google } = session;
  yield* itemsOfParts(look, {
    parts: session.pools,
    width: 5,
    scopeOf: (pool) => `workload-identity-pool/${nameOr(pool, 'name', 'unnamed').replace(/.*\//, '')}`,
    async read(item) {
      const pool = required(textIn(item, 'name'), 'name');
      const keys: Raw[] = [];
      // Only SAML providers have keys.
      for (const provider of (await session.providers(pool)).filter(
        (each) => textIn(objectIn(each, 'saml'), 'idpMetadataXml') !== undefined,
      )) {
        const path = `v1/${required(textIn(provider, 'name'), 'name')}/keys`;
        for await (const page of google.pages('iam', path, 'workloadIdentityPoolProviderKeys', { pageSize: '10', showDeleted: 'true' }))
          keys.push(...page.map((key) => ({ item: key, pool })));
      }
      return keys;
    },
  });
}

function normalize({ item, pool }: Raw, { scope }: Session, observedAt: string): Credential {
  const id = required(textIn(item, 'name'), 'name');
  const data = objectIn(item, 'keyData');
  const notBefore = time(textIn(data, 'notBeforeTime'));
  return credential({
    id,
    kind: workloadIdentityProviderKeyKind.id,
    provider: 'gcp',
    scope,
    name: id.slice(id.lastIndexOf('/') + 1),
    status: stateOf(item),
    managedBy: 'customer',
    identity: known(pool),
    createdAt: notBefore,
    rotatedAt: notBefore,
    notBefore,
    expiresAt: time(textIn(data, 'notAfterTime')),
    lastUsedAt: unknown('not-offered'),
    purpose: unknown('not-offered'),
    privilege: unknown('not-looked'),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [
      {
        operation: call.listWorkloadIdentityProviderKeys,
        observedAt,
        fields: ['status', 'createdAt', 'rotatedAt', 'notBefore', 'expiresAt', 'identity'],
      },
    ],
    details: described({ use: textIn(item, 'use'), keySpec: textIn(data, 'keySpec'), purgedAt: textIn(item, 'expireTime') }),
  });
}
