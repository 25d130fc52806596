// https://docs.github.com/actions/concepts/security/openid-connect, https://docs.github.com/actions/concepts/security/github_token
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { grant } from '../../src/model/grant.ts';
import { identity } from '../../src/model/identity.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { placed } from './account-id.ts';
import type { Unsure } from './field.ts';
import type { GitHubSession } from './session.ts';

const subjectRoute = 'GET /orgs/{org}/actions/oidc/customization/sub';
const tokenRoute = 'GET /orgs/{org}/actions/permissions/workflow';

const none = { seen: ['Actions are off in the organization'], tokensLive: '24h' } as const;

export const workflowKind = defineKind({
  id: 'github.workflow',
  title: 'Workflows of an organization',
  record: 'identity',
  proves: 'Act in their repository with a token of each run, and elsewhere with an OIDC token that names where they run.',
  traits: {
    expiry: 'never',
    rotation: 'automatic',
    proof: 'federated',
    revocation: none,
    takesWith: ['github.workflow_token_permission'],
    leavesBehind: [],
  },
});

export const workflowTokenKind = defineKind({
  id: 'github.workflow_token_permission',
  title: 'Default permission of the GITHUB_TOKEN',
  record: 'grant',
  proves: 'What a workflow may do in its repository where neither it nor the repository says otherwise.',
  traits: { expiry: 'never', rotation: 'none', proof: 'none', revocation: none, takesWith: [], leavesBehind: [] },
});

/** `use_immutable_subject` is younger than the types of Octokit. */
export type SubjectClaims = RestEndpointMethodTypes['oidc']['getOidcCustomSubTemplateForOrg']['response']['data'] & {
  readonly use_immutable_subject?: boolean;
};
export type TokenPermissions =
  RestEndpointMethodTypes['actions']['getGithubActionsDefaultWorkflowPermissionsOrganization']['response']['data'];
type Raw = { readonly subject: Unsure<SubjectClaims> | undefined } | { readonly token: Unsure<TokenPermissions> };

export const workflow = defineSurface<GitHubSession, Raw>({
  id: 'github.workflow',
  title: 'What workflows are by default: subject of their OIDC tokens, permission of the GITHUB_TOKEN',
  source: 'https://docs.github.com/rest/actions/oidc',
  level: 'organization',
  kinds: [
    { kind: workflowKind, facts: { expiresAt: 'never' } },
    { kind: workflowTokenKind, facts: { expiresAt: 'never', privilege: 'exposed' } },
  ],
  operations: [
    { call: subjectRoute, permission: 'organization_administration:read' },
    { call: tokenRoute, permission: 'organization_administration:read' },
  ],
  list,
  normalize,
});

/** Two settings, not lists. The identity is there also where its subject was not told. */
async function* list({ client, organization }: GitHubSession, look: Look): AsyncGenerator<readonly Raw[]> {
  const parameters = { org: organization.login, request: { signal: look.signal } };
  const [subject] = await Promise.allSettled([client.request(subjectRoute, parameters)]);
  if (subject.status === 'rejected') look.gap(`organization/${organization.login}/OIDC subject`, subject.reason);
  yield [{ subject: subject.status === 'fulfilled' ? subject.value.data : undefined }];
  yield [{ token: (await client.request(tokenRoute, parameters)).data }];
}

function normalize(raw: Raw, { session, observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const id = placed(session.instance, `organizations/${session.organization.id}/actions`);
  const around = {
    provider: 'github',
    scope: `organization/${session.organization.login}`,
    status: 'active',
    tags: {},
    owners: [],
  } as const;
  const plain = {
    createdAt: unknown('not-offered'),
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    purpose: unknown('not-offered'),
  } as const;
  if ('subject' in raw) {
    const record = identity({
      ...around,
      ...plain,
      id,
      kind: workflowKind.id,
      name: `workflows of ${session.organization.login}`,
      // GitHub makes and renews their tokens; what they run is the repositories' own.
      managedBy: 'service',
      privilege: unknown('not-offered', 'it depends on the workflow and on who trusts its OIDC token'),
      evidence: [{ operation: subjectRoute, observedAt, fields: ['details'] }],
      details: raw.subject ? subjectDetails(raw.subject) : {},
    });
    return [record];
  }
  const level = raw.token.default_workflow_permissions;
  if (level !== 'read' && level !== 'write') throw new MalformedError('settings of workflows without default_workflow_permissions');
  const record = grant({
    ...around,
    ...plain,
    id: `${id}/permissions/workflow`,
    kind: workflowTokenKind.id,
    name: `GITHUB_TOKEN: ${level}`,
    managedBy: 'customer',
    identity: known(id),
    permission: known(level),
    privilege: known(level),
    privileges: [
      `${level} in the repository of the workflow`,
      ...(raw.token.can_approve_pull_request_reviews === true ? ['approves pull requests'] : []),
    ],
    evidence: [{ operation: tokenRoute, observedAt, fields: ['permission', 'privilege'] }],
    details: {},
  });
  return [record];
}

function subjectDetails({
  include_claim_keys: keys,
  use_immutable_subject: immutable,
}: Unsure<SubjectClaims>): Readonly<Record<string, string>> {
  const claims = Array.isArray(keys) ? keys.filter((each) => typeof each === 'string') : [];
  return {
    ...(claims.length > 0 ? { oidcSubject: claims.join(', ') } : {}),
    // Without it, whoever takes over the name of a deleted repository takes over its subject.
    ...(typeof immutable === 'boolean' ? { oidcSubjectByNumber: immutable ? 'yes' : 'no' } : {}),
  };
}
