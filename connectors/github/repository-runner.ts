// https://docs.github.com/rest/actions/self-hosted-runners#list-self-hosted-runners-for-a-repository
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { pages } from './pages.ts';
import { indexOperation } from './repository-index.ts';
import { type InRepository, readParts, scopeOf } from './repository-parts.ts';
import { propertiesOperation } from './repository-properties.ts';
import { inheritedFrom } from './repository-record.ts';
import { type RawRunner, runnerFacts, runnerId, runnerRecord, selfHostedRunnerKind } from './runner.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /repos/{owner}/{repo}/actions/runners';

export const repositoryRunner = defineSurface<GitHubSession, InRepository<RawRunner>>({
  id: 'github.repository_runner',
  title: 'Self-hosted runners of the repositories',
  source: 'https://docs.github.com/rest/actions/self-hosted-runners',
  level: 'organization',
  kinds: [{ kind: selfHostedRunnerKind, facts: { ...runnerFacts, owner: 'from-tags' } }],
  operations: [indexOperation, { call: route, permission: 'administration:read' }, propertiesOperation],
  list,
  normalize,
});

function list(session: GitHubSession, look: Look): AsyncGenerator<readonly InRepository<RawRunner>[]> {
  const { client } = session;
  return readParts<RawRunner>(session, look, (repository) => {
    const parameters = { owner: repository.owner, repo: repository.name };
    const runners = () => pages<RawRunner>(client, { route, parameters, field: 'runners' }, look.signal);
    return [{ repository, scope: scopeOf(repository), pages: runners }];
  });
}

function normalize({ item, ...around }: InRepository<RawRunner>, { observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const { evidence, ...inherited } = inheritedFrom(around, observedAt);
  const record = runnerRecord(item, {
    ...inherited,
    id: `repositories/${around.repository.id}/actions/runners/${runnerId(item)}`,
    evidence: [...evidence, { operation: route, observedAt, fields: ['name', 'status'] }],
  });
  return [record];
}
