// https://docs.github.com/rest/actions/secrets#list-organization-secrets
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { credential } from '../../src/model/credential.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { type Unsure, moment, text } from './field.ts';
import { pages } from './pages.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /orgs/{org}/actions/secrets';

export const actionsSecret = defineKind({
  id: 'github.actions_secret',
  title: 'Actions secret',
  record: 'credential',
  proves: 'Whatever its value opens; workflows of the repositories that see it can use it.',
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: { seen: ['the value no longer works where it was issued', 'gone from the secrets of the organization'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

export type OrganizationSecret = RestEndpointMethodTypes['actions']['listOrgSecrets']['response']['data']['secrets'][number];
type Raw = Unsure<OrganizationSecret> | null;

export const organizationActionsSecret = defineSurface<GitHubSession, Raw>({
  id: 'github.organization_actions_secret',
  title: 'Actions secrets of the organization',
  source: 'https://docs.github.com/rest/actions/secrets',
  level: 'organization',
  kinds: [{ kind: actionsSecret, facts: { createdAt: 'exposed', rotatedAt: 'exposed', expiresAt: 'never', notBefore: 'never' } }],
  operations: [{ call: route, permission: 'organization_secrets:read' }],
  list: ({ client, organization }: GitHubSession, { signal }: Look) =>
    pages<Raw>(client, { route, parameters: { org: organization.login }, field: 'secrets' }, signal),
  normalize,
});

/** Names of secrets cannot be changed, so a name is an id within its organization. */
function normalize(item: Raw, { session, observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const name = text(item?.name, 'name');
  const visibility = visibilities[String(item?.visibility)];
  const { organization } = session;
  const missing = unknown('malformed-response', 'no timestamp where the API always sends one');
  const record = credential({
    id: `organizations/${organization.id}/actions/secrets/${name}`,
    kind: actionsSecret.id,
    provider: 'github',
    scope: `organization/${organization.login}`,
    name,
    status: 'active',
    managedBy: 'customer',
    identity: absent(),
    createdAt: moment(item?.created_at, missing),
    // Set by every write, also of the same value: the value is at least as old as this.
    rotatedAt: moment(item?.updated_at, missing),
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered', 'GitHub does not know what the value opens'),
    ...(visibility === undefined ? {} : { privileges: [`used by workflows of ${visibility}`] }),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [{ operation: route, observedAt, fields: ['name', 'createdAt', 'rotatedAt'] }],
    details: typeof item?.visibility === 'string' ? { visibility: item.visibility } : {},
  });
  return [record];
}

const visibilities: Readonly<Record<string, string>> = {
  all: 'all repositories',
  private: 'all private repositories',
  selected: 'selected repositories',
};
