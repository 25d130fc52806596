import type { Octokit } from '@octokit/rest';
import type { Wire } from '../../src/connector/wire.ts';
import { clientOptions, hold } from './transport.ts';

export type Network = { readonly wire: Wire; readonly baseUrl: string; readonly signal: AbortSignal };

/**
 * Without Octokit's throttling and retry plugins: the wire below already paces and retries for all SDKs, so one place decides how long a
 * run waits, and tests need no sleeping. The plugins would queue once more, and send GraphQL no faster than one query a second.
 */
export async function newClient(
  { wire, ...options }: Network,
  login: { readonly auth?: unknown; readonly authStrategy?: unknown },
): Promise<Octokit> {
  const { Octokit } = await import('@octokit/rest');
  return hold(new Octokit({ ...clientOptions(wire, options), ...login }));
}
