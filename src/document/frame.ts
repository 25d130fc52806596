/** A part of one line; line and column count from 1. */
export type Span = { readonly line: number; readonly column: number; readonly length: number };

const widest = 120;
/** Control, format (bidirectional) and line separator characters: a file may not steer the terminal that quotes it. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * The quoted line with carets under the given part; line and column count from 1. Unprintable characters are removed, long lines are cut.
 *
 *     5 | severity: hgih
 *       |           ^^^^
 */
export function frame(text: string, span: Span): string {
  return lineFrame(lineOf(text, span.line), span);
}

/** The same of a line that was found already. */
export function lineFrame(source: string, { line, column, length }: Span): string {
  const before = printable(source.slice(0, column - 1));
  const marked = printable(source.slice(column - 1, column - 1 + length)).trimEnd();
  const after = printable(source.slice(column - 1 + length));
  const cut = Math.max(0, before.length + Math.min(marked.length, widest / 2) - widest);
  const lead = cut === 0 ? before : `…${before.slice(cut + 1)}`;
  const whole = `${lead}${marked}${after}`.trimEnd();
  const shown = whole.length > widest ? `${whole.slice(0, widest)}…` : whole;
  const carets = '^'.repeat(Math.max(1, Math.min(marked.length, shown.length - lead.length)));
  const gutter = String(line);
  return `  ${gutter} | ${shown}\n  ${' '.repeat(gutter.length)} | ${' '.repeat(lead.length)}${carets}`;
}

/** Without a copy of every line before it: the file may be large, and so may the number of its mistakes. */
function lineOf(text: string, line: number): string {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const next = text.indexOf('\n', start);
    if (next === -1) return '';
    start = next + 1;
  }
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end);
}

/** Text of a file that may be quoted in a message. */
export function printable(text: string): string {
  return text.replaceAll('\t', ' ').replace(unprintable, '');
}
