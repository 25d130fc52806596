import { type Span, lineFrame } from '../document/frame.ts';
import type { Position } from '../model/operator-error.ts';

/** Where a cell stands, with its caret; without a cell, the line alone. Lines count from 1, cells from 0. */
export type CellPlace = (line: number, cell?: number) => Position;

/**
 * Finds cells in the text of a table with plain line ends. The parser tells the line of a row and no more, and only a mistake needs more: so
 * the row is read again, when somebody asks.
 */
export function openCellPlaces(file: string, text: string, separator: string): CellPlace {
  let starts: readonly number[] | undefined;
  const startOf = (line: number): number => (starts ??= lineStarts(text))[line - 1] ?? text.length;
  return (line, cell) => {
    if (cell === undefined) return { file, line };
    let span: Span | undefined;
    const found = (): Span => (span ??= spanOf(text, { start: startOf(line), line, cell, separator }));
    return {
      file,
      get line() {
        return found().line;
      },
      get column() {
        return found().column;
      },
      get frame() {
        const { line: at } = found();
        return lineFrame(text.slice(startOf(at), startOf(at + 1)).replace(/\n$/, ''), found());
      },
    };
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

type Asked = { readonly start: number; readonly line: number; readonly cell: number; readonly separator: string };

/** A cell in quotes may hold separators and line breaks; one that is empty is pointed at by what stands behind it. */
function spanOf(text: string, { start, line, cell, separator }: Asked): Span {
  let [at, lineStart, lineAt] = [start, start, line];
  for (let index = 0; ; index += 1) {
    const end = cellEnd(text, at, separator);
    const first = text.slice(at, end).split('\n', 1)[0] ?? '';
    const isLast = text[end] !== separator;
    if (index === cell || isLast) return { line: lineAt, column: at - lineStart + 1, length: Math.max(1, first.length) };
    const inside = text.slice(at, end).split('\n');
    if (inside.length > 1) [lineAt, lineStart] = [lineAt + inside.length - 1, end - (inside.at(-1)?.length ?? 0)];
    at = end + 1;
  }
}

function cellEnd(text: string, start: number, separator: string): number {
  let at = start;
  if (text[at] === '"') {
    at += 1;
    while (at < text.length && !(text[at] === '"' && text[at + 1] !== '"')) at += text[at] === '"' ? 2 : 1;
  }
  while (at < text.length && text[at] !== separator && text[at] !== '\n') at += 1;
  return at;
}
