// https://docs.github.com/rest/actions/secrets#list-environment-secrets
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { credential } from '../../src/model/credential.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Unsure, text } from './field.ts';
import { NotGrantedError } from './not-granted.ts';
import { pages } from './pages.ts';
import { environmentsOf } from './repository-environments.ts';
import { type IndexedRepository, indexOperation } from './repository-index.ts';
import { type InRepository, type Part, readParts, scopeOf } from './repository-parts.ts';
import { propertiesOperation } from './repository-properties.ts';
import { inheritedFrom } from './repository-record.ts';
import { type RepositorySecret, secretFacts, secretFields, secretTraits, storedSecret } from './secret.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets';

export const environmentSecretKind = defineKind({
  id: 'github.environment_secret',
  title: 'Environment secret',
  record: 'credential',
  proves: 'Whatever its value opens; jobs that deploy to the environment can use it, once its protection rules let them.',
  remedy: {
    rotate: 'gh secret set {name} --repo {scope.repository} --env {scope.environment}',
    delete: 'gh secret delete {name} --repo {scope.repository} --env {scope.environment}',
  },
  traits: secretTraits,
});

type InEnvironment = { readonly environment: string; readonly secret: Unsure<RepositorySecret> | null };
type Raw = InRepository<InEnvironment>;

export const environmentSecret = defineSurface<GitHubSession, Raw>({
  id: 'github.environment_secret',
  title: 'Actions secrets of environments',
  source: 'https://docs.github.com/rest/actions/secrets',
  level: 'organization',
  kinds: [{ kind: environmentSecretKind, facts: { ...secretFacts, owner: 'from-tags' } }],
  operations: [
    indexOperation,
    // What the REST API asks for to list environments; of GraphQL it is not documented.
    { call: 'graphql:RepositoryEnvironments', permission: 'actions:read' },
    { call: route, permission: 'environments:read', fields: secretFields },
    propertiesOperation,
  ],
  list,
  normalize,
});

/** A list for each environment. The index has their names, so that repositories without one cost nothing. */
function list(session: GitHubSession, look: Look) {
  return readParts<InEnvironment>(session, look, async function* (repository) {
    const { environments } = repository;
    if (!environments) {
      yield unlisted(repository, new NotGrantedError('GitHub did not show the environments of the repository', ['actions:read']));
      return;
    }
    const { items, broke } = environments.whole ? { items: environments.names } : await environmentsOf(session, repository, look.signal);
    for (const name of items) yield secretsOf(name, repository, session, look);
    if (broke) yield unlisted(repository, broke.error);
  });
}

function secretsOf(environment: string, repository: IndexedRepository, { client }: GitHubSession, { signal }: Look): Part<InEnvironment> {
  const parameters = { owner: repository.owner, repo: repository.name, environment_name: environment };
  return {
    repository,
    scope: `${scopeOf(repository)}/environment/${environment}`,
    async *pages() {
      for await (const page of pages<InEnvironment['secret']>(client, { route, parameters, field: 'secrets' }, signal))
        yield page.map((secret) => ({ environment, secret }));
    },
  };
}

/** Environments that could not be listed: one gap for all of them. */
function unlisted(repository: IndexedRepository, error: unknown): Part<never> {
  return { repository, scope: `${scopeOf(repository)}/environments`, refused: error };
}

function normalize({ item: { environment, secret }, ...around }: Raw, { observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const { evidence, ...inherited } = inheritedFrom(around, observedAt);
  const record = credential({
    ...storedSecret(secret, environmentSecretKind),
    ...inherited,
    id: `repositories/${around.repository.id}/environments/${environment}/secrets/${text(secret?.name, 'name')}`,
    privileges: [`used by deployments to ${environment}`],
    evidence: [...evidence, { operation: route, observedAt, fields: ['name', 'createdAt', 'rotatedAt'] }],
  });
  return [record];
}
