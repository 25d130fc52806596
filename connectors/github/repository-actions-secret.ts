// https://docs.github.com/rest/actions/secrets#list-repository-secrets
import { defineSurface } from '../../src/connector/contract.ts';
import { actionsSecret } from './organization-actions-secret.ts';
import { indexOperation } from './repository-index.ts';
import { propertiesOperation } from './repository-properties.ts';
import { type RawRepositorySecret, repositorySecret, repositorySecrets, secretFacts, secretFields } from './secret.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /repos/{owner}/{repo}/actions/secrets';

export const repositoryActionsSecret = defineSurface<GitHubSession, RawRepositorySecret>({
  id: 'github.repository_actions_secret',
  title: 'Actions secrets of the repositories',
  source: 'https://docs.github.com/rest/actions/secrets',
  level: 'organization',
  kinds: [{ kind: actionsSecret, facts: { ...secretFacts, owner: 'from-tags' } }],
  operations: [indexOperation, { call: route, permission: 'secrets:read', fields: secretFields }, propertiesOperation],
  list: repositorySecrets(route),
  normalize: repositorySecret({ kind: actionsSecret, route, store: 'actions', usedBy: 'used by workflows of' }),
});
