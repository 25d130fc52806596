// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards

/** Whether a pattern with `*` and `?` takes in the whole of a text, or of another pattern read as a text. In time of both lengths. */
export function covers(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resumed = 0;
  for (let index = 0; index < text.length; ) {
    const sign = pattern[at];
    if (sign === '*') {
      star = at;
      resumed = index;
      at += 1;
    } else if (sign === text[index] || (sign === '?' && text[index] !== '*')) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      resumed += 1;
      index = resumed;
      at = star + 1;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** Whether some text is taken in by both patterns. */
export function overlap(one: string, other: string): boolean {
  let row = startOf(other);
  for (const sign of units(one)) {
    const next = [sign === '*' && (row[0] ?? false)];
    for (let index = 1; index <= other.length; index += 1) next.push(meets(sign, other[index - 1] ?? '', row, next, index));
    row = next;
  }
  return row[other.length] ?? false;
}

/** What an empty pattern shares with each beginning of the other. */
function startOf(other: string): readonly boolean[] {
  const row = [true];
  for (const sign of units(other)) row.push(sign === '*' && (row.at(-1) ?? false));
  return row;
}

function meets(sign: string, against: string, above: readonly boolean[], own: readonly boolean[], index: number): boolean {
  if (sign === '*' || against === '*') return (above[index] ?? false) || (own[index - 1] ?? false);
  return (sign === against || sign === '?' || against === '?') && (above[index - 1] ?? false);
}

/** As `charAt` counts, so that both patterns are cut alike. */
function units(text: string): readonly string[] {
  return text.split('');
}
