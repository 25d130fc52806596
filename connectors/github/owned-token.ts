import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { Look, Seen } from '../../src/connector/contract.ts';
import type { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { accountId } from './account-id.ts';
import { emailsOf, ownerOf } from './account-owner.ts';
import { type Unsure, moment, text } from './field.ts';
import { pages } from './pages.ts';
import { tokenReach } from './reach.ts';
import { readThrough } from './read-through.ts';
import type { Emails } from './saml-identities.ts';
import type { GitHubSession } from './session.ts';

type Orgs = RestEndpointMethodTypes['orgs'];
export type PatGrant = Orgs['listPatGrants']['response']['data'][number];
export type PatRequest = Orgs['listPatGrantRequests']['response']['data'][number];

type Item = Unsure<PatGrant> | Unsure<PatRequest> | null;

/** A fine-grained token of somebody, let into the organization or asking to be. */
export type OwnedToken<Token extends Item> = { readonly token: Token; readonly emails: Fact<Emails> };

/** All pages before the first record: the list is in order of time, and the tokens of one owner must come together. */
export async function* tokensByOwner<Token extends Item>(
  session: GitHubSession,
  route: string,
  look: Look,
): AsyncGenerator<readonly OwnedToken<Token>[]> {
  const { client, organization } = session;
  const emails = await emailsOf(session, look);
  const parameters = { org: organization.login, sort: 'created_at', direction: 'asc' };
  const { items, broke } = await readThrough(pages<Token>(client, { route, parameters }, look.signal));
  for (const tokens of Map.groupBy(items, (token) => String(token?.owner?.id)).values()) yield tokens.map((token) => ({ token, emails }));
  if (broke) throw broke.error;
}

type Input = Parameters<typeof credential>[0];
type Own = 'id' | 'kind' | 'status' | 'createdAt' | 'rotatedAt' | 'purpose' | 'evidence' | 'details';

/** What is told alike of both sorts. `seenSince`: since when the organization could see a use of it; what it did before is not told. */
export function tokenParts(
  { token, emails }: OwnedToken<Item>,
  seenSince: Fact<Instant>,
  { session }: Pick<Seen<GitHubSession>, 'session'>,
): Omit<Input, Own> {
  const owner = { id: accountId(session.instance, token?.owner?.id, 'owner.id'), login: text(token?.owner?.login, 'owner.login') };
  return {
    provider: 'github',
    scope: `organization/${session.organization.login}`,
    name: text(token?.token_name, 'token_name'),
    managedBy: 'customer',
    identity: known(owner.id),
    lastUsedAt: moment(token?.token_last_used_at, absent(valueOf(seenSince))),
    expiresAt: moment(token?.token_expires_at, absent()),
    notBefore: absent(),
    ...tokenReach(token?.permissions),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: ownerOf(owner, emails, 'token owner'),
    tags: {},
  };
}

/** Display texts of both sorts: when access was granted or asked for, under that name, and to what. */
export function tokenDetails(token: Item, name: string, at: Fact<Instant>): Readonly<Record<string, string>> {
  return {
    ...(at.state === 'known' ? { [name]: at.value } : {}),
    ...(typeof token?.repository_selection === 'string' ? { repositories: token.repository_selection } : {}),
  };
}

export function statusOf(expired: unknown): 'active' | 'expired' | 'unknown' {
  if (typeof expired !== 'boolean') return 'unknown';
  return expired ? 'expired' : 'active';
}
