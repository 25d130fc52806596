/**
 * Where the character at `offset` of a scalar's value stands in its source. YAML adds quotes, escapes, indentation and line breaks to a value and
 * takes nothing away, so that the value is found again by reading the source and passing over what is not its next character.
 */
export function scalarOffset(source: string, value: string, offset: number): number {
  // A block scalar begins behind its header: `>-`, `|2`.
  let at = /^[|>]/.test(source) ? source.indexOf('\n') + 1 : 0;
  let found = at;
  for (let index = 0; index <= offset && index < value.length; index += 1) {
    const next = nextAt(source, at, value[index] ?? '');
    if (next === undefined) break;
    found = next;
    at = next + 1;
  }
  return found;
}

/** A blank of the value may be a line break of the source, which folds. */
function nextAt(source: string, from: number, wanted: string): number | undefined {
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === wanted || (isBlank(wanted) && isBlank(source[at] ?? ''))) return at;
  }
  return undefined;
}

function isBlank(character: string): boolean {
  return /^\s$/.test(character);
}
