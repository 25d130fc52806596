import type { Look } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { type Fact } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { accountId } from './account-id.ts';
import { emailsOf, ownerOf } from './account-owner.ts';
import { isFirst } from './across-organizations.ts';
import { text } from './field.ts';
import type { KeyHolder } from './gpg-key.ts';
import { type Member, membersEverywhere, membersOf } from './members.ts';
import { pages } from './pages.ts';
import { readThrough } from './read-through.ts';
import type { Emails } from './saml-identities.ts';
import type { GitHubSession } from './session.ts';

export type MemberKey<Key> = { readonly key: Key; readonly member: Member; readonly emails: Fact<Emails> };

/** The public keys of one sort of each member, a page a member. Somebody whose keys cannot be read is a gap; a list of members that breaks off ends the surface. */
export async function* memberKeys<Key>(session: GitHubSession, route: string, look: Look): AsyncGenerator<readonly MemberKey<Key>[]> {
  const emails = await emailsOf(session, look);
  const everywhere = await membersEverywhere(session, look.signal);
  const { items, broke } = await membersOf(session, look.signal);
  // The keys of the account that the settings name are seen, and better, by itself.
  const alone = session.settings.account?.toLowerCase();
  const own = items.filter(
    (member) => isFirst(everywhere.get(String(member?.node?.databaseId)), session) && String(member?.node?.login).toLowerCase() !== alone,
  );
  const keysOf = async (member: Member) => {
    const parameters = { username: text(member?.node?.login, 'login') };
    return { member, ...(await readThrough(pages<Key>(session.client, { route, parameters }, look.signal))) };
  };
  for await (const { member, items: keys, broke: refused } of fanOut(own, 10, keysOf)) {
    look.signal.throwIfAborted();
    if (keys.length > 0) yield keys.map((key) => ({ key, member, emails }));
    if (refused) look.gap(`user/${text(member?.node?.login, 'login')}`, refused.error);
  }
  if (broke) throw broke.error;
}

export function holderOf(
  { member, emails }: MemberKey<unknown>,
  session: GitHubSession,
  operation: string,
  observedAt: Instant,
): KeyHolder {
  const identity = accountId(session.instance, member?.node?.databaseId, 'databaseId');
  const login = text(member?.node?.login, 'login');
  const scope = `organization/${session.organization.login}`;
  return {
    instance: session.instance,
    scope,
    identity,
    owners: ownerOf({ login, id: identity }, emails, 'user of the key'),
    operation,
    observedAt,
  };
}
