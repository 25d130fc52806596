import type { Fact } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { Status } from '../../src/model/record.ts';

/** Google goes on listing what has ended, in the state that it had. */
export function unlessEnded(status: Status, expiresAt: Fact<Instant>, at: Instant): Status {
  return status === 'active' && expiresAt.state === 'known' && expiresAt.value <= at ? 'expired' : status;
}
