import type { Octokit } from '@octokit/rest';
import type { Budget } from '../../src/connector/pace.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Wire, fetchOver } from '../../src/connector/wire.ts';
import { isThrottled } from './throttled.ts';

// 100 requests under way at once are allowed, over everything the login does; ten leave room for the login's other users.
// https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
export const budget: Budget = { concurrency: 10, isThrottled };

const apiVersion = '2022-11-28';

const silence = (): void => undefined;
/** Octokit writes to the console unless it is given a log. */
export const silent = { debug: silence, info: silence, warn: silence, error: silence };

/** What every client of one wire is made with. */
export function clientOptions(wire: Wire, { baseUrl, signal }: { readonly baseUrl: string; readonly signal: AbortSignal }) {
  return { baseUrl, log: silent, request: { fetch: fetchOver(wire), signal } };
}

/** Pins the version of the API, which Octokit leaves open, and refuses answers that Octokit lets through. */
export function hold(client: Octokit): Octokit {
  client.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = apiVersion;
  });
  client.hook.after('request', ({ status, data }: { readonly status: number; readonly data: unknown }) => {
    // Octokit hands on a 301, and JSON that it cannot parse as a text. https://github.com/octokit/request.js/blob/main/src/fetch-wrapper.ts
    if (status >= 300) throw new MalformedError(`GitHub answered ${String(status)}: what was asked for has moved`);
    if (typeof data !== 'object' || data === null || data instanceof ArrayBuffer)
      throw new MalformedError('GitHub answered with something other than JSON');
  });
  return client;
}
