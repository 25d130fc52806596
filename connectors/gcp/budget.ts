import type { Budget } from '../../src/connector/pace.ts';
import type { Api } from './api.ts';

/** What Google counts apart: most APIs as a whole, and four parts of IAM by themselves. */
export type Quota = Api | 'workloads' | 'workforce' | 'denials' | 'boundaries';

// Some Google APIs still throttle with a 403.
const isThrottled: NonNullable<Budget['isThrottled']> = ({ status, body }) =>
  status === 403 && /"(?:rateLimitExceeded|userRateLimitExceeded|RATE_LIMIT_EXCEEDED)"/.test(body);

/** Most quotas of Google's count a minute, so that what is asked again has to outlast one. */
const patience = { attempts: 10, isThrottled } as const;

/** A quarter of a minute's requests at once, and the rest evenly, so that no minute sees more of them than it allows. */
function perMinute(requests: number): Pick<Budget, 'interval' | 'burst'> {
  return { interval: Math.ceil(60_000 / (requests * 0.75)), burst: Math.floor(requests / 4) - 1 };
}

/** The documented ones. What is not here has a quota that only the console shows, and finds its pace by being told to slow down. */
const documented: Readonly<Partial<Record<Quota, Budget>>> = {
  // https://cloud.google.com/api-keys/docs/quotas
  apikeys: { concurrency: 4, ...perMinute(240) },
  // https://cloud.google.com/asset-inventory/docs/quota
  cloudasset: { concurrency: 2, ...perMinute(100) },
  // Ten a second, of reads as of lists. https://cloud.google.com/resource-manager/docs/limits
  cloudresourcemanager: { concurrency: 4, interval: 100 },
  // https://cloud.google.com/secret-manager/quotas
  secretmanager: { concurrency: 8, ...perMinute(600) },
  // https://cloud.google.com/iam/quotas
  iam: { concurrency: 10, ...perMinute(6000) },
  workloads: { concurrency: 10, ...perMinute(600) },
  workforce: { concurrency: 4, ...perMinute(120) },
  denials: { concurrency: 1, interval: 12_000 },
  boundaries: { concurrency: 1, interval: 12_000 },
};

export function budgetOf(quota: Quota): Budget {
  return { concurrency: 4, ...documented[quota], ...patience };
}

export function quotaOf(api: Api, path: string): Quota {
  if (api !== 'iam') return api;
  if (path.includes('/workloadIdentityPools')) return 'workloads';
  return path.includes('/workforcePools') ? 'workforce' : 'iam';
}

export const tokenBudget: Budget = { concurrency: 2, attempts: 3 };
