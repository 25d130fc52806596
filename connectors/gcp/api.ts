import type { Budget } from '../../src/connector/pace.ts';

/** The Google APIs that are asked, each with its address and how many requests may be under way at once. */
export const apis = {
  agentidentity: { origin: 'https://agentidentity.googleapis.com', concurrency: 4 },
  // 240 reads a minute. https://cloud.google.com/api-keys/docs/quotas
  apikeys: { origin: 'https://apikeys.googleapis.com', concurrency: 4 },
  certificatemanager: { origin: 'https://certificatemanager.googleapis.com', concurrency: 4 },
  // 100 lists a minute. https://cloud.google.com/asset-inventory/docs/quota
  cloudasset: { origin: 'https://cloudasset.googleapis.com', concurrency: 2 },
  cloudbuild: { origin: 'https://cloudbuild.googleapis.com', concurrency: 4 },
  cloudresourcemanager: { origin: 'https://cloudresourcemanager.googleapis.com', concurrency: 4 },
  compute: { origin: 'https://compute.googleapis.com', concurrency: 4 },
  developerconnect: { origin: 'https://developerconnect.googleapis.com', concurrency: 4 },
  // 6,000 reads a minute. https://cloud.google.com/iam/quotas
  iam: { origin: 'https://iam.googleapis.com', concurrency: 10 },
  kmsinventory: { origin: 'https://kmsinventory.googleapis.com', concurrency: 4 },
  monitoring: { origin: 'https://monitoring.googleapis.com', concurrency: 4 },
  policyanalyzer: { origin: 'https://policyanalyzer.googleapis.com', concurrency: 4 },
  // 600 reads a minute. https://cloud.google.com/secret-manager/quotas
  secretmanager: { origin: 'https://secretmanager.googleapis.com', concurrency: 8 },
  sqladmin: { origin: 'https://sqladmin.googleapis.com', concurrency: 4 },
  storage: { origin: 'https://storage.googleapis.com', concurrency: 4 },
} as const;
export type Api = keyof typeof apis;

// Some Google APIs still throttle with a 403.
const isThrottled: NonNullable<Budget['isThrottled']> = ({ status, body }) =>
  status === 403 && /"(?:rateLimitExceeded|userRateLimitExceeded|RATE_LIMIT_EXCEEDED)"/.test(body);

export function budgetOf(api: Api): Budget {
  return { concurrency: apis[api].concurrency, isThrottled };
}

/** Policies that hold access back have quotas of their own: 5 reads a minute each. https://cloud.google.com/iam/quotas */
export type PolicyQuota = 'denials' | 'boundaries';

export const policyBudget: Budget = { concurrency: 1, interval: 12_000, isThrottled };

export const tokenBudget: Budget = { concurrency: 2, attempts: 3 };
