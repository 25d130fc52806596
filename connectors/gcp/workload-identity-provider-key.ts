import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { textIn } from './answer.ts';
import { call } from './operation.ts';
import { itemsOfParts } from './parts.ts';
import { type ProviderKey, keysOfProviders, providerKeyFacts, providerKeyRecord } from './provider-key.ts';
import { type Session, nameOr } from './session.ts';
import { workloadIdentityProviderKeyKind } from './workload-identity-kinds.ts';
import { listPools } from './workload-identity-pool.ts';
import { listProviders } from './workload-identity-provider.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers.keys/list

export const workloadIdentityProviderKey: Surface<Session> = defineSurface<Session, ProviderKey>({
  id: 'gcp.workload_identity_provider_key',
  title: 'Encryption keys of SAML workload identity providers',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers.keys/list',
  level: 'project',
  kinds: [{ kind: workloadIdentityProviderKeyKind, facts: providerKeyFacts }],
  operations: [
    listPools,
    listProviders,
    { call: call.listWorkloadIdentityProviderKeys, permission: 'iam.googleapis.com/workloadIdentityPoolProviderKeys.list' },
  ],
  list,
  normalize: (raw, { session, observedAt }) => [
    providerKeyRecord(raw, {
      kind: workloadIdentityProviderKeyKind.id,
      operation: call.listWorkloadIdentityProviderKeys,
      scope: session.scope,
      observedAt,
    }),
  ],
});

async function* list({ google, pools, providers }: Session, look: Look): AsyncGenerator<readonly ProviderKey[]> {
  yield* itemsOfParts(look, {
    parts: pools,
    width: 5,
    scopeOf: (pool) => `workload-identity-pool/${nameOr(pool, 'name', 'unnamed').replace(/.*\//, '')}`,
    async read(item) {
      const pool = required(textIn(item, 'name'), 'name');
      return keysOfProviders(google, pool, await providers(pool), 'workloadIdentityPoolProviderKeys');
    },
  });
}
