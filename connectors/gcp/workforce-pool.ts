import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Json } from './answer.ts';
import { poolRecord } from './federation-pool.ts';
import { call } from './operation.ts';
import type { OrganizationSession } from './session.ts';

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

export const listWorkforcePools = {
  call: call.listWorkforcePools,
  permission: 'iam.googleapis.com/workforcePools.list',
  fields: { status: ['state', 'disabled'], purpose: 'description' },
};

export const workforcePool: Surface<OrganizationSession> = defineSurface<OrganizationSession, Json>({
  id: 'gcp.workforce_pool',
  title: 'Workforce identity pools',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/locations.workforcePools/list',
  level: 'organization',
  kinds: [{ kind: workforcePoolKind, facts: { expiresAt: 'never', purpose: 'exposed', owner: 'not-offered' } }],
  operations: [listWorkforcePools],
  list: ({ workforcePools }) => workforcePools,
  normalize: (item, { session, observedAt }) => [
    poolRecord(item, { kind: workforcePoolKind.id, operation: listWorkforcePools.call, scope: session.scope, observedAt }),
  ],
});
