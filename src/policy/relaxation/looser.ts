import { durationPattern, milliseconds } from '../../model/duration.ts';
import type { Looser } from '../predicate.ts';

/** Whether `after` asks for less than `before`; undefined: that cannot be told. `words`: what may stand there, where that is a list of words. */
export function isLooser(way: Looser, before: unknown, after: unknown, words: readonly unknown[]): boolean | undefined {
  switch (way) {
    case 'longer':
    case 'shorter':
      return compared(lengthOf(before), lengthOf(after), way === 'longer');
    case 'higher':
    case 'lower':
      return compared(numberOf(before), numberOf(after), way === 'higher');
    case 'earlier':
    case 'later':
      return compared(placeIn(words, before), placeIn(words, after), way === 'later');
    case 'more':
      return lacks(before, after);
    case 'fewer':
      return lacks(after, before);
    case 'removed':
    case 'added':
      return false;
  }
}

function compared(before: number | undefined, after: number | undefined, larger: boolean): boolean | undefined {
  if (before === undefined || after === undefined) return undefined;
  return larger ? after > before : after < before;
}

/** Whether the first list is without something that the second one has. */
function lacks(first: unknown, second: unknown): boolean | undefined {
  if (!Array.isArray(first) || !Array.isArray(second)) return undefined;
  const present = new Set<unknown>(first);
  return second.some((item) => !present.has(item));
}

const isDuration = new RegExp(durationPattern);

function lengthOf(value: unknown): number | undefined {
  return typeof value === 'string' && isDuration.test(value) ? milliseconds(value) : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function placeIn(words: readonly unknown[], value: unknown): number | undefined {
  const at = words.indexOf(value);
  return at === -1 ? undefined : at;
}
