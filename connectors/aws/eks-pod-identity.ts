import type { EKSClient, PodIdentityAssociation } from '@aws-sdk/client-eks';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { serviceBudget } from './budget.ts';
import { itemsOf, pagesOf, partsOf } from './pages.ts';
import type { RegionSession } from './session.ts';

// https://docs.aws.amazon.com/eks/latest/APIReference/API_PodIdentityAssociation.html

export const eksPodIdentityKind = defineKind({
  id: 'aws.eks_pod_identity',
  title: 'Pod identity association of EKS',
  record: 'credential',
  proves: 'Lets the pods of one Kubernetes service account act as an IAM role.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'federated',
    revocation: { seen: ['ListPodIdentityAssociations no longer shows it'], tokensLive: '12h' },
    takesWith: [],
    leavesBehind: [],
  },
});

type RawAssociation = Pick<
  PodIdentityAssociation,
  | 'associationArn'
  | 'clusterName'
  | 'namespace'
  | 'serviceAccount'
  | 'roleArn'
  | 'targetRoleArn'
  | 'createdAt'
  | 'modifiedAt'
  | 'ownerArn'
  | 'tags'
>;

const calls = {
  clusters: 'eks:ListClusters',
  associations: 'eks:ListPodIdentityAssociations',
  association: 'eks:DescribePodIdentityAssociation',
} as const;

export const eksPodIdentity: Surface<RegionSession> = defineSurface<RegionSession, RawAssociation>({
  id: 'aws.eks_pod_identity',
  title: 'EKS pod identity associations',
  source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_ListPodIdentityAssociations.html',
  level: 'region',
  kinds: [
    {
      kind: eksPodIdentityKind,
      facts: { createdAt: 'exposed', rotatedAt: 'never', expiresAt: 'never', notBefore: 'never', purpose: 'from-tags', owner: 'from-tags' },
    },
  ],
  operations: [
    { call: calls.clusters, permission: calls.clusters },
    { call: calls.associations, permission: calls.associations },
    { call: calls.association, permission: calls.association, fields: { createdAt: 'createdAt' } },
  ],

  async *list({ service, scope }, look) {
    const { EKSClient, ListClustersCommand } = await import('@aws-sdk/client-eks');
    const client = await service(() => Promise.resolve(EKSClient));
    const clusters = pagesOf('clusters', async (token) => {
      const page = await client.send(new ListClustersCommand({ maxResults: 100, nextToken: token }), { abortSignal: look.signal });
      return { items: page.clusters, next: page.nextToken };
    });
    const parts = partsOf(itemsOf(clusters), {
      look,
      width: serviceBudget.concurrency,
      scopeOf: (cluster) => `${scope}/cluster/${cluster}`,
      read: (cluster) => associationsOf(client, look, cluster),
    });
    yield* byRole(itemsOf(parts));
  },

  normalize(association, { session, observedAt }): readonly InventoryRecord[] {
    const { clusterName = '', namespace = '', serviceAccount = '' } = association;
    return [
      credential({
        id: required(association.associationArn, 'associationArn'),
        kind: eksPodIdentityKind.id,
        provider: 'aws',
        scope: session.scope,
        name: `${clusterName}/${namespace}/${serviceAccount}`,
        identity: known(required(association.roleArn, 'roleArn')),
        // One that an add-on of the cluster made is the add-on's to keep.
        managedBy: association.ownerArn === undefined || association.ownerArn === '' ? 'customer' : 'service',
        status: 'active',
        createdAt: time(association.createdAt),
        rotatedAt: absent(),
        lastUsedAt: unknown('not-offered'),
        expiresAt: absent(),
        notBefore: absent(),
        purpose: unknown('not-offered'),
        privilege: unknown('not-looked'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        trust: [
          {
            issuer: 'pods.eks.amazonaws.com',
            subject: `system:serviceaccount:${namespace}:${serviceAccount}`,
            conditions: { 'eks-cluster-name': clusterName },
            party: 'issuer',
            narrowedBy: ['claim'],
          },
        ],
        tags: association.tags ?? {},
        evidence: [{ operation: calls.association, observedAt, fields: ['identity', 'createdAt', 'trust', 'tags'] }],
        details: detailsOf(association),
      }),
    ];
  },
});

/** What lets in to one role comes together, whichever cluster it is of. */
async function* byRole(associations: AsyncIterable<RawAssociation>): AsyncGenerator<readonly RawAssociation[]> {
  const byArn = new Map<string, RawAssociation[]>();
  try {
    for await (const association of associations) {
      const role = association.roleArn ?? '';
      byArn.set(role, [...(byArn.get(role) ?? []), association]);
    }
  } finally {
    yield* byArn.values();
  }
}

async function associationsOf(client: EKSClient, look: Look, clusterName: string): Promise<readonly RawAssociation[]> {
  const { DescribePodIdentityAssociationCommand, ListPodIdentityAssociationsCommand } = await import('@aws-sdk/client-eks');
  const sent = { abortSignal: look.signal };
  const pages = pagesOf('associations', async (token) => {
    const command = new ListPodIdentityAssociationsCommand({ clusterName, maxResults: 100, nextToken: token });
    const page = await client.send(command, sent);
    return { items: page.associations, next: page.nextToken };
  });
  const found: RawAssociation[] = [];
  const described = fanOut(itemsOf(pages), serviceBudget.concurrency, async ({ associationId }) => {
    const { association } = await client.send(new DescribePodIdentityAssociationCommand({ clusterName, associationId }), sent);
    return toAssociation(required(association, 'association'));
  });
  for await (const association of described) found.push(association);
  return found;
}

function toAssociation(association: PodIdentityAssociation): RawAssociation {
  const { associationArn, clusterName, namespace, serviceAccount, roleArn, targetRoleArn, createdAt, modifiedAt, ownerArn, tags } =
    association;
  return { associationArn, clusterName, namespace, serviceAccount, roleArn, targetRoleArn, createdAt, modifiedAt, ownerArn, tags };
}

function detailsOf({ targetRoleArn, modifiedAt, ownerArn }: RawAssociation): Readonly<Record<string, string>> {
  const changedAt = modifiedAt && instant(modifiedAt);
  return {
    ...(changedAt === undefined ? {} : { modifiedAt: changedAt }),
    ...(targetRoleArn === undefined || targetRoleArn === '' ? {} : { targetRole: targetRoleArn }),
    ...(ownerArn === undefined || ownerArn === '' ? {} : { ownedBy: ownerArn }),
  };
}
