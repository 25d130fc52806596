import { type OneOrMore, each } from './policy.ts';

/**
 * Names with `*` (any text, `/` too) and `?` (one character); nothing else is special. Not a regular expression on purpose: anybody may
 * choose the names of things in a cloud, and several stars over a long name must not take longer than the product of their lengths.
 */
export function globs(patterns: OneOrMore<string>): (text: string) => boolean {
  const exact = new Set(each(patterns).filter((pattern) => !isGlob(pattern)));
  const wild = each(patterns).filter(isGlob);
  if (wild.length === 0) return (text) => exact.has(text);
  return (text) => exact.has(text) || wild.some((pattern) => fits(pattern, text));
}

export function isGlob(pattern: string): boolean {
  return pattern.includes('*') || pattern.includes('?');
}

/** On a mismatch the last star takes one character more; stars before it never need to. */
function fits(pattern: string, text: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let taken = 0;
  while (from < text.length) {
    if (pattern[at] === '*') {
      star = at;
      taken = from;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[from])) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      at = star + 1;
      taken += 1;
      from = taken;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
