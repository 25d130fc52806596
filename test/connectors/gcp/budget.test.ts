import { describe, expect, test } from 'vitest';
import { apis } from '../../../connectors/gcp/api.ts';
import { type Quota, budgetOf, quotaOf } from '../../../connectors/gcp/budget.ts';
import { paced } from '../../../src/connector/pace.ts';
import type { WireResponse } from '../../../src/connector/wire.ts';

const request = { method: 'GET', url: 'https://iam.googleapis.com/v1/x', headers: {} };

/** When each request of a row went out, on a clock that only waiting moves. */
async function startsOf(quota: Quota, requests: number, answer: (at: number) => WireResponse) {
  let clock = 0;
  const starts: number[] = [];
  const wire = paced(
    () => {
      starts.push(clock);
      return Promise.resolve(answer(clock));
    },
    budgetOf(quota),
    {
      clock: () => clock,
      sleep: (milliseconds) => {
        clock += milliseconds;
        return Promise.resolve();
      },
    },
  );
  let status = 0;
  for (let each = 0; each < requests; each += 1) ({ status } = await wire(request));
  return { starts, status };
}
const ok: WireResponse = { status: 200, headers: {}, body: '{}' };

describe('quotas', () => {
  test.each<[Quota, number]>([
    ['apikeys', 240],
    ['cloudasset', 100],
    ['cloudresourcemanager', 600],
    ['secretmanager', 600],
    ['iam', 6000],
    ['workloads', 600],
    ['workforce', 120],
    ['denials', 5],
    ['boundaries', 5],
  ])('%s: no minute sees more than %i requests', async (quota, most) => {
    const { starts } = await startsOf(quota, 3 * most, () => ok);
    for (const [index, start] of starts.entries()) expect(start - (starts[index - most] ?? -Infinity)).toBeGreaterThanOrEqual(60_000);
  });

  test.each(Object.keys(apis) as (keyof typeof apis)[])('%s: who is told to slow down asks until the minute is over', async (api) => {
    const { status } = await startsOf(api, 1, (at) => (at < 60_000 ? { ...ok, status: 429 } : ok));
    expect(status).toBe(200);
  });

  test.each(Object.keys(apis) as (keyof typeof apis)[])('%s: a 403 that counts requests is no missing permission', (api) => {
    const { isThrottled } = budgetOf(api);
    const body = (reason: string) => ({ status: 403, headers: {}, body: JSON.stringify({ error: { errors: [{ reason }] } }) });
    expect(isThrottled?.(body('rateLimitExceeded'))).toBe(true);
    expect(isThrottled?.(body('forbidden'))).toBe(false);
  });

  test.each([
    ['v1/projects/p/serviceAccounts', 'iam'],
    ['v1/projects/p/locations/global/workloadIdentityPools/a/providers', 'workloads'],
    ['v1/locations/global/workforcePools', 'workforce'],
  ])('%s counts for %s', (path, quota) => {
    expect(quotaOf('iam', path)).toBe(quota);
  });
});
