import type { Budget } from '../../src/connector/pace.ts';
import type { WireResponse } from '../../src/connector/wire.ts';

/**
 * AWS publishes no rates for IAM and STS; one shared allowance an account is what users of many tools report. So the scan starts wide,
 * and becomes narrower as soon as the account throttles it; it asks more often than elsewhere before it gives up.
 */
export const iamBudget: Budget = { concurrency: 50, attempts: 10, isThrottled };

/** ListSecretVersionIds is the tightest call, at 50 a second. https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
export const secretsBudget: Budget = { concurrency: 8, isThrottled };

/** What a service is held to where its quotas are far above what a scan asks for. */
export const serviceBudget: Budget = { concurrency: 5, isThrottled };

/** Quotas are a few a second, and one for the whole organisation. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
export const organizationsBudget: Budget = { concurrency: 10, attempts: 10, isThrottled };

/** GetKeyLastUsage is asked five times a second at most. https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html */
export const keyUsageBudget: Budget = { concurrency: 2, interval: 200, isThrottled };

/** ACM answers eight to ten requests a second of each sort. https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
export const certificatesBudget: Budget = { concurrency: 4, interval: 100, isThrottled };

export const loginBudget: Budget = { concurrency: 2, isThrottled };

/** Codes that ask to slow down, as the SDKs of AWS know them. */
export const throttlingCodes: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'LimitExceeded',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'Throttled',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

// `<Code>Throttling</Code>` in the query protocol, `"__type":"com.amazonaws…#ThrottlingException"` in JSON.
const code = /<Code>\s*(\w+)\s*<\/Code>|"__type"\s*:\s*"(?:[^"]*#)?(\w+)(?::[^"]*)?"/;

/** AWS asks to slow down with status 400, and with 409 where a limit counts jobs. */
function isThrottled({ status, headers, body }: WireResponse): boolean {
  if (status !== 400 && status !== 409) return false;
  const match = code.exec(body);
  const name = match?.[1] ?? match?.[2] ?? headers['x-amzn-errortype']?.split(':')[0] ?? '';
  return throttlingCodes.has(name);
}

/** Pages of IAM and Organizations asked for before somebody reads them: each names the next one, so that waiting would cost a round trip each time. */
export const pagesAhead = 20;
