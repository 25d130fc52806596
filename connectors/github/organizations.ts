import { OperatorError } from '../../src/model/operator-error.ts';
import { type Network, newClient } from './client.ts';
import { type Unsure, numericId, text } from './field.ts';
import { type PageInfo, graphqlPages, nodesIn } from './graphql-pages.ts';
import type { Login } from './login.ts';
import { pages } from './pages.ts';
import { type ReadThrough, readThrough } from './read-through.ts';
import type { Settings } from './settings.ts';

/** `more` asks GitHub for the organizations of the enterprise. */
export type Organizations = {
  readonly first: readonly string[];
  readonly more?: (login: Login, network: Network) => Promise<ReadThrough<string>>;
};

/** The organizations that the settings mean. Throws OperatorError where they mean nothing at all. */
export function organizationsOf({ organizations = [], enterprise, account, server }: Settings): Organizations {
  if (organizations.length === 0 && enterprise === undefined && account === undefined && server === undefined) {
    throw new OperatorError('settings-missing', {
      message: 'no GitHub organization is named, and no enterprise, account or server',
      hint: 'list organizations under connectors.github.organizations',
    });
  }
  if (enterprise === undefined) return { first: organizations };
  return {
    first: organizations,
    more: (login, network) =>
      readThrough(login.by === 'app' ? toApp(enterprise, login, network) : toToken(enterprise, login.token, network)),
  };
}

export const organizationsQuery =
  'query EnterpriseOrganizations($enterprise: String!, $after: String) { enterprise(slug: $enterprise) { organizations(first: 100, after: $after, orderBy: {field: CREATED_AT, direction: ASC}) { nodes { login } pageInfo { hasNextPage endCursor } } } }';
type Answer = Unsure<{ enterprise: { organizations: { nodes: { login: string }[]; pageInfo: PageInfo } } }>;

/** https://docs.github.com/graphql/reference/objects#enterprise; a classic token needs `read:enterprise`. */
async function* toToken(enterprise: string, token: string, network: Network): AsyncGenerator<readonly string[]> {
  const client = await newClient(network, { auth: token });
  const request = { query: organizationsQuery, variables: { enterprise } };
  const listed = graphqlPages<Answer>(client, request, (answer) => answer.enterprise?.organizations?.pageInfo, network.signal);
  for await (const answer of listed)
    yield nodesIn(answer.enterprise?.organizations?.nodes, 'organizations').map((node) => text(node?.login, 'login'));
}

/** An App asks as its installation in the enterprise. https://docs.github.com/enterprise-cloud@latest/rest/enterprise-admin/organization-installations */
async function* toApp(
  enterprise: string,
  { id, privateKey }: Extract<Login, { by: 'app' }>,
  network: Network,
): AsyncGenerator<readonly string[]> {
  const { createAppAuth } = await import('@octokit/auth-app');
  const app = await newClient(network, { authStrategy: createAppAuth, auth: { appId: id, privateKey } });
  const installation = (await app.request('GET /enterprises/{enterprise}/installation', { enterprise })) as {
    readonly data: Unsure<{ id: number }>;
  };
  const installationId = Number(numericId(installation.data.id, 'id'));
  const client = await newClient(network, { authStrategy: createAppAuth, auth: { appId: id, privateKey, installationId } });
  const list = { route: 'GET /enterprises/{enterprise}/apps/installable_organizations', parameters: { enterprise } };
  for await (const page of pages<Unsure<{ login: string }> | null>(client, list, network.signal))
    yield page.map((each) => text(each?.login, 'login'));
}
