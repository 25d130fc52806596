import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { type Identity, identity } from '../../src/model/identity.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Json, described, textIn } from './answer.ts';
import { call } from './operation.ts';
import { itemsOfPools } from './pool-parts.ts';
import type { Session } from './session.ts';
import { stateOf } from './federation-pool.ts';
import { listPools } from './workload-identity-pool.ts';

// https://cloud.google.com/iam/docs/managed-workload-identity
export const managedWorkloadIdentityKind = defineKind({
  id: 'gcp.managed_workload_identity',
  title: 'Managed workload identity',
  record: 'identity',
  proves: 'A workload on Google Cloud shows itself to others with an X.509 certificate of its pool, which Google renews.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    actor: 'workload',
    // A disabled one gets no more certificates; the last one goes on for as long as its pool lets them live, from 24 hours to 30 days.
    revocation: { seen: ['managedIdentities.list shows it disabled or DELETED', 'its last certificate has ended'], tokensLive: '30d' },
    takesWith: [],
    leavesBehind: [],
  },
});

export const managedWorkloadIdentity: Surface<Session> = defineSurface<Session, Json>({
  id: 'gcp.managed_workload_identity',
  title: 'Managed workload identities',
  source: 'https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.namespaces.managedIdentities/list',
  level: 'project',
  kinds: [{ kind: managedWorkloadIdentityKind, facts: { expiresAt: 'never', purpose: 'exposed', owner: 'not-offered' } }],
  operations: [
    listPools,
    { call: call.listNamespaces, permission: 'iam.googleapis.com/workloadIdentityPoolNamespaces.list' },
    { call: call.listManagedIdentities, permission: 'iam.googleapis.com/workloadIdentityPoolManagedIdentities.list' },
  ],
  list,
  normalize: (item, { session, observedAt }) => [normalize(item, session, observedAt)],
});

async function* list({ google, pools }: Session, look: Look): AsyncGenerator<readonly Json[]> {
  const query = { pageSize: '50', showDeleted: 'true' };
  yield* itemsOfPools(look, {
    pools,
    noun: 'workload-identity-pool',
    async read(name, pool) {
      // Only pools of trust domains have namespaces.
      if (textIn(pool, 'mode') !== 'TRUST_DOMAIN') return [];
      const path = `v1/${name}/namespaces`;
      const found: Json[] = [];
      for await (const page of google.pages('iam', path, 'workloadIdentityPoolNamespaces', query)) {
        for (const namespace of page) {
          const inside = `v1/${required(textIn(namespace, 'name'), 'name')}/managedIdentities`;
          found.push(...(await Array.fromAsync(google.pages('iam', inside, 'workloadIdentityPoolManagedIdentities', query))).flat());
        }
      }
      return found;
    },
  });
}

function normalize(item: Json, { scope }: Session, observedAt: string): Identity {
  const id = required(textIn(item, 'name'), 'name');
  const description = textIn(item, 'description');
  return identity({
    id,
    kind: managedWorkloadIdentityKind.id,
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
    evidence: [{ operation: call.listManagedIdentities, observedAt, fields: ['status', 'purpose'] }],
    details: described({ namespace: /\/namespaces\/([^/]+)/.exec(id)?.[1], purgedAt: textIn(item, 'expireTime') }),
  });
}
