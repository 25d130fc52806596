/** A moment in UTC, ISO 8601 with a `Z`, to the second or millisecond: `2026-11-21T00:00:00Z`. Compares as text within one run. */
export type Instant = string;

const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * Reads a provider's timestamp. Text without an offset is UTC, never the machine's zone.
 * Gives undefined for anything that is not a real moment; the caller says `unknown('malformed-response')`.
 */
export function instant(value: string | number | Date): Instant | undefined {
  const milliseconds = toMilliseconds(value);
  if (Number.isNaN(milliseconds)) return undefined;
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return undefined;
  const text = date.toISOString();
  // Years of more than four digits would not compare as text.
  return /^\d/.test(text) ? text.replace('.000Z', 'Z') : undefined;
}

/** As `instant`, but a bare date means the whole of that day: its last millisecond. For what runs until a date. */
export function instantOrDayEnd(text: string): Instant | undefined {
  const at = instant(text);
  return at !== undefined && text.trim().length === 10 ? `${at.slice(0, 10)}T23:59:59.999Z` : at;
}

export function epoch(at: Instant): number {
  return Date.parse(at);
}

function toMilliseconds(value: string | number | Date): number {
  if (typeof value === 'number') return value;
  if (value instanceof Date) return value.getTime();
  const text = value.trim();
  if (!iso.test(text) || !isDay(text.slice(0, 10))) return Number.NaN;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) && text.length > 10;
  return Date.parse(zoned || text.length === 10 ? text.replace(' ', 'T') : `${text.replace(' ', 'T')}Z`);
}

/** `Date.parse` takes 30 February for the first days of March. */
function isDay(date: string): boolean {
  const milliseconds = Date.parse(date);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(date);
}
