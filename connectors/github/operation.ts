import type { WireRequest } from '../../src/connector/wire.ts';

/** The login: it asks who it is, which organizations there are, and for an installation's token, and for nothing that a surface declares. */
const logins = [
  /^\/user$/,
  /^\/orgs\/[^/]+$/,
  /^\/(?:orgs|enterprises)\/[^/]+\/installation$/,
  /^\/enterprises\/[^/]+\/apps\/installable_organizations$/,
  /^\/app\/installations\/[^/]+\/access_tokens$/,
];
const loginQueries: ReadonlySet<string> = new Set(['EnterpriseOrganizations']);

// Link headers name organizations and repositories by number, whatever was asked first.
const routes: readonly (readonly [RegExp, string])[] = [
  [/^\/(?:orgs|organizations)\/[^/]+(?=\/|$)/, '/orgs/{org}'],
  [/^\/repos\/[^/]+\/[^/]+(?=\/|$)/, '/repos/{owner}/{repo}'],
  [/^\/repositories\/[^/]+(?=\/|$)/, '/repos/{owner}/{repo}'],
  [/^\/users\/[^/]+(?=\/)/, '/users/{username}'],
  [/^\/user\/\d+(?=\/)/, '/users/{username}'],
  [/^\/apps\/[^/]+$/, '/apps/{app_slug}'],
  [/(?<=\/hooks)\/\d+(?=\/)/, '/{hook_id}'],
  [/(?<=\/environments)\/[^/]+(?=\/secrets$)/, '/{environment_name}'],
  [/(?<=\/insights\/api\/user-stats)\/\d+$/, '/{user_id}'],
];

/** `GET /orgs/{org}/actions/secrets`, or `graphql:RepositoryIndex` by the name of the query; '' for the login. */
export function operationOf({ method, url, body }: Pick<WireRequest, 'method' | 'url' | 'body'>): string {
  // GitHub Enterprise Server keeps its API below /api/v3, and GraphQL beside it.
  const path = new URL(url).pathname.replace(/^\/api(?:\/v3)?(?=\/)/, '');
  if (path === '/graphql') {
    const query = /\bquery\s+(\w+)/.exec(body ?? '')?.[1] ?? 'unnamed';
    return loginQueries.has(query) ? '' : `graphql:${query}`;
  }
  if (logins.some((login) => login.test(path))) return '';
  const route = routes.reduce((rest, [pattern, name]) => rest.replace(pattern, name), path);
  return `${method.toUpperCase()} ${route}`;
}
