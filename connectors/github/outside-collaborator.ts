// https://docs.github.com/rest/orgs/outside-collaborators#list-outside-collaborators-for-an-organization
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { accountId } from './account-id.ts';
import { type Shown, acrossOrganizations, isFirst } from './across-organizations.ts';
import { type Unsure, text } from './field.ts';
import { machineUserGuess } from './machine-user.ts';
import { memberKind } from './member.ts';
import { oncePerSession } from './once-per-session.ts';
import { pages } from './pages.ts';
import { readThrough } from './read-through.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /orgs/{org}/outside_collaborators';

export const outsideCollaboratorKind = defineKind({
  id: 'github.outside_collaborator',
  title: 'Outside collaborator',
  record: 'identity',
  proves: 'Signs in from outside the organization, and reaches the repositories that were shared with the account.',
  remedy: { delete: 'gh api --method DELETE /orgs/{scope.organization}/outside_collaborators/{name}' },
  traits: memberKind.traits,
});

export type OutsideCollaborator = RestEndpointMethodTypes['orgs']['listOutsideCollaborators']['response']['data'][number];
type Item = Unsure<OutsideCollaborator> | null;
type Raw = { readonly user: Item; readonly shown: readonly Shown<Item>[] };

export const outsideCollaborator = defineSurface<GitHubSession, Raw>({
  id: 'github.outside_collaborator',
  title: 'Outside collaborators of the organization',
  source: 'https://docs.github.com/rest/orgs/outside-collaborators',
  level: 'organization',
  kinds: [{ kind: outsideCollaboratorKind, facts: { expiresAt: 'never', owner: 'exposed' } }],
  operations: [{ call: route, permission: 'members:read' }],
  list,
  normalize,
});

const collaboratorsOf = oncePerSession(({ client, organization }: GitHubSession, signal) =>
  readThrough(pages<Item>(client, { route, parameters: { org: organization.login } }, signal)),
);

async function* list(session: GitHubSession, { signal }: Look): AsyncGenerator<readonly Raw[]> {
  const everywhere = await acrossOrganizations(
    session,
    (peer) => collaboratorsOf(peer, signal),
    (user) => user?.id,
  );
  const own = await collaboratorsOf(session, signal);
  for (const page of own.pages) {
    yield page.flatMap((user) => {
      const shown = everywhere.get(String(user?.id)) ?? [];
      return isFirst(shown, session) ? [{ user, shown }] : [];
    });
  }
  if (own.broke) throw own.broke.error;
}

function normalize({ user, shown }: Raw, { session, observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const login = text(user?.login, 'login');
  const guess = machineUserGuess(login, { type: user?.type });
  const record = identity({
    id: accountId(session.instance, user?.id, 'id'),
    kind: outsideCollaboratorKind.id,
    provider: 'github',
    scope: `organization/${session.organization.login}`,
    name: login,
    status: 'active',
    managedBy: 'customer',
    createdAt: unknown('not-offered', 'the list of outside collaborators has no dates'),
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered', 'what an outside collaborator reaches is spread over repositories'),
    privileges: shown.map(({ organization }) => `outside collaborator of ${organization}`),
    // Outside collaborators do not sign in through the identity provider of the organization.
    owners: [{ role: 'technical', ref: login, by: 'login of the account' }],
    tags: {},
    evidence: [{ operation: route, observedAt, fields: ['name', 'owners', 'details'] }],
    details: guess === undefined ? {} : { machineUser: guess },
  });
  return [record];
}
