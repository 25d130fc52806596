import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { type Identity, identity } from '../../src/model/identity.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Status } from '../../src/model/record.ts';
import { type Json, described, isSet, textIn } from './answer.ts';
import { call } from './operation.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools/list
export const workloadIdentityPoolKind = defineKind({
  id: 'gcp.workload_identity_pool',
  title: 'Workload identity pool',
  record: 'identity',
  proves: 'Workloads of other clouds and of CI systems that its providers vouch for act with what is granted to their principals.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: {
      // A disabled pool ends tokens already made from it; a disabled provider does not.
      seen: ['projects.locations.workloadIdentityPools.list shows it disabled or DELETED'],
      tokensLive: null,
    },
    takesWith: [
      'gcp.workload_identity_provider',
      'gcp.workload_identity_certificate',
      'gcp.workload_identity_signing_key',
      'gcp.workload_identity_provider_key',
    ],
    leavesBehind: ['gcp.workload_identity_binding'],
  },
});

export const listPools = { call: call.listWorkloadIdentityPools, permission: 'iam.googleapis.com/workloadIdentityPools.list' };

export const workloadIdentityPool: Surface<Session> = defineSurface<Session, Json>({
  id: 'gcp.workload_identity_pool',
  title: 'Workload identity pools',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools/list',
  level: 'project',
  kinds: [{ kind: workloadIdentityPoolKind, facts: { expiresAt: 'never', purpose: 'exposed', owner: 'not-offered' } }],
  operations: [listPools],
  list: ({ pools }) => pools,
  normalize: (item, { session, observedAt }) => [normalize(item, session, observedAt)],
});

function normalize(item: Json, { scope }: Session, observedAt: string): Identity {
  const id = required(textIn(item, 'name'), 'name');
  const description = textIn(item, 'description');
  return identity({
    id,
    kind: workloadIdentityPoolKind.id,
    provider: 'gcp',
    scope,
    name: id.slice(id.lastIndexOf('/') + 1),
    status: stateOf(item),
    // Google makes the pool of a GKE fleet by itself.
    managedBy: id.endsWith('.svc.id.goog') ? 'service' : 'customer',
    createdAt: unknown('not-offered'),
    lastUsedAt: unknown('not-offered', 'only data access audit logs of the token service tell'),
    expiresAt: absent(),
    purpose: description === undefined ? absent() : known(description),
    privilege: unknown('not-looked'),
    owners: [],
    tags: {},
    evidence: [{ operation: call.listWorkloadIdentityPools, observedAt, fields: ['status', 'purpose'] }],
    details: described({ displayName: textIn(item, 'displayName'), mode: textIn(item, 'mode'), purgedAt: textIn(item, 'expireTime') }),
  });
}

/** Pools, providers and their like can be undeleted for 30 days. */
export function stateOf(item: Json): Status {
  if (textIn(item, 'state') === 'DELETED') return 'deleted-recoverable';
  return isSet(item, 'disabled') ? 'inactive' : 'active';
}
