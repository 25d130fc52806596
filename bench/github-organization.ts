import { createHash } from 'node:crypto';
import type { WireRequest, WireResponse } from '../src/connector/wire.ts';

/** How many repositories there are, and how many of them hold what: a deploy key, an environment, a webhook. */
export type OrganizationSize = {
  readonly repositories: number;
  readonly deployKeys: number;
  readonly environments: number;
  readonly webhooks: number;
};
export type Stub = { answer(request: WireRequest): WireResponse; rotateToken(): void };

const made = '2025-03-01T08:00:00Z';
const api = 'https://api.github.com';
const pageSize = 100;

/** An organization of a given size that answers what it is asked, page by page, with ETags that vary with the token as GitHub's do. */
export function gitHubOrganization(size: OrganizationSize): Stub {
  let token = 1;
  const answer = (request: WireRequest): WireResponse => {
    if (request.method === 'POST')
      return request.url.endsWith('/graphql') ? json(indexPage(size, request.body ?? '')) : json(tokenOf(token), 201);
    const { body, link } = listed(size, new URL(request.url));
    const text = JSON.stringify(body);
    const varies = `${request.headers['accept'] ?? ''}:${request.headers['authorization'] ?? ''}:`;
    const etag = `"${createHash('sha256').update(varies).update(text).digest('hex')}"`;
    if (request.headers['if-none-match'] === etag) return { status: 304, headers: { etag }, body: '' };
    return { ...json(text), headers: { 'content-type': 'application/json', etag: `W/${etag}`, ...(link === undefined ? {} : { link }) } };
  };
  return {
    answer,
    rotateToken() {
      token += 1;
    },
  };
}

function json(body: unknown, status = 200): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

function tokenOf(number: number) {
  const granted = [
    'actions administration agent_secrets dependabot_secrets environments metadata organization_administration organization_agent_secrets',
    'organization_codespaces_secrets organization_custom_properties organization_dependabot_secrets organization_hooks',
    'organization_private_registries organization_secrets organization_self_hosted_runners repository_hooks secrets',
  ].flatMap((line) => line.split(' '));
  return {
    token: `token-${String(number)}`,
    expires_at: '2099-01-01T00:00:00Z',
    permissions: Object.fromEntries(granted.map((name) => [name, 'read'])),
    repository_selection: 'all',
  };
}

/** The repository's number and name, from 1. */
function repositoriesOn(page: number, { repositories }: OrganizationSize): readonly number[] {
  const first = (page - 1) * pageSize + 1;
  return Array.from({ length: Math.max(0, Math.min(pageSize, repositories - first + 1)) }, (_, index) => first + index);
}

function indexPage(size: OrganizationSize, body: string): unknown {
  const { variables } = JSON.parse(body) as { readonly variables: { readonly after: string | null } };
  const page = variables.after === null ? 1 : Number(variables.after);
  const numbers = repositoriesOn(page, size);
  const named = <T>(more: (number: number) => T) => ({
    nodes: numbers.map((number) => ({ nameWithOwner: `acme/r${String(number)}`, ...more(number) })),
  });
  const hasNextPage = page * pageSize < size.repositories;
  const organization = {
    repositories: {
      ...named((number) => ({ databaseId: number, isArchived: number % 10 === 0, isDisabled: false })),
      pageInfo: { hasNextPage, endCursor: String(page + 1) },
    },
    counts: named((number) => ({ deployKeys: { totalCount: number <= size.deployKeys ? 1 : 0 } })),
    environments: named((number) => ({
      environments: { nodes: number <= size.environments ? [{ name: 'production' }] : [], pageInfo: { hasNextPage: false } },
    })),
  };
  return { data: { organization } };
}

type Page = { readonly body: unknown; readonly link?: string };

function listed(size: OrganizationSize, { pathname, searchParams }: URL): Page {
  if (pathname === '/orgs/acme/installation') return { body: { id: 4242 } };
  if (pathname === '/orgs/acme') return { body: { login: 'acme', id: 1 } };
  if (pathname.endsWith('/properties/values')) return properties(size, Number(searchParams.get('page') ?? 1));
  if (pathname.endsWith('/deliveries')) return { body: [{ id: 1, delivered_at: '2026-11-20T08:00:00Z' }] };
  const number = Number(/^\/repos\/acme\/r(\d+)\//.exec(pathname)?.[1] ?? 0);
  if (pathname.endsWith('/hooks')) return { body: number <= size.webhooks ? [webhook(number)] : [] };
  if (pathname.endsWith('/keys')) return { body: [deployKey(number)] };
  if (pathname.endsWith('/private-registries')) return { body: { total_count: 0, configurations: [] } };
  if (pathname.endsWith('runners')) return { body: { total_count: 0, runners: [] } };
  if (pathname.endsWith('/secrets')) return { body: secrets(number) };
  throw new Error(`the stub has no answer to ${pathname}`);
}

function properties(size: OrganizationSize, page: number): Page {
  const body = repositoriesOn(page, size).map((number) => ({
    repository_id: number,
    repository_name: `r${String(number)}`,
    repository_full_name: `acme/r${String(number)}`,
    properties: [{ property_name: 'owner', value: `team-${String(number % 40)}` }],
  }));
  if (page * pageSize >= size.repositories) return { body };
  return { body, link: `<${api}/organizations/1/properties/values?per_page=100&page=${String(page + 1)}>; rel="next"` };
}

function secrets(number: number): unknown {
  const names = number % 3 === 0 ? [] : ['DEPLOY_TOKEN'];
  return { total_count: names.length, secrets: names.map((name) => ({ name, created_at: made, updated_at: made, visibility: 'private' })) };
}

function webhook(number: number): unknown {
  const config = { url: `https://ci.example/hooks/${String(number)}`, content_type: 'json', insecure_ssl: '0', secret: '********' };
  return { id: number + 1, name: 'web', active: true, events: ['push'], config, created_at: made, updated_at: made };
}

function deployKey(number: number): unknown {
  const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f';
  return { id: number, key, title: 'ci', read_only: true, created_at: made, added_by: 'dana', last_used: made, enabled: true };
}
