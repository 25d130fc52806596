import { createHash } from 'node:crypto';
import { type Exchange, keyOf } from './recording.ts';
import { scrubBody, scrubHeaders, scrubUrl } from './scrub.ts';
import type { Wire, WireRequest, WireResponse } from './wire.ts';

/** Writes one exchange file. Given by the command line, the only place with a file system. */
export type SaveExchange = (name: string, exchange: Exchange) => Promise<void>;

/** Passes traffic through and saves it scrubbed: no authorization header, token, secret value or signed address reaches the disk. */
export function recordingWire(live: Wire, folder: string, save: SaveExchange): Wire {
  const seen = new Map<string, Exchange>();
  return async (request) => {
    const response = await live(request);
    const target = request.headers['x-amz-target'];
    const key = keyOf(request);
    const before = seen.get(key);
    const exchange = before
      ? { ...before, responses: [...before.responses, scrubResponse(response)] }
      : newExchange(request, response, target);
    seen.set(key, exchange);
    await save(`${folder}/${exchangeName(request, key, target)}`, exchange);
    return response;
  };
}

function newExchange({ method, url, body, scope }: WireRequest, response: WireResponse, target: string | undefined): Exchange {
  return {
    request: {
      method,
      url: scrubUrl(url),
      ...(target === undefined ? {} : { target }),
      ...(scope === undefined ? {} : { scope }),
      ...(body === undefined || body === '' ? {} : { body: scrubBody(body) }),
    },
    responses: [scrubResponse(response)],
  };
}

function scrubResponse({ status, headers, body }: WireResponse): Exchange['responses'][number] {
  return { status, headers: scrubHeaders(headers), ...(body === '' ? {} : { body: scrubBody(body) }) };
}

/** `iam.amazonaws.com-ListAccessKeys-1f3c9a2b.json`: readable, and unique by the request's key. */
function exchangeName({ url, method, body }: WireRequest, key: string, target: string | undefined): string {
  const { host, pathname } = new URL(url);
  const action = target?.split('.').at(-1) ?? new URLSearchParams(body ?? '').get('Action') ?? `${method}${pathname}`;
  const slug = `${host}-${action}`.replaceAll(/[^A-Za-z0-9.]+/g, '-').slice(0, 80);
  return `${slug}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}.json`;
}
