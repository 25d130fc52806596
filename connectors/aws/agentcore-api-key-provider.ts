import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { time } from '../../src/connector/item.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Provider, providerCredential, providersOf, tagging } from './agentcore-provider.ts';
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

  async *list(session, look) {
    const { ListApiKeyCredentialProvidersCommand, GetApiKeyCredentialProviderCommand } = await import(
      '@aws-sdk/client-bedrock-agentcore-control'
    );
    const options = { abortSignal: look.signal };
    yield* providersOf(session, look, {
      async page(client, nextToken) {
        const page = await client.send(new ListApiKeyCredentialProvidersCommand({ maxResults: 100, nextToken }), options);
        return { items: page.credentialProviders, next: page.nextToken };
      },
      async describe(client, name) {
        const described = await client.send(new GetApiKeyCredentialProviderCommand({ name }), options);
        return { arn: described.credentialProviderArn, secret: described.apiKeySecretArn, source: described.apiKeySecretSource };
      },
    });
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
