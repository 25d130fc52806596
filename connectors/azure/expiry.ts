import { type Fact, absent } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { textTime } from './text-time.ts';

/** Nobody means the year 2299: the portal and scripts write it for "never". */
const never = '2200-01-01T00:00:00Z';

/** An end that nobody means is no end. */
export function unlessNever(expiresAt: Fact<Instant>): Fact<Instant> {
  return expiresAt.state === 'known' && expiresAt.value >= never ? absent() : expiresAt;
}

/** `endDateTime` of a credential: null and absurd dates are both "no expiry"; a text that is no time is unknown. */
export function expiryOf(endDateTime: unknown): Fact<Instant> {
  return endDateTime === undefined || endDateTime === null ? absent() : unlessNever(textTime(endDateTime));
}
