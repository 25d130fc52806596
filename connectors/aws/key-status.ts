import type { Status } from '../../src/model/record.ts';

const statuses: Readonly<Record<string, Status>> = { Active: 'active', Inactive: 'inactive', Expired: 'expired' };

/** IAM has one list of words for keys, certificates and passwords of services. */
export function keyStatus(status: string | undefined): Status {
  return statuses[status ?? ''] ?? 'unknown';
}
