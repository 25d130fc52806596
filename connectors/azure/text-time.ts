import { time } from '../../src/connector/item.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';

/** A timestamp that is always sent. The official samples of Graph hold offsets such as `-8:00`, which are no times. */
export function textTime(value: unknown): Fact<Instant> {
  if (value === undefined || value === null || typeof value === 'string') return time(value);
  return unknown('malformed-response', 'a timestamp that is not text');
}

/** One that is left out, or written as null or nothing, where there is none. */
export function textTimeOrAbsent(value: unknown): Fact<Instant> {
  return value === undefined || value === null || value === '' ? absent() : textTime(value);
}
