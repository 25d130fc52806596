/** A length of time as policies write it: `12h`, `90d`, `6w`. A day is 24 hours; there are no months. */
export type Duration = string;

export const durationPattern = '^\\d{1,6}(?:m|h|d|w)$';

const unit = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

export const day = unit.d;

/** Milliseconds of a duration that the schema has already accepted. Throws a RangeError on any other text. */
export function milliseconds(duration: Duration): number {
  const match = /^(\d{1,6})(m|h|d|w)$/.exec(duration);
  if (!match) throw new RangeError(`not a duration: ${duration}`);
  return Number(match[1]) * unit[match[2] as keyof typeof unit];
}

/** Whole days or hours for people: `214 days`, `1 day`, `5 hours`. For display only; verdicts compare milliseconds. */
export function inWords(length: number): string {
  const absolute = Math.abs(length);
  if (absolute >= unit.d) return count(Math.floor(absolute / unit.d), 'day');
  if (absolute >= unit.h) return count(Math.floor(absolute / unit.h), 'hour');
  return count(Math.floor(absolute / unit.m), 'minute');
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
