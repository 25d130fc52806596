// https://docs.github.com/graphql/reference/objects#organization
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';
import { accountId } from './account-id.ts';
import { emailsOf, ownerOf } from './account-owner.ts';
import { isFirst } from './across-organizations.ts';
import { moment, text } from './field.ts';
import { machineUserGuess } from './machine-user.ts';
import { type Member, membersEverywhere, membersOf, membersOperation } from './members.ts';
import { type Emails, samlIdentities } from './saml-identities.ts';
import type { GitHubSession } from './session.ts';

const samlOperation = 'graphql:SamlIdentities';

export const memberKind = defineKind({
  id: 'github.member',
  title: 'Member of an organization',
  record: 'identity',
  proves: 'Signs in as a person or machine user, and reaches what the organization, its teams and repositories gave to the account.',
  remedy: { delete: 'gh api --method DELETE /orgs/{scope.organization}/members/{name}' },
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['gone from the members of the organization', 'gone from its outside collaborators'], tokensLive: null },
    // Whoever is removed loses what the organization let in; what the account put into repositories stays there.
    takesWith: ['github.fine_grained_pat', 'github.fine_grained_pat_request', 'github.classic_pat', 'github.ssh_key', 'github.oauth_token'],
    leavesBehind: ['github.deploy_key', 'github.webhook', 'github.actions_secret', 'github.app_installation'],
  },
});

type Role = { readonly organization: string; readonly role: string };
type Raw = { readonly member: Member; readonly roles: readonly Role[]; readonly emails: Fact<Emails> };

export const member = defineSurface<GitHubSession, Raw>({
  id: 'github.member',
  title: 'Members of the organization',
  source: 'https://docs.github.com/graphql/reference/objects#organizationmemberconnection',
  level: 'organization',
  kinds: [{ kind: memberKind, facts: { createdAt: 'exposed', expiresAt: 'never', privilege: 'exposed', owner: 'exposed' } }],
  operations: [
    { call: membersOperation, permission: 'members:read', fields: { createdAt: 'createdAt' } },
    { call: samlOperation, permission: 'members:read', facts: ['owner'] },
  ],
  list,
  normalize,
});

/** Somebody in several organizations is one account: given once, with the role in each. */
async function* list(session: GitHubSession, look: Look): AsyncGenerator<readonly Raw[]> {
  const [saml] = await Promise.allSettled([samlIdentities(session, look.signal)]);
  if (saml.status === 'rejected') look.gap(`organization/${session.organization.login}/SAML identities`, saml.reason);
  const emails = await emailsOf(session, look);
  const everywhere = await membersEverywhere(session, look.signal);
  const { pages, broke } = await membersOf(session, look.signal);
  for (const page of pages) {
    yield page.flatMap((each) => {
      const shown = everywhere.get(String(each?.node?.databaseId));
      const roles = (shown ?? []).map(({ organization, item }) => ({ organization, role: String(item?.role) }));
      return isFirst(shown, session) ? [{ member: each, roles, emails }] : [];
    });
  }
  if (broke) throw broke.error;
}

function normalize({ member: item, roles, emails }: Raw, { session, observedAt }: Seen<GitHubSession>): readonly InventoryRecord[] {
  const id = accountId(session.instance, item?.node?.databaseId, 'databaseId');
  const login = text(item?.node?.login, 'login');
  const hasSamlIdentity = emails.state === 'known' ? emails.value.byId.has(id) : undefined;
  const guess = machineUserGuess(login, hasSamlIdentity === undefined ? {} : { hasSamlIdentity });
  const record = identity({
    id,
    kind: memberKind.id,
    provider: 'github',
    scope: `organization/${session.organization.login}`,
    name: login,
    status: 'active',
    managedBy: 'customer',
    createdAt: moment(item?.node?.createdAt, unknown('malformed-response', 'no createdAt')),
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    purpose: unknown('not-offered'),
    privilege: privilegeOf(roles),
    privileges: roles.map(({ organization, role }) => `${roleNames[role] ?? role} of ${organization}`),
    owners: ownerOf({ login, id }, emails, 'login of the account'),
    tags: {},
    evidence: [
      { operation: membersOperation, observedAt, fields: ['name', 'createdAt', 'privilege', 'details'] },
      ...(hasSamlIdentity === true ? [{ operation: samlOperation, observedAt, fields: ['owners'] }] : []),
    ],
    details: {
      ...(typeof item?.hasTwoFactorEnabled === 'boolean' ? { twoFactor: item.hasTwoFactorEnabled ? 'on' : 'off' } : {}),
      ...(guess === undefined ? {} : { machineUser: guess }),
    },
  });
  return [record];
}

const roleNames: Readonly<Record<string, string>> = { ADMIN: 'owner', MEMBER: 'member' };

function privilegeOf(roles: readonly Role[]): Fact<PrivilegeLevel> {
  if (roles.some(({ role }) => role === 'ADMIN')) return known('admin');
  return unknown('not-offered', 'what a member reaches is spread over teams and repositories');
}
