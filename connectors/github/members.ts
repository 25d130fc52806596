// https://docs.github.com/graphql/reference/objects#organizationmemberconnection
import { accountId } from './account-id.ts';
import { type Shown, acrossOrganizations } from './across-organizations.ts';
import { type Unsure, text } from './field.ts';
import { type PageInfo, graphqlPages, nodesIn } from './graphql-pages.ts';
import { NotGrantedError } from './not-granted.ts';
import { oncePerSession } from './once-per-session.ts';
import { type ReadThrough, readThrough } from './read-through.ts';
import type { GitHubSession } from './session.ts';

export const membersOperation = 'graphql:Members';
export const membersQuery =
  'query Members($org: String!, $after: String) { viewer { login } organization(login: $org) { viewerIsAMember membersWithRole(first: 100, after: $after) { edges { role hasTwoFactorEnabled node { databaseId login createdAt } } pageInfo { hasNextPage endCursor } } } }';

type Edge = { role: string; hasTwoFactorEnabled: boolean; node: { databaseId: number; login: string; createdAt: string } };
type Answer = Unsure<{
  viewer: { login: string };
  organization: { viewerIsAMember: boolean; membersWithRole: { edges: Edge[]; pageInfo: PageInfo } };
}>;
export type Member = Unsure<Edge> | null;
/** `broke` also where the rest was left out without a word. */
export type Members = ReadThrough<Member>;

/** All members of an organization, as far as they are shown. */
export const membersOf = oncePerSession(async (session: GitHubSession, signal): Promise<Members> => {
  const concealed: unknown[] = [];
  async function* edges(): AsyncGenerator<readonly Member[]> {
    const request = { query: membersQuery, variables: { org: session.organization.login } };
    const listed = graphqlPages<Answer>(session.client, request, (each) => each.organization?.membersWithRole?.pageInfo, signal);
    for await (const answer of listed) {
      if (seesPublicOnly(answer, session)) concealed.push(answer);
      yield nodesIn(answer.organization?.membersWithRole?.edges, 'members');
    }
  }
  const read = await readThrough(edges());
  return read.broke || concealed.length === 0 ? read : { ...read, broke: { error: onlyPublic } };
});

const onlyPublic = new NotGrantedError('only members who chose to be public are shown to a login from outside', ['members:read']);

/** An organization shows others than its members and its Apps a part of the list only, and does not say so. */
function seesPublicOnly({ viewer, organization }: Answer, { login }: GitHubSession): boolean {
  if (login === 'app') return false;
  const viewerLogin = text(viewer?.login, 'viewer');
  return viewerLogin === 'github-actions[bot]' || (!viewerLogin.endsWith('[bot]') && organization?.viewerIsAMember === false);
}

/** Members by number, each with the organizations of this run that have it. */
export const membersEverywhere = oncePerSession(
  (session: GitHubSession, signal): Promise<ReadonlyMap<string, readonly Shown<Member>[]>> =>
    acrossOrganizations(
      session,
      (peer) => membersOf(peer, signal),
      (member) => member?.node?.databaseId,
    ),
);

/** Numbers of the members by login, for lists that name the login only. Rejects where the list could not be read. */
export async function idsByLogin(session: GitHubSession, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const { items, broke } = await membersOf(session, signal);
  if (broke) throw broke.error;
  return new Map(
    items.map((member) => [
      text(member?.node?.login, 'login').toLowerCase(),
      accountId(session.instance, member?.node?.databaseId, 'databaseId'),
    ]),
  );
}
