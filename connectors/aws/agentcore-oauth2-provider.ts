import type { Oauth2CredentialProviderItem, BedrockAgentCoreControlClient } from '@aws-sdk/client-bedrock-agentcore-control';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required } from '../../src/connector/item.ts';
import { known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Provider, type ProviderSecret, providerCredential, providerSecret, tagging, tagsFor } from './agentcore-provider.ts';
import { serviceBudget } from './budget.ts';
import { rotationUnlessModified } from './life.ts';
import { pagesOf } from './pages.ts';
import type { RegionSession } from './session.ts';

// https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_Oauth2CredentialProviderItem.html

export const agentcoreOauth2ProviderKind = defineKind({
  id: 'aws.agentcore_oauth2_provider',
  title: 'OAuth2 client of a Bedrock AgentCore provider',
  record: 'credential',
  proves: 'Gets tokens of an outside service for agents and their users, with an OAuth2 client secret.',
  traits: {
    expiry: 'optional',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: {
      seen: ['ListOauth2CredentialProviders no longer shows it', 'the service that it opens refuses the old value'],
      tokensLive: null,
    },
    // The secret that the service keeps for it goes with it.
    takesWith: ['aws.secretsmanager_secret'],
    leavesBehind: [],
  },
});

const listing = 'bedrock-agentcore:ListOauth2CredentialProviders';
const describing = 'bedrock-agentcore:GetOauth2CredentialProvider';

export const agentcoreOauth2Provider: Surface<RegionSession> = defineSurface<RegionSession, Provider>({
  id: 'aws.agentcore_oauth2_provider',
  title: 'AgentCore OAuth2 providers',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_ListOauth2CredentialProviders.html',
  level: 'region',
  kinds: [
    { kind: agentcoreOauth2ProviderKind, facts: { createdAt: 'exposed', rotatedAt: 'exposed', purpose: 'from-tags', owner: 'from-tags' } },
  ],
  operations: [
    { call: listing, permission: listing },
    { call: describing, permission: describing, facts: ['rotatedAt'] },
    { call: tagging, permission: tagging, facts: ['owner', 'purpose'] },
  ],

  async *list({ service }, look) {
    const { BedrockAgentCoreControlClient, ListOauth2CredentialProvidersCommand } = await import(
      '@aws-sdk/client-bedrock-agentcore-control'
    );
    const client = await service(() => Promise.resolve(BedrockAgentCoreControlClient));
    const pages = pagesOf('credentialProviders', async (token) => {
      const page = await client.send(new ListOauth2CredentialProvidersCommand({ maxResults: 100, nextToken: token }), {
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
      kind: agentcoreOauth2ProviderKind.id,
      scope: session.scope,
      observedAt,
      listing,
      describing,
      rotatedAt: rotationUnlessModified(provider.createdAt, provider.updatedAt),
    });
  },
});

async function withDetail(client: BedrockAgentCoreControlClient, look: Look, item: Oauth2CredentialProviderItem): Promise<Provider> {
  const { credentialProviderArn: arn, name, createdTime: createdAt, lastUpdatedTime: updatedAt, credentialProviderVendor: vendor } = item;
  const provider = { arn, name, createdAt, updatedAt, vendor };
  if (arn === undefined || name === undefined) {
    const untold = unknown('malformed-response');
    return { ...provider, secret: untold, tags: untold };
  }
  const { GetOauth2CredentialProviderCommand } = await import('@aws-sdk/client-bedrock-agentcore-control');
  const secret = look.learn<ProviderSecret>(async () => {
    const described = await client.send(new GetOauth2CredentialProviderCommand({ name }), { abortSignal: look.signal });
    required(described.credentialProviderArn, 'credentialProviderArn');
    return known(providerSecret(described.clientSecretArn, described.clientSecretSource));
  });
  return { ...provider, secret: await secret, tags: await tagsFor(client, look, arn) };
}
