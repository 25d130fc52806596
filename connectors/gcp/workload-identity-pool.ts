import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Json } from './answer.ts';
import { poolRecord } from './federation-pool.ts';
import { call } from './operation.ts';
import type { Session } from './session.ts';

// https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools/list
export const workloadIdentityPoolKind = defineKind({
  id: 'gcp.workload_identity_pool',
  title: 'Workload identity pool',
  record: 'identity',
  proves: 'Workloads of other clouds and of CI systems that its providers vouch for act with what is granted to their principals.',
  remedy: {
    disable: 'gcloud iam workload-identity-pools update {id/-1} --location=global --disabled --project={scope.project}',
    delete: 'gcloud iam workload-identity-pools delete {id/-1} --location=global --project={scope.project}',
  },
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    actor: 'workload',
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

export const listPools = {
  call: call.listWorkloadIdentityPools,
  permission: 'iam.googleapis.com/workloadIdentityPools.list',
  fields: { status: ['state', 'disabled'], purpose: 'description' },
};

export const workloadIdentityPool: Surface<Session> = defineSurface<Session, Json>({
  id: 'gcp.workload_identity_pool',
  title: 'Workload identity pools',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools/list',
  level: 'project',
  kinds: [{ kind: workloadIdentityPoolKind, facts: { expiresAt: 'never', purpose: 'exposed', owner: 'not-offered' } }],
  operations: [listPools],
  list: ({ pools }) => pools,
  normalize: (item, { session, observedAt }) => [
    poolRecord(item, { kind: workloadIdentityPoolKind.id, operation: listPools.call, scope: session.scope, observedAt }),
  ],
});
