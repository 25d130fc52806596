// https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs#list-saml-sso-authorizations-for-an-organization
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { type Instant, epoch } from '../../src/model/instant.ts';
import { placed } from './account-id.ts';
import { emailsOf, ownerOf } from './account-owner.ts';
import { acrossOrganizations, isFirst } from './across-organizations.ts';
import { type LastRequests, classicTokenUse, userStats } from './api-insights.ts';
import { type Unsure, moment, numericId, text } from './field.ts';
import { idsByLogin, membersOperation } from './members.ts';
import { NotEnabledError } from './not-granted.ts';
import { oncePerSession } from './once-per-session.ts';
import { pages } from './pages.ts';
import { scopeReach } from './reach.ts';
import { readThrough } from './read-through.ts';
import { classify } from './refusal.ts';
import type { Emails } from './saml-identities.ts';
import type { GitHubSession } from './session.ts';
import { reachOfUser } from './ssh-key.ts';
import { appUserToken, classicPat, oauthToken, sshKey } from './user-credentials.ts';

const route = 'GET /orgs/{org}/credential-authorizations';
const kinds = { 'personal access token': classicPat, 'SSH key': sshKey, 'OAuth app token': oauthToken, 'GitHub app token': appUserToken };

/** As documented for Enterprise Cloud; Octokit's own types leave it out. `token_last_eight` is not taken. */
export type CredentialAuthorization = {
  readonly login: string;
  readonly credential_id: number;
  readonly credential_type: string;
  readonly credential_authorized_at: string;
  readonly credential_accessed_at: string | null;
  readonly authorized_credential_id: number | null;
  readonly scopes?: readonly string[];
  readonly fingerprint?: string;
  readonly authorized_credential_title?: string | null;
  readonly authorized_credential_note?: string | null;
  readonly authorized_credential_expires_at?: string | null;
};
type Item = Unsure<CredentialAuthorization> | null;
type Raw = {
  readonly authorization: Item;
  readonly organizations: readonly string[];
  readonly ids: Fact<ReadonlyMap<string, string>>;
  readonly emails: Fact<Emails>;
  readonly use: Fact<LastRequests>;
};

const tokenFacts = { lastUsedAt: 'exposed', expiresAt: 'exposed', notBefore: 'never', privilege: 'exposed', owner: 'exposed' } as const;

export const credentialAuthorization = defineSurface<GitHubSession, Raw>({
  id: 'github.credential_authorization',
  title: 'Classic tokens, SSH keys and app tokens authorized for single sign-on',
  source: 'https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs#list-saml-sso-authorizations-for-an-organization',
  level: 'organization',
  kinds: [
    { kind: classicPat, facts: tokenFacts },
    { kind: sshKey, facts: { lastUsedAt: 'exposed', expiresAt: 'never', notBefore: 'never', fingerprint: 'exposed', owner: 'exposed' } },
    { kind: oauthToken, facts: tokenFacts },
    { kind: appUserToken, facts: tokenFacts },
  ],
  operations: [
    {
      call: route,
      permission: 'organization_administration:read',
      fields: { lastUsedAt: 'credential_accessed_at', expiresAt: 'authorized_credential_expires_at', privilege: 'scopes' },
    },
    { call: membersOperation, permission: 'members:read', facts: ['owner'] },
    { call: userStats, permission: 'organization_api_insights:read', facts: ['lastUsedAt'] },
  ],
  list,
  normalize,
});

const authorizationsOf = oncePerSession(async ({ client, organization, settings }: GitHubSession, signal) => {
  const { items, ...rest } = await readThrough(pages<Item>(client, { route, parameters: { org: organization.login } }, signal));
  // The SSH keys of the account that the settings name are seen, and better, by itself.
  const alone = settings.account?.toLowerCase();
  return { ...rest, items: items.filter((item) => item?.credential_type !== 'SSH key' || String(item.login).toLowerCase() !== alone) };
});

/** All pages before the first record: those of one login and sort must come together. One that several organizations let in is given once. */
async function* list(session: GitHubSession, look: Look): AsyncGenerator<readonly Raw[]> {
  const everywhere = await acrossOrganizations(
    session,
    (peer) => authorizationsOf(peer, look.signal),
    (item) => item?.authorized_credential_id ?? `authorization ${String(item?.credential_id)}`,
  );
  const ids = await look.learn(async () => known(await idsByLogin(session, look.signal)));
  const emails = await emailsOf(session, look);
  const { items, broke } = await authorizationsOf(session, look.signal);
  for (const group of Map.groupBy(items, (item) => `${String(item?.credential_type)} ${String(item?.login)}`).values()) {
    const use = await useOf(group, ids, session, look);
    yield group.flatMap((authorization) => {
      const shown = everywhere.get(
        String(authorization?.authorized_credential_id ?? `authorization ${String(authorization?.credential_id)}`),
      );
      const organizations = (shown ?? []).map(({ organization }) => organization);
      return isFirst(shown, session) ? [{ authorization, organizations, ids, emails, use }] : [];
    });
  }
  if (broke) throw await explained(broke.error, session, look, emails);
}

