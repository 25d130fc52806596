import type { Look } from '../../src/connector/contract.ts';
import { type Fact, valueOf } from '../../src/model/fact.ts';
import type { OwnerClaim } from '../../src/model/owner.ts';
import { type Emails, samlIdentities } from './saml-identities.ts';
import type { GitHubSession } from './session.ts';

/** The person behind an account: by the address at the identity provider, which a roster knows, else by the login. */
export function ownerOf(
  account: { readonly login: string; readonly id?: string },
  emails: Fact<Emails>,
  by: string,
): readonly OwnerClaim[] {
  const known = valueOf(emails);
  const email = (account.id === undefined ? undefined : known?.byId.get(account.id)) ?? known?.byLogin.get(account.login.toLowerCase());
  if (email !== undefined) return [{ role: 'technical', ref: email, by: `SAML identity of ${account.login}` }];
  return [{ role: 'technical', ref: account.login, by }];
}

/** Not declared where it is asked: without it the login still names the same person, and the surface of members says that it was refused. */
export function emailsOf(session: GitHubSession, look: Look): Promise<Fact<Emails>> {
  return look.learn(() => samlIdentities(session, look.signal));
}
