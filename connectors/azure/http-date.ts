// https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats
import { time } from '../../src/connector/item.ts';
import { type Fact, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const form = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/;

/** A date as IoT Hub writes it: `Sat, 31 Dec 2039 23:59:59 GMT`. */
export function httpDate(value: unknown): Fact<Instant> {
  if (value === undefined || value === null) return time(undefined);
  const [, day, name, year, clock] = (typeof value === 'string' ? form.exec(value) : undefined) ?? [];
  const month = months.indexOf(name ?? '') + 1;
  if (month === 0) return unknown('malformed-response', 'not a date as HTTP writes them');
  return time(`${year ?? ''}-${String(month).padStart(2, '0')}-${day ?? ''}T${clock ?? ''}Z`);
}
