import { type Fact, known, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';

const iso = /^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;

/** A moment moved by a length of time such as `P1Y6M` or `P90D`; months are those of the calendar. Unknown for any other text. */
export function moved(at: Instant, length: unknown, direction: 1 | -1): Fact<Instant> {
  const match = typeof length === 'string' && length !== 'P' ? iso.exec(length) : null;
  if (!match) return unknown('malformed-response', 'a length of time that is none');
  const [years, months, weeks, days] = match.slice(1).map((part) => Number(part ?? 0) * direction);
  const date = new Date(epoch(at));
  date.setUTCMonth(date.getUTCMonth() + (years ?? 0) * 12 + (months ?? 0));
  date.setUTCDate(date.getUTCDate() + (weeks ?? 0) * 7 + (days ?? 0));
  const then = Number.isNaN(date.getTime()) ? undefined : instant(date);
  return then === undefined ? unknown('malformed-response', 'a length of time beyond all time') : known(then);
}
