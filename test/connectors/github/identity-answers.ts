import type { WireRequest } from '../../../src/connector/wire.ts';
import { type Answer, type Answers, runSurface } from './answers.ts';

type Told = Answer | ((request: WireRequest) => Answer);

/** GraphQL answers by the name of the query; the members are `priya-larkspur` and there is no single sign-on, unless said otherwise. */
export function graphql(queries: Readonly<Record<string, Told>> = {}): Answers {
  const known: Readonly<Record<string, Told>> = { Members: members([priya]), SamlIdentities: noSaml, ...queries };
  return {
    'POST /graphql': (request) => {
      const name = /query (\w+)/.exec(request.body ?? '')?.[1] ?? '';
      const told = known[name];
      if (told === undefined) return { status: 500, body: { message: `the test has no answer to ${name}` } };
      return typeof told === 'function' ? told(request) : told;
    },
  };
}

type Edge = { readonly role: string; readonly hasTwoFactorEnabled: boolean | null; readonly node: object };
export const priya: Edge = {
  role: 'ADMIN',
  hasTwoFactorEnabled: true,
  node: { databaseId: 70110002, login: 'priya-larkspur', createdAt: '2014-09-02T07:21:44Z' },
};

export function memberNamed(login: string, databaseId: number, role = 'MEMBER'): Edge {
  return { role, hasTwoFactorEnabled: null, node: { databaseId, login, createdAt: '2020-01-01T00:00:00Z' } };
}

export function members(edges: readonly (Edge | null)[], around: { readonly viewer?: string; readonly isMember?: boolean } = {}): Answer {
  const pageInfo = { hasNextPage: false, endCursor: null };
  const { viewer = 'dana-okafor', isMember = true } = around;
  return {
    body: { data: { viewer: { login: viewer }, organization: { viewerIsAMember: isMember, membersWithRole: { edges, pageInfo } } } },
  };
}

export const noSaml: Answer = { body: { data: { holder: { viewerCanAdminister: true, samlIdentityProvider: null } } } };

export function saml(nodes: readonly (object | null)[]): Answer {
  const externalIdentities = { nodes, pageInfo: { hasNextPage: false, endCursor: null } };
  return { body: { data: { holder: { viewerCanAdminister: true, samlIdentityProvider: { externalIdentities } } } } };
}

export function linked(login: string, databaseId: number, email: string): object {
  return { user: { databaseId, login }, samlIdentity: { nameId: email, emails: [] }, scimIdentity: null };
}

export const denied: Answer = { status: 403, body: { message: 'Resource not accessible by personal access token' } };
export const forbidden: Answer = { body: { data: { holder: null }, errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible' }] } };

/** Runs a surface over GraphQL answers and a table of REST ones. */
export function look(
  surface: string,
  rest: Answers,
  queries: Readonly<Record<string, Told>> = {},
  ...more: Parameters<typeof runSurface> extends [unknown, unknown, ...infer More] ? More : never
) {
  return runSurface(surface, { ...graphql(queries), ...rest }, ...more);
}
