import type { SurfaceKind } from '../../src/connector/contract.ts';
import { defineKind } from '../../src/model/kind.ts';

export const agentBlueprintKind = defineKind({
  id: 'azure.agent_identity_blueprint',
  title: 'Agent identity blueprint',
  record: 'identity',
  proves: 'An application from which agents are made; its credentials sign in as any of them.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    actor: 'workload',
    revocation: { seen: ['blueprint absent', 'blueprint absent from directory/deletedItems'], tokensLive: '28h' },
    takesWith: ['azure.app_secret', 'azure.app_certificate', 'azure.federated_credential'],
    leavesBehind: ['azure.keyvault_secret'],
  },
});
export const agentIdentityKind = defineKind({
  id: 'azure.agent_identity',
  title: 'Agent identity',
  record: 'identity',
  proves: 'An AI agent, as it acts in this tenant; it has no credentials of its own.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    actor: 'workload',
    revocation: { seen: ['agent identity absent', 'agent identity absent from directory/deletedItems'], tokensLive: '28h' },
    takesWith: ['azure.oauth2_grant', 'azure.app_role_assignment', 'azure.directory_role_assignment'],
    leavesBehind: ['azure.agent_identity_blueprint'],
  },
});

export const agentFacts = {
  createdAt: 'exposed',
  lastUsedAt: 'exposed',
  expiresAt: 'never',
  purpose: 'exposed',
  privilege: 'exposed',
  owner: 'exposed',
} as const satisfies SurfaceKind['facts'];
