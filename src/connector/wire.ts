import { UnreachableError } from './refusal.ts';

/** One HTTP exchange under every SDK. Bodies are text: each API here speaks JSON or XML. */
export type WireRequest = {
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** Set where requests of several scopes look the same, as those of AWS accounts: tells them apart in recordings. */
  readonly scope?: string;
};
export type WireResponse = {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
/** Rejects with UnreachableError when there is no answer; every HTTP status is an answer. */
export type Wire = (request: WireRequest) => Promise<WireResponse>;

/** The network itself, on the runtime's fetch. */
export function liveWire(fetch: typeof globalThis.fetch): Wire {
  return async ({ url, method, headers, body, signal }) => {
    try {
      const response = await fetch(url, {
        method,
        headers,
        redirect: 'manual',
        ...(body === undefined ? {} : { body }),
        ...(signal ? { signal } : {}),
      });
      return { status: response.status, headers: plainHeaders(response.headers), body: await response.text() };
    } catch (error) {
      if (signal?.aborted === true) throw error;
      throw new UnreachableError(`${new URL(url).host} did not answer (${networkCode(error)})`, { cause: error });
    }
  };
}

/** A fetch function over a wire, for SDKs that take one. */
export function fetchOver(wire: Wire): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.method === 'GET' || request.method === 'HEAD' ? undefined : await request.text();
    const answer = await wire({
      method: request.method,
      url: request.url,
      headers: plainHeaders(request.headers),
      signal: request.signal,
      ...(body === undefined || body === '' ? {} : { body }),
    });
    const bodiless = answer.status === 204 || answer.status === 304;
    const response = new Response(bodiless ? null : answer.body, { status: answer.status, headers: answer.headers });
    // Octokit's paginate reads `response.url`, which a constructed Response leaves empty.
    Object.defineProperty(response, 'url', { value: request.url });
    return response;
  };
}

function plainHeaders(headers: Headers): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of headers) plain[name.toLowerCase()] = value;
  // fetch has already decoded the body.
  delete plain['content-encoding'];
  delete plain['content-length'];
  return plain;
}

function networkCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error instanceof Error ? error.message : String(error);
}
