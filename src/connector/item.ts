import { type Fact, absent, known, unknown } from '../model/fact.ts';
import { type Instant, instant } from '../model/instant.ts';
import { MalformedError } from './refusal.ts';

/** A field that a record cannot do without. Throws MalformedError, so that the item is counted as unread and not dropped. */
export function required<T>(value: T | null | undefined, field: string): T {
  if (value === undefined || value === null || value === '') throw new MalformedError(`an item without ${field}`);
  return value;
}

/** A timestamp that the provider leaves out where there is none: missing = absent. */
export function timeOrAbsent(value: string | number | Date | null | undefined, since?: Instant): Fact<Instant> {
  if (value === undefined || value === null || value === '') return absent(since);
  return time(value);
}

/** A timestamp that the provider always sends: missing or unreadable = unknown, with the text that was not a time. */
export function time(value: string | number | Date | null | undefined): Fact<Instant> {
  if (value === undefined || value === null || value === '')
    return unknown('malformed-response', 'no timestamp where the API always sends one');
  const at = instant(value);
  return at === undefined ? unknown('malformed-response', `not a time: ${String(value).slice(0, 40)}`) : known(at);
}
