// https://docs.github.com/rest/dependabot/secrets#list-repository-secrets
import { defineSurface } from '../../src/connector/contract.ts';
import { dependabotSecret } from './organization-dependabot-secret.ts';
import { indexOperation } from './repository-index.ts';
import { propertiesOperation } from './repository-properties.ts';
import { type RawRepositorySecret, repositorySecret, repositorySecrets, secretFacts, secretFields } from './secret.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /repos/{owner}/{repo}/dependabot/secrets';

export const repositoryDependabotSecret = defineSurface<GitHubSession, RawRepositorySecret>({
  id: 'github.repository_dependabot_secret',
  title: 'Dependabot secrets of the repositories',
  source: 'https://docs.github.com/rest/dependabot/secrets',
  level: 'organization',
  kinds: [{ kind: dependabotSecret, facts: { ...secretFacts, owner: 'from-tags' } }],
  operations: [indexOperation, { call: route, permission: 'dependabot_secrets:read', fields: secretFields }, propertiesOperation],
  list: repositorySecrets(route),
  normalize: repositorySecret({ kind: dependabotSecret, route, store: 'dependabot', usedBy: 'used by Dependabot in' }),
});
