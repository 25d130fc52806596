import type { Document } from 'yaml';
import type { WaiverEntry } from '../schema.ts';
import { type Change, type Edit, applied } from './apply.ts';
import { blockOf } from './block.ts';
import { columnOf, indented, isBlank, lineStart } from './lines.ts';
import { type Page, type Place, listOf } from './page.ts';
import { entryText } from './render.ts';

/** The text of the file with one more waiver at its end. */
export function withEntry(page: Page, entry: WaiverEntry): string {
  const change: Change = {
    edits: editsFor(page, entry),
    remodel: (documents) => listOf(documents.at(-1))?.add(documents.at(-1)?.createNode(entry)),
  };
  return applied(page, change);
}

/** A file that does not exist yet. `schemaLine`: the comment that tells an editor its schema. */
export function newFile(entry: WaiverEntry, schemaLine: string): string {
  return `${schemaLine}apiVersion: overdue/v1\nkind: WaiverFile\nwaivers:\n${indented(entryText(entry), 2, '\n')}\n`;
}

function editsFor(page: Page, entry: WaiverEntry): readonly Edit[] | undefined {
  const last = page.entries.at(-1);
  if (last?.document === page.documents.length - 1) return last.dash === -1 ? undefined : [behind(page, last, entry)];
  return intoEmptyList(page, page.documents.at(-1), entry);
}

function behind(page: Page, last: Place, entry: WaiverEntry): Edit {
  const { text, eol } = page;
  const { end } = blockOf(page, last);
  const column = columnOf(text, last.dash);
  const lines = indented(entryText(entry, (last.node.range?.[0] ?? 0) - last.dash), column, eol);
  const gap = isApart(page, last) ? eol : '';
  return { start: end, end, text: `${text.slice(0, end).endsWith('\n') ? '' : eol}${gap}${lines}${eol}` };
}

/** Whether a blank line stands between it and the one before; a single one gets one. */
function isApart(page: Page, place: Place): boolean {
  if (place.at === 0) return true;
  const { start } = blockOf(page, place);
  return isBlank(page.text.slice(lineStart(page.text, start - 1), start));
}

/** `waivers: []` */
function intoEmptyList({ text, eol }: Page, document: Document | undefined, entry: WaiverEntry): readonly Edit[] | undefined {
  const range = listOf(document)?.range;
  if (!range || text.slice(range[0], range[1]) !== '[]') return undefined;
  const before = text.slice(lineStart(text, range[0]), range[0]).trimEnd();
  const rest = text.slice(range[1]).split(/\r?\n/, 1)[0] ?? '';
  const start = lineStart(text, range[0]) + before.length;
  return [{ start, end: range[1] + rest.length, text: `${rest}${eol}${indented(entryText(entry), 2, eol)}` }];
}
