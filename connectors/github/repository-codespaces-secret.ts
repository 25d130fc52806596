// https://docs.github.com/rest/codespaces/repository-secrets#list-repository-secrets
import { type Look, defineSurface } from '../../src/connector/contract.ts';
import { codespacesSecret } from './organization-codespaces-secret.ts';
import { indexOperation } from './repository-index.ts';
import { propertiesOperation } from './repository-properties.ts';
import { type RawRepositorySecret, repositorySecret, repositorySecrets, secretFacts, secretFields } from './secret.ts';
import type { GitHubSession } from './session.ts';

// The list takes the permission to write: https://docs.github.com/rest/authentication/permissions-required-for-github-apps
const route = 'GET /repos/{owner}/{repo}/codespaces/secrets';

export const repositoryCodespacesSecret = defineSurface<GitHubSession, RawRepositorySecret>({
  id: 'github.repository_codespaces_secret',
  title: 'Codespaces secrets of the repositories',
  source: 'https://docs.github.com/rest/codespaces/repository-secrets',
  level: 'organization',
  kinds: [{ kind: codespacesSecret, facts: { ...secretFacts, owner: 'from-tags' } }],
  operations: [indexOperation, { call: route, permission: 'codespaces_secrets:write', fields: secretFields }, propertiesOperation],
  list,
  normalize: repositorySecret({ kind: codespacesSecret, route, store: 'codespaces', usedBy: 'used in codespaces of' }),
});

async function* list(session: GitHubSession, look: Look): AsyncGenerator<readonly RawRepositorySecret[]> {
  if (session.settings.repositoryCodespacesSecrets === true) yield* repositorySecrets(route)(session, look);
  else
    look.leave(
      `organization/${session.organization.login}/repositories`,
      'skipped',
      'GitHub shows them only to a login that may write them; connectors.github.repositoryCodespacesSecrets asks for them',
    );
}
