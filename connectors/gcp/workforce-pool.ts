import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { type Identity, identity } from '../../src/model/identity.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Json, described, textIn } from './answer.ts';
import { call } from './operation.ts';
import type { OrganizationSession } from './session.ts';
import { stateOf } from './workload-identity-pool.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools/list
export const workforcePoolKind = defineKind({
  id: 'gcp.workforce_pool',
  title: 'Workforce identity pool',
  record: 'identity',
  proves: 'People and their programs whom an outside identity provider vouches for act with what is granted to the principals of the pool.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['locations.workforcePools.list shows it disabled or DELETED'], tokensLive: null },
    takesWith: [
      'gcp.workforce_provider',
      'gcp.workforce_certificate',
      'gcp.workforce_signing_key',
      'gcp.workforce_provider_key',
      'gcp.scim_token',
    ],
    leavesBehind: [],
  },
});

export const listWorkforcePools = { call: call.listWorkforcePools, permission: 'iam.googleapis.com/workforcePools.list' };

export const workforcePool: Surface<OrganizationSession> = defineSurface<OrganizationSession, Json>({
  id: 'gcp.workforce_pool',
  title: 'Workforce identity pools',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools/list',
  level: 'organization',
  kinds: [{ kind: workforcePoolKind, facts: { expiresAt: 'never', purpose: 'exposed', owner: 'not-offered' } }],
  operations: [listWorkforcePools],
  list: ({ workforcePools }) => workforcePools,
  normalize: (item, { session, observedAt }) => [normalize(item, session, observedAt)],
});

function normalize(item: Json, { scope }: OrganizationSession, observedAt: string): Identity {
  const id = required(textIn(item, 'name'), 'name');
  const description = textIn(item, 'description');
  return identity({
    id,
    kind: workforcePoolKind.id,
    provider: 'gcp',
    scope,
    name: id.slice(id.lastIndexOf('/') + 1),
    status: stateOf(item),
    managedBy: 'customer',
    createdAt: unknown('not-offered'),
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    purpose: description === undefined ? absent() : known(description),
    privilege: unknown('not-looked'),
    owners: [],
    tags: {},
    evidence: [{ operation: call.listWorkforcePools, observedAt, fields: ['status', 'purpose'] }],
    details: described({
      displayName: textIn(item, 'displayName'),
      sessionDuration: textIn(item, 'sessionDuration'),
      purgedAt: textIn(item, 'expireTime'),
    }),
  });
}
