import type { Page, Place } from './page.ts';
import { columnOf, contentEnd, isBlank, isComment, lineStart, nextLine } from './lines.ts';

/** The lines of one entry, from its first comment to the end of its last line. */
export type Block = { readonly start: number; readonly end: number };

/** An entry owns the comments right above it and those inside it; what a blank line sets apart belongs to the file. */
export function blockOf({ text }: Page, { node, dash }: Place): Block {
  const [start = 0, valueEnd = start] = node.range ?? [];
  let end = nextLine(text, contentEnd(text, start, valueEnd));
  for (let next = end; next < text.length; next = nextLine(text, next)) {
    const line = text.slice(next, nextLine(text, next));
    const inside = isComment(line) && line.indexOf('#') > columnOf(text, dash);
    if (!inside) break;
    end = nextLine(text, next);
  }
  let first = lineStart(text, dash);
  while (first > 0) {
    const above = lineStart(text, first - 1);
    if (!isComment(text.slice(above, first))) break;
    first = above;
  }
  return { start: first, end };
}

/** The lines with the blank ones below them, or those above where nothing follows: what has to go with them. */
export function withGap({ text }: Page, { start, end }: Block): Block {
  let below = end;
  while (below < text.length && isBlank(text.slice(below, nextLine(text, below)))) below = nextLine(text, below);
  if (below > end && below < text.length) return { start, end: below };
  let above = start;
  while (above > 0 && isBlank(text.slice(lineStart(text, above - 1), above))) above = lineStart(text, above - 1);
  return { start: above, end };
}
