import { time } from '../../src/connector/item.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';

/** Nobody means the year 2299: the portal and scripts write it for "never". */
const never = '2200-01-01T00:00:00Z';

/** `endDateTime` of a credential: null and absurd dates are both "no expiry"; a text that is no time is unknown. */
export function expiryOf(endDateTime: unknown): Fact<Instant> {
  if (endDateTime === undefined || endDateTime === null) return absent();
  const expiry = graphTime(endDateTime);
  return expiry.state === 'known' && expiry.value >= never ? absent() : expiry;
}

/** A timestamp of Graph. The official samples hold offsets such as `-8:00`, which are no times. */
export function graphTime(value: unknown): Fact<Instant> {
  if (value === undefined || value === null || typeof value === 'string') return time(value);
  return unknown('malformed-response', 'a timestamp that is not text');
}
