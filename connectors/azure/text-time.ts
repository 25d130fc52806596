import { time } from '../../src/connector/item.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';

/** Left out, or the first moment of all, which is how .NET writes that there is none. */
export function isNoTime(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (typeof value === 'string' && value.startsWith('0001-01-01'));
}

/** A timestamp that is always sent. The official samples of Graph hold offsets such as `-8:00`, which are no times. */
export function textTime(value: unknown): Fact<Instant> {
  if (isNoTime(value)) return time(undefined);
  if (typeof value === 'string') return time(value);
  return unknown('malformed-response', 'a timestamp that is not text');
}

/** One that is left out where there is none. */
export function textTimeOrAbsent(value: unknown): Fact<Instant> {
  return isNoTime(value) ? absent() : textTime(value);
}
