import type { WireRequest } from '../../src/connector/wire.ts';

/** The login: it asks for the organization and for an installation's token, and for nothing that a surface declares. */
const logins = [/^\/orgs\/[^/]+$/, /^\/orgs\/[^/]+\/installation$/, /^\/app\/installations\/[^/]+\/access_tokens$/];

// Link headers name organizations and repositories by number, whatever was asked first.
const routes: readonly (readonly [RegExp, string])[] = [
  [/^\/(?:orgs|organizations)\/[^/]+(?=\/|$)/, '/orgs/{org}'],
  [/^\/repos\/[^/]+\/[^/]+(?=\/|$)/, '/repos/{owner}/{repo}'],
  [/^\/repositories\/[^/]+(?=\/|$)/, '/repos/{owner}/{repo}'],
];

/** `GET /orgs/{org}/actions/secrets`, or `graphql:RepositoryIndex` by the name of the query; '' for the login. */
export function operationOf({ method, url, body }: Pick<WireRequest, 'method' | 'url' | 'body'>): string {
  // GitHub Enterprise Server keeps its API below /api/v3, and GraphQL beside it.
  const path = new URL(url).pathname.replace(/^\/api(?:\/v3)?(?=\/)/, '');
  if (path === '/graphql') return `graphql:${/\bquery\s+(\w+)/.exec(body ?? '')?.[1] ?? 'unnamed'}`;
  if (logins.some((login) => login.test(path))) return '';
  const route = routes.reduce((rest, [pattern, name]) => rest.replace(pattern, name), path);
  return `${method.toUpperCase()} ${route}`;
}
