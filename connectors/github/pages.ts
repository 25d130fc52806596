import type { Octokit } from '@octokit/rest';
import { MalformedError } from '../../src/connector/refusal.ts';

export type List = {
  /** `GET /orgs/{org}/actions/secrets`. */
  readonly route: string;
  /** What fills the route and its query. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The field that holds the items, where the body is not the list itself. */
  readonly field?: string;
};

/**
 * Pages of a REST list, 100 items each. Not Octokit's `paginate`: that one takes a 409 for the end of the list, and the first field of
 * the body for the items. https://github.com/octokit/plugin-paginate-rest.js/blob/main/src/iterator.ts
 */
export async function* pages<Item>(
  client: Octokit,
  { route, parameters, field }: List,
  signal: AbortSignal,
): AsyncGenerator<readonly Item[]> {
  const { origin } = new URL(client.request.endpoint.DEFAULTS.baseUrl);
  let response = await client.request(route, { ...parameters, per_page: 100, request: { signal } });
  for (;;) {
    yield itemsOf<Item>(response.data, field, route);
    const next = nextPage(response.headers.link, origin);
    if (next === undefined) return;
    response = await client.request(`GET ${next}`, { request: { signal } });
  }
}

function itemsOf<Item>(body: unknown, field: string | undefined, route: string): readonly Item[] {
  const items = field === undefined ? body : (body as Readonly<Record<string, unknown>>)[field];
  if (!Array.isArray(items)) throw new MalformedError(`${route} answered without ${field === undefined ? 'a list' : `the list ${field}`}`);
  // The type is the documented one, made unsure: `normalize` checks each field.
  return items as readonly Item[];
}

/** The login is sent to whatever address the answer names, so it must be the API's own. */
function nextPage(link: string | undefined, origin: string): string | undefined {
  const address = /<([^<>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
  if (address === undefined) return undefined;
  if (!URL.canParse(address) || new URL(address).origin !== origin)
    throw new MalformedError('the next page is at an address outside the API');
  return address;
}
