// https://docs.github.com/rest/agents/secrets#list-organization-secrets
import { defineSurface } from '../../src/connector/contract.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type RawOrganizationSecret, organizationSecret, organizationSecrets, secretFacts, secretFields, secretTraits } from './secret.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /orgs/{org}/agents/secrets';

export const agentsSecret = defineKind({
  id: 'github.agents_secret',
  title: 'Copilot agent secret',
  record: 'credential',
  proves: 'Whatever its value opens; Copilot agents at work in the repositories that see it can use it.',
  traits: secretTraits,
});

export const organizationAgentsSecret = defineSurface<GitHubSession, RawOrganizationSecret>({
  id: 'github.organization_agents_secret',
  title: 'Copilot agent secrets of the organization',
  source: 'https://docs.github.com/rest/agents/secrets',
  level: 'organization',
  kinds: [{ kind: agentsSecret, facts: secretFacts }],
  operations: [{ call: route, permission: 'organization_agent_secrets:read', fields: secretFields }],
  list: organizationSecrets(route),
  normalize: organizationSecret({ kind: agentsSecret, route, store: 'agents', usedBy: 'used by Copilot agents in' }),
});
