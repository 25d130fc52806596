import { milliseconds } from '../../../model/duration.ts';
import { type Instant, epoch, instant } from '../../../model/instant.ts';
import { OperatorError } from '../../../model/operator-error.ts';

export type ExpiryOptions = { readonly expires?: string; readonly for?: string };

/** The last day of a waiver as it is written: the given one, or that after a length of time from the day it is granted. */
export function lastDay({ expires, for: length }: ExpiryOptions, granted: string): string {
  if ((expires === undefined) === (length === undefined)) {
    throw new OperatorError('usage', { message: 'give either --expires or --for', hint: 'such as --expires 2027-01-31, or --for 30d' });
  }
  if (expires !== undefined) return expires;
  return dayOf(instant(epoch(instant(granted) ?? granted) + milliseconds(length ?? '0d')) ?? granted);
}

export function dayOf(at: Instant): string {
  return at.slice(0, 10);
}