/** Asked only where the list has no last use of a classic token. */
async function useOf(group: readonly Item[], ids: Raw['ids'], session: GitHubSession, look: Look): Promise<Fact<LastRequests>> {
  const unused = group.find((item) => item?.credential_type === 'personal access token' && item.credential_accessed_at === null);
  const id = valueOf(ids)?.get(String(unused?.login).toLowerCase());
  if (!unused || id === undefined) return absent();
  return classicTokenUse(session, look, id.split('/').at(-1) ?? id);
}

/** Without single sign-on there is nothing to authorize; GitHub's answer then is the 404 of a missing permission. */
async function explained(error: unknown, session: GitHubSession, look: Look, emails: Raw['emails']): Promise<unknown> {
  const { items } = await authorizationsOf(session, look.signal);
  if (items.length > 0 || emails.state !== 'absent' || classify(error)?.why !== 'permission-denied') return error;
  return new NotEnabledError(
    `${session.organization.login} has no SAML single sign-on: GitHub then lists no tokens and keys of its members`,
  );
}

function normalize(
  { authorization: item, organizations, ids, emails, use }: Raw,
  { session, observedAt }: Seen<GitHubSession>,
): readonly InventoryRecord[] {
  const login = text(item?.login, 'login');
  const type = text(item?.credential_type, 'credential_type');
  const kind = (kinds as Readonly<Record<string, (typeof kinds)[keyof typeof kinds]>>)[type];
  if (!kind) throw new MalformedError(`a credential of an unknown type ${type.slice(0, 40)}`);
  const number = item?.authorized_credential_id ?? undefined;
  const id =
    number === undefined
      ? `authorization/${numericId(item?.credential_id, 'credential_id')}`
      : numericId(number, 'authorized_credential_id');
  const owner = ownerId(login, ids);
  const expiresAt = kind === sshKey ? absent() : expiryOf(item?.authorized_credential_expires_at);
  const authorizedAt = moment(item?.credential_authorized_at, absent());
  const grantOnly = unknown('not-offered', 'GitHub tells when it was authorized, not when it was made or renewed');
  const record = credential({
    id: placed(session.instance, id),
    kind: kind.id,
    provider: 'github',
    scope: `organization/${session.organization.login}`,
    name: nameOf(item, `${kind.title} ${id}`),
    status: expiresAt.state === 'known' && epoch(expiresAt.value) <= epoch(observedAt) ? 'expired' : 'active',
    managedBy: 'customer',
    identity: owner,
    createdAt: grantOnly,
    rotatedAt: grantOnly,
    lastUsedAt: lastUseOf(item, kind === classicPat ? use : absent(), id),
    expiresAt,
    notBefore: absent(),
    purpose: unknown('not-offered'),
    ...(kind === classicPat || kind === oauthToken ? scopeReach(item?.scopes) : { privilege: reachOfUser }),
    fingerprint: typeof item?.fingerprint === 'string' && kind === sshKey ? known(item.fingerprint) : unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: ownerOf({ login, ...(owner.state === 'known' ? { id: owner.value } : {}) }, emails, 'owner of the credential'),
    tags: {},
    evidence: [
      { operation: route, observedAt, fields: ['name', 'owners', 'lastUsedAt', 'expiresAt', 'privilege', 'fingerprint'] },
      ...(owner.state === 'known' ? [{ operation: membersOperation, observedAt, fields: ['identity'] }] : []),
    ],
    details: {
      authorizationId: numericId(item?.credential_id, 'credential_id'),
      ...(authorizedAt.state === 'known' ? { authorizedAt: authorizedAt.value } : {}),
      ...(organizations.length > 1 ? { organizations: organizations.join(', ') } : {}),
    },
  });
  return [record];
}

/** The list names logins; the number is with the members. A login that changed in between is nobody's. */
function ownerId(login: string, ids: Raw['ids']): Fact<string> {
  if (ids.state !== 'known') return ids.state === 'absent' ? unknown('not-offered') : ids;
  const id = ids.value.get(login.toLowerCase());
  return id === undefined ? unknown('not-offered', `no member has the login ${login}`) : known(id);
}

function nameOf(item: Item, otherwise: string): string {
  const given = [item?.authorized_credential_note, item?.authorized_credential_title].find(
    (each) => typeof each === 'string' && each.trim() !== '',
  );
  return given ?? otherwise;
}

/** Left out for what cannot expire, null for what does not. */
function expiryOf(expires: unknown): Fact<Instant> {
  return expires === undefined ? unknown('not-offered', 'GitHub sent no expiry') : moment(expires, absent());
}

/** Null is "may be never": believed only where the API insights have not seen it either, when they were asked. */
function lastUseOf(item: Item, use: Fact<LastRequests>, id: string): Fact<Instant> {
  const authorizedAt = moment(item?.credential_authorized_at, absent());
  if (item?.credential_accessed_at !== null || use.state === 'absent')
    return moment(item?.credential_accessed_at, absent(valueOf(authorizedAt)));
  if (use.state === 'unknown') return use;
  return use.value.get(id) ?? absent(valueOf(authorizedAt));
}
