import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { textIn } from './answer.ts';
import { call } from './operation.ts';
import { itemsOfParts } from './parts.ts';
import { type ProviderKey, keysOfProviders, providerKeyFacts, providerKeyRecord } from './provider-key.ts';
import { type OrganizationSession, nameOr } from './session.ts';
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

async function* list(
  { google, workforcePools, workforceProviders }: OrganizationSession,
  look: Look,
): AsyncGenerator<readonly ProviderKey[]> {
  yield* itemsOfParts(look, {
    parts: workforcePools,
    width: 4,
    scopeOf: (pool) => `workforce-pool/${nameOr(pool, 'name', 'unnamed').replace(/.*\//, '')}`,
    async read(item) {
      const pool = required(textIn(item, 'name'), 'name');
      return keysOfProviders(google, pool, await workforceProviders(pool), 'workforcePoolProviderKeys');
    },
  });
}
