// https://docs.github.com/rest/actions/self-hosted-runners#list-self-hosted-runners-for-an-organization
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { pages } from './pages.ts';
import { type RawRunner, runnerFacts, runnerId, runnerRecord, selfHostedRunnerKind } from './runner.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /orgs/{org}/actions/runners';

export const selfHostedRunner = defineSurface<GitHubSession, RawRunner>({
  id: 'github.self_hosted_runner',
  title: 'Self-hosted runners of the organization',
  source: 'https://docs.github.com/rest/actions/self-hosted-runners',
  level: 'organization',
  kinds: [{ kind: selfHostedRunnerKind, facts: runnerFacts }],
  operations: [{ call: route, permission: 'organization_self_hosted_runners:read' }],
  list: ({ client, organization }: GitHubSession, { signal }: Look) =>
    pages<RawRunner>(client, { route, parameters: { org: organization.login }, field: 'runners' }, signal),
  normalize,
});

function normalize(runner: RawRunner, { session, observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const { organization } = session;
  const record = runnerRecord(runner, {
    id: `organizations/${organization.id}/actions/runners/${runnerId(runner)}`,
    scope: `organization/${organization.login}`,
    owners: [],
    tags: {},
    evidence: [{ operation: route, observedAt, fields: ['name', 'status'] }],
  });
  return [record];
}
