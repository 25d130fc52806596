import { RE2JS, RE2JSException } from 're2js';

/** The name that `matches` has inside, since the library does not let go of its own: that one takes exponential time over hostile names. */
export const linearMatches = 'matchesInLinearTime';

const compiled = new Map<string, RE2JS>();
const mostKept = 200;

/** Whether the pattern is found in the text, in time that grows with the text alone. Throws RE2JSException for a pattern that is none. */
export function matchesLinearly(text: string, pattern: string): boolean {
  return patternOf(pattern).matcher(text).find();
}

/** Why the text is no pattern; undefined where it is one. Patterns that look around or back are none: they take no linear time. */
export function patternProblem(pattern: string): string | undefined {
  try {
    patternOf(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof RE2JSException) return error.message;
    throw error;
  }
}

/** Patterns may be made from facts, so that not all of them can be kept. */
function patternOf(pattern: string): RE2JS {
  const ready = compiled.get(pattern);
  if (ready) return ready;
  if (compiled.size >= mostKept) compiled.clear();
  const made = RE2JS.compile(pattern);
  compiled.set(pattern, made);
  return made;
}
