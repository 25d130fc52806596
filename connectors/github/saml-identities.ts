// https://docs.github.com/graphql/reference/objects#externalidentity
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, absent, known } from '../../src/model/fact.ts';
import { accountId } from './account-id.ts';
import { type Unsure, listed } from './field.ts';
import { type PageInfo, graphqlPages, nodesIn } from './graphql-pages.ts';
import { NotGrantedError } from './not-granted.ts';
import { oncePerSession } from './once-per-session.ts';
import type { GitHubSession } from './session.ts';

/** E-mail addresses that the identity provider gave for accounts. Logins change, numbers do not, so the number is asked first. */
export type Emails = { readonly byId: ReadonlyMap<string, string>; readonly byLogin: ReadonlyMap<string, string> };

const provider =
  'samlIdentityProvider { externalIdentities(first: 100, after: $after) { nodes { user { databaseId login } samlIdentity { nameId emails { value primary } } scimIdentity { username emails { value primary } } } pageInfo { hasNextPage endCursor } } }';
export const samlQuery = `query SamlIdentities($org: String!, $after: String) { holder: organization(login: $org) { viewerCanAdminister ${provider} } }`;
// The provider of an enterprise is shown to its owners only. https://docs.github.com/graphql/reference/objects#enterpriseownerinfo
export const enterpriseSamlQuery = `query SamlIdentities($org: String!, $after: String) { enterprise(slug: $org) { viewerIsAdmin holder: ownerInfo { ${provider} } } }`;

type Email = { value: string; primary: boolean };
type External = {
  user: { databaseId: number; login: string };
  samlIdentity: { nameId: string; emails: Email[] };
  scimIdentity: { username: string; emails: Email[] };
};
type Holder = {
  viewerCanAdminister: boolean;
  samlIdentityProvider: { externalIdentities: { nodes: External[]; pageInfo: PageInfo } };
};
type Answer = Unsure<{ holder: Holder; enterprise: { holder: Holder } }>;

/** Absent: there is no single sign-on. Rejects where that cannot be told, or the list breaks off. */
export const samlIdentities = oncePerSession(async (session: GitHubSession, signal): Promise<Fact<Emails>> => {
  const { organization, settings } = session;
  const own = await read(session, { query: samlQuery, variables: { org: organization.login } }, signal);
  if (own.state === 'known' || settings.enterprise === undefined) return own;
  return read(session, { query: enterpriseSamlQuery, variables: { org: settings.enterprise } }, signal);
});

async function read(
  { client, instance, permissions }: GitHubSession,
  request: { readonly query: string; readonly variables: Readonly<Record<string, string>> },
  signal: AbortSignal,
): Promise<Fact<Emails>> {
  const byId = new Map<string, string>();
  const byLogin = new Map<string, string>();
  const holderOf = (answer: Answer) => answer.holder ?? answer.enterprise?.holder;
  // Null where there is none, and where the login may not see it.
  const pageOf = (answer: Answer) => {
    const saml = holderOf(answer)?.samlIdentityProvider;
    return saml === null || saml === undefined ? null : saml.externalIdentities?.pageInfo;
  };
  for await (const answer of graphqlPages<Answer>(client, request, pageOf, signal)) {
    const holder = holderOf(answer);
    if (holder?.samlIdentityProvider === undefined) throw new MalformedError('an organization without a word on single sign-on');
    if (holder.samlIdentityProvider === null) {
      const mayLook = permissions === undefined ? holder.viewerCanAdminister === true : permissions['members'] !== undefined;
      if (mayLook) return absent();
      throw new NotGrantedError('GitHub shows SAML identities to owners, and to Apps that may read members', ['members:read']);
    }
    for (const node of nodesIn(holder.samlIdentityProvider.externalIdentities?.nodes, 'SAML identities')) {
      const email = emailOf(node);
      // A seat that nobody has linked to an account yet.
      if (email === undefined || !node?.user) continue;
      byId.set(accountId(instance, node.user.databaseId, 'databaseId'), email);
      if (typeof node.user.login === 'string') byLogin.set(node.user.login.toLowerCase(), email);
    }
  }
  return known({ byId, byLogin });
}

function emailOf(node: Unsure<External> | null): string | undefined {
  const saml = node?.samlIdentity;
  const scim = node?.scimIdentity;
  return [primary(saml?.emails), saml?.nameId, primary(scim?.emails), scim?.username].find(
    (each): each is string => typeof each === 'string' && /^[^\s@<>]+@[^\s@<>]+$/.test(each),
  );
}

function primary(emails: Unsure<Email[]> | null | undefined): unknown {
  const list = listed(emails);
  return (list.find((each) => each?.primary === true) ?? list[0])?.value;
}
