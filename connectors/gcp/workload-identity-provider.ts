import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import {
  workloadIdentityCertificateKind,
  workloadIdentityProviderKind,
  workloadIdentitySigningKeyKind,
} from './workload-identity-kinds.ts';
import { type ProviderPart, partsOf, recordsOfProvider } from './federation-provider.ts';
import { call } from './operation.ts';
import { itemsOfPools } from './pool-parts.ts';
import type { Session } from './session.ts';
import { listPools } from './workload-identity-pool.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers/list

const federation = {
  provider: workloadIdentityProviderKind.id,
  certificate: workloadIdentityCertificateKind.id,
  signingKey: workloadIdentitySigningKeyKind.id,
  operation: call.listWorkloadIdentityProviders,
};

export const listProviders = {
  call: call.listWorkloadIdentityProviders,
  permission: 'iam.googleapis.com/workloadIdentityPoolProviders.list',
};

export const workloadIdentityProvider: Surface<Session> = defineSurface<Session, ProviderPart>({
  id: 'gcp.workload_identity_provider',
  title: 'Workload identity providers, and the certificates and keys that they trust',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers/list',
  level: 'project',
  kinds: [
    { kind: workloadIdentityProviderKind, facts: { expiresAt: 'never', notBefore: 'never', purpose: 'exposed', owner: 'not-offered' } },
    {
      kind: workloadIdentityCertificateKind,
      facts: { expiresAt: 'exposed', notBefore: 'exposed', createdAt: 'exposed', rotatedAt: 'exposed', fingerprint: 'exposed' },
    },
    { kind: workloadIdentitySigningKeyKind, facts: { expiresAt: 'never', notBefore: 'never', fingerprint: 'exposed' } },
  ],
  operations: [listPools, listProviders],
  list,
  normalize: (raw, { session, observedAt }) => recordsOfProvider(raw, { federation, scope: session.scope, observedAt }),
});

function list(session: Session, look: Look): AsyncGenerator<readonly ProviderPart[]> {
  return itemsOfPools(look, {
    pools: session.pools,
    noun: 'workload-identity-pool',
    read: async (pool) => partsOf(pool, await session.providers(pool)),
  });
}
