import type { Wire, WireRequest } from '../../src/connector/wire.ts';

/** What the SDK hands to an HTTP handler, of which only this is used. */
type SdkRequest = {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
};
type SdkResponse = { readonly statusCode: number; readonly headers: Record<string, string>; readonly body: Uint8Array };
type SdkHandler = {
  readonly handle: (request: SdkRequest, options?: { readonly abortSignal?: unknown }) => Promise<{ readonly response: SdkResponse }>;
  readonly updateHttpClientConfig: () => void;
  readonly httpHandlerConfigs: () => Record<string, never>;
};

/**
 * An HTTP handler for AWS clients over a wire. `signal` ends requests that the SDK sends without one, as those of a login, and ends
 * the waiting for an answer also when the wire does not hear it.
 */
export function handlerOver(wire: Wire, signal: AbortSignal): SdkHandler {
  return {
    async handle(request, options) {
      const abort = options?.abortSignal instanceof AbortSignal ? options.abortSignal : signal;
      const { status, headers, body } = await unlessAborted(wire(wireRequest(request, abort)), abort);
      return { response: { statusCode: status, headers: { ...headers }, body: new TextEncoder().encode(body) } };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

function wireRequest(request: SdkRequest, signal: AbortSignal): WireRequest {
  const body = bodyText(request.body);
  return {
    method: request.method,
    url: address(request),
    headers: sentHeaders(request.headers),
    signal,
    ...(body === undefined ? {} : { body }),
  };
}

function address({ protocol, hostname, port, path, query = {} }: SdkRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value ?? ''].flat().map((each) => `${escaped(name)}=${escaped(each)}`));
  const origin = `${protocol}//${hostname}${port === undefined ? '' : `:${String(port)}`}`;
  return `${origin}${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

/** As the signature is computed: everything but unreserved characters. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

// The runtime sets both itself, from the address and the body; fetch refuses them as headers of a request.
const ownHeaders = new Set(['host', 'content-length']);

function sentHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(lower.filter(([name]) => !ownHeaders.has(name)));
}

function bodyText(body: unknown): string | undefined {
  if (body === undefined || body === null || body === '') return undefined;
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  throw new TypeError('an AWS request whose body is neither text nor bytes');
}

async function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => {
    aborted.reject(signal.reason);
  };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([answer, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
