import type { WireRequest } from './wire.ts';

/**
 * Recorded traffic: a folder with `recording.json` and any number of exchange files below it, one request each. Bodies are JSON values
 * where the traffic is JSON, else lists of lines, so that people can read and review them.
 */
export type Recording = { readonly schemaVersion: 1; readonly recordedAt: string };
export type Exchange = {
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** The `x-amz-target` header, where the operation is named only there. */
    readonly target?: string;
    /** The scope, where requests of several look the same. */
    readonly scope?: string;
    readonly body?: ExchangeBody;
  };
  /** Served in turn to repeated requests; the last one goes on. */
  readonly responses: readonly {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: ExchangeBody;
  }[];
};
/** A JSON value, or lines of other text as `{ "lines": [...] }`. */
export type ExchangeBody = unknown;

const volatileParameters = new Set(['client-request-id', 'x-client-request-id', 'requestid', 'clientrequesttoken', 'access_token', 'sig']);

/** What makes two requests the same: method, decoded address, sorted query, operation and body, without their volatile parts. */
export function exchangeKey(request: Pick<WireRequest, 'method' | 'url' | 'body' | 'scope'> & { readonly target?: string }): string {
  const url = new URL(request.url);
  const query = sortedPairs(url.searchParams);
  const address = `${url.host}${decodeURIComponent(url.pathname)}`;
  return [
    request.method.toUpperCase(),
    `${address}${query === '' ? '' : `?${query}`}`,
    request.target ?? '',
    request.scope ?? '',
    normalBody(request.body),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** The key of a request on the wire. */
export function keyOf(request: WireRequest): string {
  const target = request.headers['x-amz-target'];
  return exchangeKey({ ...request, ...(target === undefined ? {} : { target }) });
}

export function bodyText(body: ExchangeBody): string {
  if (body === undefined) return '';
  if (isLines(body)) return body.lines.join('\n');
  return JSON.stringify(body);
}

export function bodyValue(text: string): ExchangeBody {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { lines: text.split('\n') };
  }
}

function isLines(body: ExchangeBody): body is { readonly lines: readonly string[] } {
  return typeof body === 'object' && body !== null && 'lines' in body && Array.isArray(body.lines) && Object.keys(body).length === 1;
}

function normalBody(body: string | undefined): string {
  if (body === undefined || body === '') return '';
  const value = bodyValue(body);
  if (!isLines(value)) return JSON.stringify(sortKeys(value));
  return /^[\w.~%+-]+=/.test(body) ? sortedPairs(new URLSearchParams(body)) : body;
}

function sortedPairs(parameters: URLSearchParams): string {
  return [...parameters]
    .filter(([name]) => !volatileParameters.has(name.toLowerCase()) && !name.toLowerCase().startsWith('x-amz-'))
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('&');
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !volatileParameters.has(name.toLowerCase()))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sortKeys(each)]),
  );
}
