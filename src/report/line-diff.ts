/** The lines that two texts differ in, each hunk below the number of its first line: `-` is gone, `+` is new. Empty where they are the same. */
export function lineDiff(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const steps = stepsBetween(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  let line = head + 1;
  let isOpen = false;
  let text = '';
  for (const { sign, content } of steps) {
    if (sign === ' ') isOpen = false;
    else {
      text += `${isOpen ? '' : `@@ line ${String(line)} @@\n`}${sign}${content.trimEnd()}\n`;
      isOpen = true;
    }
    if (sign !== '+') line += 1;
  }
  return text;
}

type Step = { readonly sign: ' ' | '-' | '+'; readonly content: string };

/** By the longest common subsequence; both are what a hand has written, so they are short. */
function stepsBetween(old: readonly string[], now: readonly string[]): readonly Step[] {
  const width = now.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      steps.push({ sign: ' ', content: old[i] ?? '' });
      [i, j] = [i + 1, j + 1];
    } else if (i < old.length && (j === now.length || at(i + 1, j) >= at(i, j + 1))) {
      steps.push({ sign: '-', content: old[i] ?? '' });
      i += 1;
    } else {
      steps.push({ sign: '+', content: now[j] ?? '' });
      j += 1;
    }
  }
  return steps;
}
