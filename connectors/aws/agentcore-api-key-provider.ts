import type { ApiKeyCredentialProviderItem, BedrockAgentCoreControlClient } from '@aws-sdk/client-bedrock-agentcore-control';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time } from '../../src/connector/item.ts';
import { known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Provider, type ProviderSecret, providerCredential, providerSecret, tagging, tagsFor } from './agentcore-provider.ts';
import { serviceBudget } from './budget.ts';
import { pagesOf } from './pages.ts';
import type { RegionSession } from './session.ts';

// https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_ApiKeyCredentialProviderItem.html

export const agentcoreApiKeyProviderKind = defineKind({
  id: 'aws.agentcore_api_key_provider',
  title: 'API key of a Bedrock AgentCore provider',
  record: 'credential',
  proves: 'Opens an outside service to agents, with an API key.',
  traits: {
    expiry: 'optional',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: {
      seen: ['ListApiKeyCredentialProviders no longer shows it', 'the service that it opens refuses the old value'],
      tokensLive: null,
    },
    // The secret that the service keeps for it goes with it.
    takesWith: ['aws.secretsmanager_secret'],
    leavesBehind: [],
  },
});

const listing = 'bedrock-agentcore:ListApiKeyCredentialProviders';
const describing = 'bedrock-agentcore:GetApiKeyCredentialProvider';

export const agentcoreApiKeyProvider: Surface<RegionSession> = defineSurface<RegionSession, Provider>({
  id: 'aws.agentcore_api_key_provider',
  title: 'AgentCore API key providers',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_ListApiKeyCredentialProviders.html',
  level: 'region',
  kinds: [
    { kind: agentcoreApiKeyProviderKind, facts: { createdAt: 'exposed', rotatedAt: 'exposed', purpose: 'from-tags', owner: 'from-tags' } },
  ],
  operations: [
    { call: listing, permission: listing },
    { call: describing, permission: describing, facts: ['rotatedAt'] },
    { call: tagging, permission: tagging, facts: ['owner', 'purpose'] },
  ],

  async *list({ service }, look) {
    const { BedrockAgentCoreControlClient, ListApiKeyCredentialProvidersCommand } = await import(
      '@aws-sdk/client-bedrock-agentcore-control'
    );
    const client = await service(() => Promise.resolve(BedrockAgentCoreControlClient));
    const pages = pagesOf('credentialProviders', async (token) => {
      const page = await client.send(new ListApiKeyCredentialProvidersCommand({ maxResults: 100, nextToken: token }), {
        abortSignal: look.signal,
      });
      return { items: page.credentialProviders, next: page.nextToken };
    });
    for await (const page of pages) {
      const providers: Provider[] = [];
      const described = fanOut(page, serviceBudget.concurrency, (item) => withDetail(client, look, item));
      for await (const provider of described) providers.push(provider);
      yield providers;
    }
  },

  normalize(provider, { session, observedAt }): readonly InventoryRecord[] {
    return providerCredential(provider, {
      kind: agentcoreApiKeyProviderKind.id,
      scope: session.scope,
      observedAt,
      listing,
      describing,
      // An update is nothing but a new key.
      rotatedAt: time(provider.updatedAt),
    });
  },
});

async function withDetail(client: BedrockAgentCoreControlClient, look: Look, item: ApiKeyCredentialProviderItem): Promise<Provider> {
  const { credentialProviderArn: arn, name, createdTime: createdAt, lastUpdatedTime: updatedAt } = item;
  const provider = { arn, name, createdAt, updatedAt };
  if (arn === undefined || name === undefined) {
    const untold = unknown('malformed-response');
    return { ...provider, secret: untold, tags: untold };
  }
  const { GetApiKeyCredentialProviderCommand } = await import('@aws-sdk/client-bedrock-agentcore-control');
  const secret = look.learn<ProviderSecret>(async () => {
    const described = await client.send(new GetApiKeyCredentialProviderCommand({ name }), { abortSignal: look.signal });
    required(described.credentialProviderArn, 'credentialProviderArn');
    return known(providerSecret(described.apiKeySecretArn, described.apiKeySecretSource));
  });
  return { ...provider, secret: await secret, tags: await tagsFor(client, look, arn) };
}
