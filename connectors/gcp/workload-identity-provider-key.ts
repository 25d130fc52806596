import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { call } from './operation.ts';
import { itemsOfPools } from './pool-parts.ts';
import { type ProviderKey, keysOfProviders, providerKeyFacts, providerKeyRecord } from './provider-key.ts';
import type { Session } from './session.ts';
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

function list({ google, pools, providers }: Session, look: Look): AsyncGenerator<readonly ProviderKey[]> {
  return itemsOfPools(look, {
    pools: pools,
    noun: 'workload-identity-pool',
    read: async (pool) =>
      keysOfProviders(look, google, { pool, providers: await providers(pool), field: 'workloadIdentityPoolProviderKeys' }),
  });
}
