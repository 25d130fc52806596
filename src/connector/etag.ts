import { createHash } from 'node:crypto';
import { bodyValue } from './recording.ts';
import { scrubBody } from './scrub.ts';
import type { Wire, WireRequest, WireResponse } from './wire.ts';

/** An answer that is kept, to be asked for again by its ETag. */
export type KeptAnswer = {
  readonly etag: string;
  /** The ETag was seen to be made of the login and the body, so that the one for another token of the same login can be foretold. */
  readonly derived: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
/** Where answers stay between runs. Given by the command line, the only place with a file system. `read`: undefined for what it lacks. */
export type AnswerStore = {
  read(key: string): Promise<KeptAnswer | undefined>;
  write(key: string, answer: KeptAnswer): Promise<void>;
};

/**
 * Asks for what was answered before by its ETag, and gives the kept answer when the provider says 304: nothing has changed, and nothing
 * is counted. Kept are GET answers alone, by address and login, and none with anything in it that is or looks like a secret.
 */
export function conditionalWire(wire: Wire, login: string, store: AnswerStore): Wire {
  return async (request) => {
    if (request.method !== 'GET') return wire(request);
    const key = keyOf(request, login);
    const kept = await store.read(key);
    const headers = kept ? { ...request.headers, 'if-none-match': etagFor(kept, request) } : request.headers;
    const response = await wire({ ...request, headers });
    // What is particular to this exchange, such as the limits that are left, is told by the 304 itself.
    if (kept && response.status === 304) return { status: 200, headers: { ...response.headers, ...kept.headers }, body: kept.body };
    const { etag } = response.headers;
    if (etag !== undefined && isKeepable(request, response))
      await store.write(key, {
        etag,
        derived: bare(etag) === digest(request, response.body),
        headers: lasting(response),
        body: response.body,
      });
    return response;
  };
}

function keyOf({ url, scope, headers }: WireRequest, login: string): string {
  const said = [login, scope ?? '', headers['accept'] ?? '', headers['x-github-api-version'] ?? '', url];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

/**
 * GitHub's ETags change with the token, and an App has a new one every hour: by the kept tag alone its nightly run would always be
 * answered in full. They are the hash of what varies the answer and of the body; held against the answer that was kept, never assumed.
 * https://github.com/github/docs/issues/34689
 */
function etagFor({ etag, derived, body }: KeptAnswer, request: WireRequest): string {
  return derived ? `"${digest(request, body)}"` : etag;
}

function digest({ headers }: WireRequest, body: string): string {
  const varies = [headers['accept'], headers['authorization']].filter((each) => each !== undefined).map((each) => `${each}:`);
  return createHash('sha256').update(varies.join('')).update(body).digest('hex');
}

function bare(etag: string): string {
  return etag.replace(/^W\//, '').replaceAll('"', '');
}

function lasting({ headers }: WireResponse): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name === 'content-type' || name === 'link'));
}

function isKeepable(request: WireRequest, { status, headers, body }: WireResponse): boolean {
  if (status !== 200) return false;
  const value = bodyValue(body);
  if (typeof value !== 'object' || value === null || 'lines' in value) return false;
  return JSON.stringify(scrubBody(body)) === JSON.stringify(value) && !mayGetNext(request, value, headers['link']);
}

/** A full last page: when another item comes, its link to the next page does, but its own body, and so its ETag, stays the same. */
function mayGetNext({ url }: WireRequest, value: object, link: string | undefined): boolean {
  const size = Number(new URL(url).searchParams.get('per_page') ?? Number.NaN);
  return Array.isArray(value) && value.length >= size && !/rel="next"/.test(link ?? '');
}
