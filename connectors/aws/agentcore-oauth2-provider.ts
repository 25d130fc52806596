import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Provider, providerCredential, providersOf, tagging } from './agentcore-provider.ts';
import { rotationUnlessModified } from './life.ts';
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

  async *list(session, look) {
    const { ListOauth2CredentialProvidersCommand, GetOauth2CredentialProviderCommand } = await import(
      '@aws-sdk/client-bedrock-agentcore-control'
    );
    const options = { abortSignal: look.signal };
    yield* providersOf(session, look, {
      async page(client, nextToken) {
        const page = await client.send(new ListOauth2CredentialProvidersCommand({ maxResults: 100, nextToken }), options);
        return { items: page.credentialProviders, next: page.nextToken };
      },
      async describe(client, name) {
        const described = await client.send(new GetOauth2CredentialProviderCommand({ name }), options);
        return { arn: described.credentialProviderArn, secret: described.clientSecretArn, source: described.clientSecretSource };
      },
    });
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
