import type { BedrockAgentCoreControlClient, WorkloadIdentityType } from '@aws-sdk/client-bedrock-agentcore-control';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Fact, absent, unknown, valueOf } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { tagging, tagsFor } from './agentcore-provider.ts';
import { serviceBudget } from './budget.ts';
import { pagesOf } from './pages.ts';
import type { RegionSession } from './session.ts';

// https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_WorkloadIdentityType.html

export const agentcoreWorkloadIdentityKind = defineKind({
  id: 'aws.agentcore_workload_identity',
  title: 'Workload identity of Bedrock AgentCore',
  record: 'identity',
  proves: 'Acts as an agent: gets the keys and tokens of the credential providers of its region.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['ListWorkloadIdentities no longer shows it'], tokensLive: null },
    takesWith: [],
    leavesBehind: ['aws.agentcore_api_key_provider', 'aws.agentcore_oauth2_provider'],
  },
});

type RawIdentity = {
  readonly arn: string | undefined;
  readonly name: string | undefined;
  readonly createdAt: Fact<Instant>;
  readonly tags: Fact<Readonly<Record<string, string>>>;
};

const listing = 'bedrock-agentcore:ListWorkloadIdentities';
const describing = 'bedrock-agentcore:GetWorkloadIdentity';

export const agentcoreWorkloadIdentity: Surface<RegionSession> = defineSurface<RegionSession, RawIdentity>({
  id: 'aws.agentcore_workload_identity',
  title: 'AgentCore workload identities',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_ListWorkloadIdentities.html',
  level: 'region',
  kinds: [
    {
      kind: agentcoreWorkloadIdentityKind,
      facts: { createdAt: 'exposed', expiresAt: 'never', purpose: 'from-tags', owner: 'from-tags' },
    },
  ],
  operations: [
    { call: listing, permission: listing },
    { call: describing, permission: describing, facts: ['createdAt'] },
    { call: tagging, permission: tagging, facts: ['owner', 'purpose'] },
  ],

  async *list({ service }, look) {
    const { BedrockAgentCoreControlClient, ListWorkloadIdentitiesCommand } = await import('@aws-sdk/client-bedrock-agentcore-control');
    const client = await service(() => Promise.resolve(BedrockAgentCoreControlClient));
    const pages = pagesOf('workloadIdentities', async (token) => {
      // Twenty is the most that this listing gives.
      const page = await client.send(new ListWorkloadIdentitiesCommand({ maxResults: 20, nextToken: token }), { abortSignal: look.signal });
      return { items: page.workloadIdentities, next: page.nextToken };
    });
    for await (const page of pages) {
      const identities: RawIdentity[] = [];
      const described = fanOut(page, serviceBudget.concurrency, (item) => withDetail(client, look, item));
      for await (const each of described) identities.push(each);
      yield identities;
    }
  },

  normalize({ arn, name, createdAt, tags }, { session, observedAt }): readonly InventoryRecord[] {
    return [
      identity({
        id: required(arn, 'workloadIdentityArn'),
        kind: agentcoreWorkloadIdentityKind.id,
        provider: 'aws',
        scope: session.scope,
        name: required(name, 'name'),
        status: 'active',
        managedBy: 'customer',
        createdAt,
        lastUsedAt: unknown('not-offered'),
        expiresAt: absent(),
        purpose: unknown('not-offered'),
        privilege: unknown('not-offered'),
        owners: [],
        ...(tags.state === 'unknown' ? { ownersUnknown: tags } : {}),
        tags: valueOf(tags) ?? {},
        evidence: [
          { operation: listing, observedAt, fields: ['name'] },
          ...(createdAt.state === 'unknown' ? [] : [{ operation: describing, observedAt, fields: ['createdAt'] }]),
          ...(tags.state === 'unknown' ? [] : [{ operation: tagging, observedAt, fields: ['tags'] }]),
        ],
        details: {},
      }),
    ];
  },
});

async function withDetail(client: BedrockAgentCoreControlClient, look: Look, item: WorkloadIdentityType): Promise<RawIdentity> {
  const { workloadIdentityArn: arn, name } = item;
  if (arn === undefined || name === undefined) {
    const untold = unknown('malformed-response');
    return { arn, name, createdAt: untold, tags: untold };
  }
  const { GetWorkloadIdentityCommand } = await import('@aws-sdk/client-bedrock-agentcore-control');
  const createdAt = look.learn(async () => {
    const described = await client.send(new GetWorkloadIdentityCommand({ name }), { abortSignal: look.signal });
    return time(described.createdTime);
  });
  return { arn, name, createdAt: await createdAt, tags: await tagsFor(client, look, arn) };
}
