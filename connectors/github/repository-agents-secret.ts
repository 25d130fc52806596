// https://docs.github.com/rest/agents/secrets#list-repository-secrets
import { defineSurface } from '../../src/connector/contract.ts';
import { agentsSecret } from './organization-agents-secret.ts';
import { indexOperation } from './repository-index.ts';
import { propertiesOperation } from './repository-properties.ts';
import { type RawRepositorySecret, repositorySecret, repositorySecrets, secretFacts, secretFields } from './secret.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /repos/{owner}/{repo}/agents/secrets';

export const repositoryAgentsSecret = defineSurface<GitHubSession, RawRepositorySecret>({
  id: 'github.repository_agents_secret',
  title: 'Copilot agent secrets of the repositories',
  source: 'https://docs.github.com/rest/agents/secrets',
  level: 'organization',
  kinds: [{ kind: agentsSecret, facts: { ...secretFacts, owner: 'from-tags' } }],
  operations: [indexOperation, { call: route, permission: 'agent_secrets:read', fields: secretFields }, propertiesOperation],
  list: repositorySecrets(route),
  normalize: repositorySecret({ kind: agentsSecret, route, store: 'agents', usedBy: 'used by Copilot agents in' }),
});
