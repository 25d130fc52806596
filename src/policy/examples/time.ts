import { milliseconds } from '../../model/duration.ts';
import { type Fact, absent, known, unknown } from '../../model/fact.ts';
import { type Instant, instant } from '../../model/instant.ts';
import { OperatorError } from '../../model/operator-error.ts';

/** `91d ago`, `in 30d` or an ISO moment. */
export function timeAt(text: string, now: number): Instant {
  const [, past] = /^(\d{1,6}[mhdw]) ago$/.exec(text) ?? [];
  const [, future] = /^in (\d{1,6}[mhdw])$/.exec(text) ?? [];
  const at =
    past !== undefined ? instant(now - milliseconds(past)) : future !== undefined ? instant(now + milliseconds(future)) : instant(text);
  if (at === undefined)
    throw new OperatorError('policy-invalid', {
      message: `an example gives a time that is none: ${text}`,
      hint: 'such as 91d ago, in 30d, never, unknown',
    });
  return at;
}

/** A fact that an example leaves out is unknown. */
export function factAt(text: string | undefined, since: string | undefined, now: number): Fact<Instant> {
  if (text === undefined) return unknown('not-looked');
  if (text === 'unknown') return unknown('not-offered');
  if (text === 'never' || text === 'none') return absent(since === undefined ? undefined : timeAt(since, now));
  return known(timeAt(text, now));
}
