import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { type ProviderPart, partsOf, recordsOfProvider } from './federation-provider.ts';
import { call } from './operation.ts';
import { itemsOfPools } from './pool-parts.ts';
import type { OrganizationSession } from './session.ts';
import { workforceCertificateKind, workforceProviderKind, workforceSigningKeyKind } from './workforce-kinds.ts';
import { listWorkforcePools } from './workforce-pool.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools.providers/list

const federation = {
  provider: workforceProviderKind.id,
  certificate: workforceCertificateKind.id,
  signingKey: workforceSigningKeyKind.id,
  operation: call.listWorkforceProviders,
};

export const listWorkforceProviders = { call: call.listWorkforceProviders, permission: 'iam.googleapis.com/workforcePoolProviders.list' };

export const workforceProvider: Surface<OrganizationSession> = defineSurface<OrganizationSession, ProviderPart>({
  id: 'gcp.workforce_provider',
  title: 'Workforce identity providers, and the certificates and keys that they trust',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools.providers/list',
  level: 'organization',
  kinds: [
    { kind: workforceProviderKind, facts: { expiresAt: 'never', notBefore: 'never', purpose: 'exposed', owner: 'not-offered' } },
    {
      kind: workforceCertificateKind,
      facts: { createdAt: 'exposed', rotatedAt: 'exposed', expiresAt: 'exposed', notBefore: 'exposed', fingerprint: 'exposed' },
    },
    { kind: workforceSigningKeyKind, facts: { expiresAt: 'never', notBefore: 'never', fingerprint: 'exposed' } },
  ],
  operations: [listWorkforcePools, listWorkforceProviders],
  list,
  normalize: (raw, { session, observedAt }) => recordsOfProvider(raw, { federation, scope: session.scope, observedAt }),
});

function list(session: OrganizationSession, look: Look): AsyncGenerator<readonly ProviderPart[]> {
  return itemsOfPools(look, {
    pools: session.workforcePools,
    noun: 'workforce-pool',
    read: async (pool) => partsOf(pool, await session.workforceProviders(pool)),
  });
}
