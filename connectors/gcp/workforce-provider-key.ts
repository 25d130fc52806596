import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { call } from './operation.ts';
import { itemsOfPools } from './pool-parts.ts';
import { type ProviderKey, keysOfProviders, providerKeyFacts, providerKeyRecord } from './provider-key.ts';
import type { OrganizationSession } from './session.ts';
import { workforceProviderKeyKind } from './workforce-kinds.ts';
import { listWorkforcePools } from './workforce-pool.ts';
import { listWorkforceProviders } from './workforce-provider.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools.providers.keys/list

export const workforceProviderKey: Surface<OrganizationSession> = defineSurface<OrganizationSession, ProviderKey>({
  id: 'gcp.workforce_provider_key',
  title: 'Encryption keys of SAML workforce identity providers',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools.providers.keys/list',
  level: 'organization',
  kinds: [{ kind: workforceProviderKeyKind, facts: providerKeyFacts }],
  operations: [
    listWorkforcePools,
    listWorkforceProviders,
    { call: call.listWorkforceProviderKeys, permission: 'iam.googleapis.com/workforcePoolProviderKeys.list' },
  ],
  list,
  normalize: (raw, { session, observedAt }) => [
    providerKeyRecord(raw, {
      kind: workforceProviderKeyKind.id,
      operation: call.listWorkforceProviderKeys,
      scope: session.scope,
      observedAt,
    }),
  ],
});

function list({ google, workforcePools, workforceProviders }: OrganizationSession, look: Look): AsyncGenerator<readonly ProviderKey[]> {
  return itemsOfPools(look, {
    pools: workforcePools,
    noun: 'workforce-pool',
    read: async (pool) =>
      keysOfProviders(look, google, { pool, providers: await workforceProviders(pool), field: 'workforcePoolProviderKeys' }),
  });
}
