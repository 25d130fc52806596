import { CsvError, parse } from 'csv-parse/sync';
import { didYouMean, suggest } from '../document/suggest.ts';
import { type Mistake, OperatorError, type Position } from '../model/operator-error.ts';
import { printable } from '../model/printable.ts';
import { type CellPlace, openCellPlaces } from './cell-place.ts';
import type { SourceText } from './source-text.ts';

export type TableRow<Column extends string> = {
  /** Line on which the row starts, from 1. */
  readonly line: number;
  /** The trimmed cell; undefined where it is empty or the file has no such column. */
  cell(column: Column): string | undefined;
  /** Where that cell stands; the row itself where the file has no such column. */
  at(column: Column): Position;
};
export type Table<Column extends string> = {
  readonly rows: readonly TableRow<Column>[];
  /** Rows that could not be read; the caller adds its own and throws all at once. */
  readonly mistakes: readonly Mistake[];
};
type Expected<Column extends string> = {
  readonly noun: string;
  readonly columns: readonly Column[];
  readonly required: readonly Column[];
  readonly names?: HeaderNames<Column>;
};
/** Our column -> the header in the file, or all that it may be called, of which the first that is there is taken. */
export type HeaderNames<Column extends string> = Readonly<Partial<Record<Column, string | readonly string[]>>>;

/** A CSV file with a header, separated by commas, semicolons or tabs. Throws OperatorError `source-invalid` for a file that is no such table. */
export function readTable<Column extends string>({ file, text }: SourceText, expected: Expected<Column>): Table<Column> {
  const { records, place } = parseRecords(file, text, expected.noun);
  const [header, ...rest] = records;
  if (!header) throw new OperatorError('source-invalid', { message: `${expected.noun} is empty`, position: { file } });
  const index = findColumns(header, expected, place);
  const width = header.cells.length;
  const ragged = rest.filter(({ cells }) => cells.length !== width);
  const mistakes = ragged.map(({ cells, line }) => ({
    message: `the row has ${String(cells.length)} cells, the header has ${String(width)}`,
    hint: 'a cell that contains the separator must be quoted',
    position: place(line, Math.min(width, cells.length - 1)),
  }));
  const isRagged = new Set(ragged);
  const rows = rest
    .filter((record) => !isRagged.has(record))
    .map(({ cells, line }) => ({
      line,
      cell: (column: Column) => cells[index.get(column) ?? -1]?.trim() || undefined,
      at: (column: Column) => place(line, index.get(column)),
    }));
  return { rows, mistakes };
}

/** The headers of a table, as written. Throws OperatorError `source-invalid` for a file that is no table. */
export function headersOf({ file, text }: SourceText, noun: string): readonly string[] {
  const [header] = parseRecords(file, text, noun).records;
  if (!header) throw new OperatorError('source-invalid', { message: `${noun} is empty`, position: { file } });
  return header.cells.map((cell) => cell.trim());
}

type RawRecord = { readonly cells: readonly string[]; readonly line: number };
type Records = { readonly records: readonly RawRecord[]; readonly place: CellPlace };

function parseRecords(file: string, text: string, noun: string): Records {
  if (/^\uFEFF?\s*[[{]/.test(text))
    throw new OperatorError('source-invalid', {
      message: `${noun} is JSON, and CSV was expected`,
      hint: 'say what wrote it, under format in the configuration: scim, entra or okta',
      position: { file },
    });
  // The parser counts a line break inside quotes twice when it is CR LF.
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const delimiter = separator(source);
  const place = openCellPlaces(file, source, delimiter);
  const records: RawRecord[] = [];
  let linesRead = 0;
  const keep = (cells: string[], { lines }: { readonly lines: number }): null => {
    linesRead = lines;
    if (cells.some((cell) => cell.trim() !== '')) records.push({ cells, line: lines - cells.join('').split('\n').length + 1 });
    return null;
  };
  try {
    parse(source, { delimiter, relax_column_count: true, skip_empty_lines: true, on_record: keep });
    return { records, place };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = linesRead + 1 + (/^\n*/.exec(source.split('\n').slice(linesRead).join('\n'))?.[0].length ?? 0);
    const cell = typeof error['index'] === 'number' ? error['index'] : 0;
    throw new OperatorError('source-invalid', { ...unreadable(error, noun), position: place(line, cell) });
  }
}

/** What comes behind a quote that is out of place can be told apart in more than one way, so that no row after it is read. */
function unreadable({ code, message }: CsvError, noun: string): { readonly message: string; readonly hint: string } {
  const hint = 'a cell that contains a quote stands in quotes, and the quote is written twice: "the ""old"" key"';
  if (code === 'CSV_QUOTE_NOT_CLOSED') return { message: 'this quote is never closed, and nothing behind it can be read', hint };
  if (code === 'INVALID_OPENING_QUOTE') return { message: 'a quote stands inside this cell, and nothing behind it can be read', hint };
  if (code === 'CSV_INVALID_CLOSING_QUOTE')
    return { message: 'this cell goes on behind its closing quote, and nothing behind it can be read', hint };
  return { message: `${noun} is no readable CSV: ${printable(message)}`, hint };
}

/** The one that stands most often in the header, outside quotes. */
function separator(text: string): string {
  const header = (text.replace(/^\n*/, '').split('\n', 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (mark: string) => header.split(mark).length;
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}

function findColumns<Column extends string>(
  { cells, line }: RawRecord,
  { noun, columns, required, names }: Expected<Column>,
  place: CellPlace,
): ReadonlyMap<Column, number> {
  const headers = cells.map((each) => each.trim());
  const known = headers.map((each) => each.toLowerCase());
  const indexOf = (name: string, from = 0): number => known.indexOf(name.trim().toLowerCase(), from);
  const found = new Map<Column, number>();
  const mistakes: Mistake[] = [];
  for (const column of columns) {
    const given = names?.[column];
    const candidates: readonly string[] = typeof given === 'object' ? given : [given ?? column];
    const name = candidates.find((each) => indexOf(each) !== -1) ?? candidates[0] ?? column;
    const at = indexOf(name);
    const again = at === -1 ? -1 : indexOf(name, at + 1);
    if (again !== -1) mistakes.push({ message: `${noun} has the column \`${name}\` twice`, position: place(line, again) });
    else if (at !== -1) found.set(column, at);
    else if (required.includes(column) || typeof given === 'string') {
      const meant = suggest(name, headers);
      const wanted = candidates.length > 1 ? `for ${column}: ${candidates.join(', ')}` : `\`${name}\``;
      mistakes.push({
        message: `${noun} has no column ${wanted}`,
        hint: `${didYouMean(name, headers.map(printable))}; ${typeof given === 'string' ? `columns maps ${column} to it` : `or map it under columns: ${column}`}`,
        position: place(line, meant === undefined ? undefined : headers.indexOf(meant)),
      });
    }
  }
  if (mistakes.length > 0) throw new OperatorError('source-invalid', mistakes);
  return found;
}
