// https://docs.github.com/rest/actions/hosted-runners#list-github-hosted-runners-for-an-organization
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Unsure, moment, numericId, text } from './field.ts';
import { pages } from './pages.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /orgs/{org}/actions/hosted-runners';

export const hostedRunnerKind = defineKind({
  id: 'github.hosted_runner',
  title: 'GitHub-hosted runner',
  record: 'identity',
  proves: 'Takes jobs of workflows, with their secrets and tokens, on machines of GitHub that the organization pays for.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['gone from the hosted runners of the organization'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

export type HostedRunner = RestEndpointMethodTypes['actions']['listHostedRunnersForOrg']['response']['data']['runners'][number];
type Raw = Unsure<HostedRunner> | null;

export const hostedRunner = defineSurface<GitHubSession, Raw>({
  id: 'github.hosted_runner',
  title: 'GitHub-hosted runners of the organization',
  source: 'https://docs.github.com/rest/actions/hosted-runners',
  level: 'organization',
  kinds: [{ kind: hostedRunnerKind, facts: { lastUsedAt: 'exposed', expiresAt: 'never' } }],
  operations: [{ call: route, permission: 'organization_administration:read', fields: { status: 'status', lastUsedAt: 'last_active_on' } }],
  list: ({ client, organization }: GitHubSession, { signal }: Look) =>
    pages<Raw>(client, { route, parameters: { org: organization.login }, field: 'runners' }, signal),
  normalize,
});

function normalize(runner: Raw, { session, observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const { organization } = session;
  const record = identity({
    id: `organizations/${organization.id}/actions/hosted-runners/${numericId(runner?.id, 'id')}`,
    kind: hostedRunnerKind.id,
    provider: 'github',
    scope: `organization/${organization.login}`,
    name: text(runner?.name, 'name'),
    status: runner?.status === 'Deleting' ? 'pending-deletion' : 'active',
    managedBy: 'customer',
    createdAt: unknown('not-offered'),
    // Left out by older servers, and null before its first job.
    lastUsedAt: runner?.last_active_on === undefined ? unknown('not-offered') : moment(runner.last_active_on, absent()),
    expiresAt: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered', 'it reaches what the workflows reach whose jobs it takes'),
    owners: [],
    tags: {},
    evidence: [{ operation: route, observedAt, fields: ['name', 'status', 'lastUsedAt'] }],
    details: {
      ...(typeof runner?.status === 'string' ? { state: runner.status } : {}),
      ...(typeof runner?.platform === 'string' ? { platform: runner.platform } : {}),
      ...(runner?.public_ip_enabled === true ? { publicIp: 'true' } : {}),
    },
  });
  return [record];
}
