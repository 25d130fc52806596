import type { AuthClient } from 'google-auth-library';
import { type Wire, fetchOver } from '../../src/connector/wire.ts';
import { type Json, objectOf } from './answer.ts';

/**
 * Options that send a gaxios request over a wire, once: pacing and retries are the wire's. The counts are needed besides `retry`,
 * since the login clients set `retry: true` on their token requests and gaxios merges both.
 */
export function over(wire: Wire) {
  return {
    fetchImplementation: fetchOver(wire),
    retryConfig: { retry: 0, noResponseRetries: 0 },
  };
}

export type Question = { readonly method: 'GET' | 'POST'; readonly url: URL; readonly body?: Json; readonly signal: AbortSignal };

/** One request with the login's token. Rejects with a GaxiosError for a refusal, with MalformedError for a body that is no JSON object. */
export async function askJson(client: AuthClient, wire: Wire, { method, url, body, signal }: Question): Promise<Json> {
  const response = await client.request<unknown>({
    url,
    method,
    responseType: 'json',
    signal,
    ...(body === undefined ? {} : { data: body }),
    ...over(wire),
  });
  return objectOf(response.data);
}
