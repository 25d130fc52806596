import type { AuthClient } from 'google-auth-library';
import type { ConnectContext } from '../../src/connector/contract.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import type { Wire } from '../../src/connector/wire.ts';
import type { Json } from './answer.ts';
import { type Api, apis } from './api.ts';
import { type Quota, budgetOf, quotaOf } from './budget.ts';
import { pagesOf } from './pages.ts';
import type { Settings } from './settings.ts';
import { askJson } from './transport.ts';

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The only way to Google, for all places of a run: each quota has one budget, since it counts what the login asks, wherever. */
export type Reader = {
  /** One GET of `path`, which starts with the version: `v1/projects/p/secrets`. */
  get(api: Api, path: string, query: Query): Promise<Json>;
  /** A read that Google wants as a POST, such as `:getIamPolicy`. */
  post(api: Api, path: string, body: Json): Promise<Json>;
  /** All pages of the list in `field`. */
  pages(api: Api, path: string, field: string, query: Query): AsyncGenerator<readonly Json[]>;
  /** One GET at an address of its own, as those of regions. */
  getAt(api: Api, origin: string, path: string, query: Query): Promise<Json>;
  /** A GET that Google's IAM library wrote out: `/v2/policies/…`. */
  policy(quota: 'denials' | 'boundaries', address: string): Promise<Json>;
};

export function openReader(client: AuthClient, settings: Settings, context: ConnectContext): Reader {
  const wires = new Map<Quota, Wire>();
  const wireOf = (quota: Quota): Wire => {
    const wire = wires.get(quota) ?? context.wire(budgetOf(quota));
    wires.set(quota, wire);
    return wire;
  };
  const originOf = (api: Api): string => settings.endpoints?.[api] ?? apis[api];
  const getAt: Reader['getAt'] = (api, origin, path, query) =>
    askJson(client, wireOf(quotaOf(api, path)), { method: 'GET', url: addressOf(origin, path, query), signal: context.signal });
  const get: Reader['get'] = (api, path, query) => getAt(api, originOf(api), path, query);
  return {
    get,
    getAt,
    policy: (quota, address) =>
      askJson(client, wireOf(quota), {
        method: 'GET',
        url: new URL(`${originOf('iam').replace(/\/+$/, '')}${address}`),
        signal: context.signal,
      }),
    post: (api, path, body) =>
      askJson(client, wireOf(quotaOf(api, path)), {
        method: 'POST',
        url: addressOf(originOf(api), path, {}),
        body,
        signal: context.signal,
      }),
    pages: (api, path, field, query) => pagesOf(field, (pageToken) => get(api, path, { ...query, pageToken })),
  };
}

/** One name in a path: a slash in it would lead the request elsewhere. */
export function segment(name: string): string {
  if (name.includes('/')) throw new MalformedError('a name with a slash in it');
  return name;
}

/** Names come from answers: one that climbs out of its place would ask for something else. */
function addressOf(origin: string, path: string, query: Query): URL {
  const segments = path.split('/').map((segment) => {
    if (segment === '' || segment === '.' || segment === '..') throw new MalformedError('a resource name that is no path');
    return encodeURIComponent(segment).replaceAll('%3A', ':').replaceAll('%40', '@');
  });
  const url = new URL(`${origin.replace(/\/+$/, '')}/${segments.join('/')}`);
  for (const [name, value] of Object.entries(query)) {
    for (const each of typeof value === 'string' ? [value] : (value ?? [])) url.searchParams.append(name, each);
  }
  return url;
}
