import { frame } from '../document/frame.ts';
import { mistakesIn } from '../document/validate.ts';
import { type Mistake, OperatorError, type Position } from '../model/operator-error.ts';
import { printable } from '../model/printable.ts';
import { type Place, objectPlaces } from './json-places.ts';
import { problemOffset } from './json-problem.ts';
import type { SourceText } from './source-text.ts';

export type JsonObject = Readonly<Record<string, unknown>>;
export type JsonRow = { readonly value: JsonObject; readonly position: Position };
export type JsonRows = {
  readonly rows: readonly JsonRow[];
  /** Answers that held a list of rows, with what stands beside the list. */
  readonly pages: readonly JsonObject[];
  readonly mistakes: readonly Mistake[];
};
type Asked = { readonly noun: string /** Key of a page under which its rows stand. */; readonly list: string };

/**
 * Rows of a JSON file, whichever way the pages were saved: one page, a list of pages, a list of rows, lists in a list, or one of these on each
 * line (NDJSON). Throws OperatorError `source-invalid` for text that is no JSON.
 */
export function readJsonRows(source: SourceText, asked: Asked): JsonRows {
  const text = source.text.replace(/^\uFEFF/, '');
  const found: Found = { rows: [], pages: [], mistakes: [] };
  for (const part of parsedParts({ ...source, text }, asked.noun)) rowsIn(part, source, asked, found);
  return found;
}

type Found = { readonly rows: JsonRow[]; readonly pages: JsonObject[]; readonly mistakes: Mistake[] };
type Part = { readonly value: unknown; readonly text: string /** Lines before it. */; readonly linesBefore: number };

function parsedParts(source: SourceText, noun: string): readonly Part[] {
  const { file, text } = source;
  if (text.trim() === '') throw new OperatorError('source-invalid', { message: `${noun} is empty`, position: { file } });
  const whole = parsed(text);
  if ('value' in whole) return [{ value: whole.value, text, linesBefore: 0 }];
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  if (lines.length === 1 || !('value' in parsed(lines[first] ?? '')))
    throw new OperatorError('source-invalid', syntaxMistake(source, noun, whole.problem));
  const parts: Part[] = [];
  const mistakes: Mistake[] = [];
  for (const [linesBefore, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const part = parsed(line);
    if ('value' in part) parts.push({ value: part.value, text: line, linesBefore });
    else
      mistakes.push({
        message: `not JSON: ${part.problem}`,
        position: { file, line: linesBefore + 1, column: problemOffset(line) + 1 },
      });
  }
  if (mistakes.length > 0) throw new OperatorError('source-invalid', mistakes);
  return parts;
}

function parsed(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Its places count from the start of the part, and are told only of some mistakes.
    return { problem: printable(error.message.replace(/ in JSON at position .*$| \(line .*$/s, '')) };
  }
}

function syntaxMistake({ file, text }: SourceText, noun: string, problem: string): Mistake {
  const before = text.slice(0, problemOffset(text)).split('\n');
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  return {
    message: `${noun} is no readable JSON: ${problem}`,
    position: { file, ...place, frame: frame(text, { ...place, length: 1 }) },
  };
}

/** Walks the value in the order in which `objectPlaces` found its objects. */
function rowsIn({ value, text, linesBefore }: Part, source: SourceText, { noun, list }: Asked, found: Found): void {
  const places = objectPlaces(text, list);
  let at = 0;
  const next = (): Place | undefined => places[at++];
  const positionOf = (place: Place | undefined): Position =>
    source.firstEntry === undefined
      ? { file: source.file, ...(place ? { line: place.line + linesBefore, column: place.column } : {}) }
      : { file: `${source.file}#${String(source.firstEntry + found.rows.length)}` };
  const row = (each: unknown): void => {
    if (isObject(each)) found.rows.push({ value: each, position: positionOf(next()) });
    else
      found.mistakes.push({
        message: `entry ${String(found.rows.length + found.mistakes.length + 1)} of ${noun} is no object`,
        position: { file: source.file },
      });
  };
  const pageOrRow = (each: unknown): void => {
    const rows = isObject(each) ? each[list] : undefined;
    if (!isObject(each) || !Array.isArray(rows)) return row(each);
    next();
    found.pages.push(each);
    for (const inner of rows as readonly unknown[]) row(inner);
  };
  for (const each of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
    if (Array.isArray(each)) for (const inner of each as readonly unknown[]) row(inner);
    else pageOrRow(each);
  }
  if (at !== places.length) found.mistakes.push({ message: `\`${list}\` stands twice in one page`, position: { file: source.file } });
}

/** The rows that fit the schema of what is read of them, and the mistakes of the others. */
export function fitting(
  rows: readonly JsonRow[],
  schema: object,
): { readonly rows: readonly JsonRow[]; readonly mistakes: readonly Mistake[] } {
  const checked = rows.map((row) => ({
    row,
    mistakes: mistakesIn({ position: () => row.position }, row.value, schema),
  }));
  return {
    rows: checked.filter(({ mistakes }) => mistakes.length === 0).map(({ row }) => row),
    mistakes: checked.flatMap(({ mistakes }) => mistakes),
  };
}

/** What a field says; undefined for one that is left out, null or blank. */
export function given(value: string | null | undefined): string | undefined {
  return value?.trim() || undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
