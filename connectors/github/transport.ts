import type { Octokit } from '@octokit/rest';
import type { Budget } from '../../src/connector/pace.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Wire, fetchOver } from '../../src/connector/wire.ts';
import { isThrottled } from './throttled.ts';

/**
 * 100 requests under way at once and 900 points a minute are allowed, over everything the login does, a request being a point: ten and
 * 857 leave room for its other users. The hourly limit is waited for, as long as the run may take: an hour, and what clocks differ.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function budgetOf(login: string): Budget {
  return { concurrency: 10, interval: 70, longestWait: 65 * 60_000, login, isThrottled };
}

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

/** An installation's token lives an hour, and so long may a request have waited for its turn: it then asks again, with a new one. */
export function renew(client: Octokit): Octokit {
  client.hook.wrap('request', async (request, options) => {
    try {
      return await request(options);
    } catch (error) {
      if (!(error instanceof Error && 'status' in error && error.status === 401)) throw error;
      return request(options);
    }
  });
  return client;
}
