import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Json, listIn, textIn } from './answer.ts';
import { call } from './operation.ts';
import { itemsOfPools, itemsOfProviders } from './pool-parts.ts';
import type { OrganizationSession } from './session.ts';
import { listWorkforcePools } from './workforce-pool.ts';
import { listWorkforceProviders } from './workforce-provider.ts';
import { stateOf } from './federation-pool.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools.providers.scimTenants.tokens/list
export const scimTokenKind = defineKind({
  id: 'gcp.scim_token',
  title: 'SCIM token of a workforce provider',
  record: 'credential',
  proves: 'Its holder creates, changes and removes the users and groups of the workforce pool.',
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'bearer',
    actor: 'workload',
    revocation: { seen: ['scimTenants.tokens.list shows it DELETED, or no longer shows it'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

type Raw = { readonly item: Json; readonly pool: string };

export const scimToken: Surface<OrganizationSession> = defineSurface<OrganizationSession, Raw>({
  id: 'gcp.scim_token',
  title: 'SCIM tokens of workforce providers',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools.providers.scimTenants.tokens/list',
  level: 'organization',
  kinds: [{ kind: scimTokenKind, facts: { expiresAt: 'never', notBefore: 'never', owner: 'not-offered' } }],
  operations: [
    listWorkforcePools,
    listWorkforceProviders,
    { call: call.listScimTenants, permission: 'iam.googleapis.com/workforcePoolProviderScimTenants.list' },
    { call: call.listScimTokens, permission: 'iam.googleapis.com/workforcePoolProviderScimTokens.list' },
  ],
  list,
  normalize: (raw, { session, observedAt }) => [normalize(raw, session, observedAt)],
});

/** `securityToken` is only in the answer that creates the token; the mask keeps it out of any other. */
const fields = 'workforcePoolProviderScimTokens(name,displayName,state)';

function list({ google, workforcePools, workforceProviders }: OrganizationSession, look: Look): AsyncGenerator<readonly Raw[]> {
  return itemsOfPools(look, {
    pools: workforcePools,
    noun: 'workforce-pool',
    async read(pool) {
      return itemsOfProviders(look, await workforceProviders(pool), async (provider) => {
        const tokens: Raw[] = [];
        const tenants = google.pages('iam', `v1/${provider}/scimTenants`, 'workforcePoolProviderScimTenants', { pageSize: '100' });
        for (const tenant of (await Array.fromAsync(tenants)).flat()) {
          const answer = await google.get('iam', `v1/${required(textIn(tenant, 'name'), 'name')}/tokens`, { fields, showDeleted: 'true' });
          tokens.push(...listIn(answer, 'workforcePoolProviderScimTokens').map((item) => ({ item, pool })));
        }
        return tokens;
      });
    },
  });
}

function normalize({ item, pool }: Raw, { scope }: OrganizationSession, observedAt: string): Credential {
  const id = required(textIn(item, 'name'), 'name');
  return credential({
    id,
    kind: scimTokenKind.id,
    provider: 'gcp',
    scope,
    name: textIn(item, 'displayName') ?? id.slice(id.lastIndexOf('/') + 1),
    status: stateOf(item),
    managedBy: 'customer',
    identity: known(pool),
    createdAt: unknown('not-offered'),
    rotatedAt: unknown('not-offered'),
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered'),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [{ operation: call.listScimTokens, observedAt, fields: ['identity', 'status'] }],
    details: {},
  });
}
