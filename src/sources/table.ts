import { CsvError, parse } from 'csv-parse/sync';
import { didYouMean } from '../document/suggest.ts';
import { type Mistake, OperatorError } from '../model/operator-error.ts';
import { printable } from '../model/printable.ts';
import type { SourceText } from './source-text.ts';

export type TableRow<Column extends string> = {
  /** Line on which the row starts, from 1. */
  readonly line: number;
  /** The trimmed cell; undefined where it is empty or the file has no such column. */
  cell(column: Column): string | undefined;
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
  const [header, ...records] = parseRecords(file, text, expected.noun);
  if (!header) throw new OperatorError('source-invalid', { message: `${expected.noun} is empty`, position: { file } });
  const index = findColumns(file, header.cells, expected);
  const ragged = records.filter(({ cells }) => cells.length !== header.cells.length);
  const mistakes = ragged.map(({ cells, line }) => ({
    message: `the row has ${String(cells.length)} cells, the header has ${String(header.cells.length)}`,
    hint: 'a cell that contains the separator must be quoted',
    position: { file, line },
  }));
  const rows = records
    .filter((record) => !ragged.includes(record))
    .map(({ cells, line }) => ({ line, cell: (column: Column) => cells[index.get(column) ?? -1]?.trim() || undefined }));
  return { rows, mistakes };
}

/** The headers of a table, as written. Throws OperatorError `source-invalid` for a file that is no table. */
export function headersOf({ file, text }: SourceText, noun: string): readonly string[] {
  const [header] = parseRecords(file, text, noun);
  if (!header) throw new OperatorError('source-invalid', { message: `${noun} is empty`, position: { file } });
  return header.cells.map((cell) => cell.trim());
}

type RawRecord = { readonly cells: readonly string[]; readonly line: number };

function parseRecords(file: string, text: string, noun: string): readonly RawRecord[] {
  if (text.includes('\0'))
    throw new OperatorError('source-invalid', {
      message: `${noun} is not UTF-8 text`,
      hint: 'save it as "CSV UTF-8"',
      position: { file },
    });
  if (/^\uFEFF?\s*[[{]/.test(text))
    throw new OperatorError('source-invalid', {
      message: `${noun} is JSON, and CSV was expected`,
      hint: 'say what wrote it, under format in the configuration: scim, entra or okta',
      position: { file },
    });
  // The parser counts a line break inside quotes twice when it is CR LF.
  const source = text.replace(/\r\n?/g, '\n');
  const records: RawRecord[] = [];
  const keep = (cells: string[], { lines }: { readonly lines: number }): null => {
    if (cells.some((cell) => cell.trim() !== '')) records.push({ cells, line: lines - cells.join('').split('\n').length + 1 });
    return null;
  };
  try {
    parse(source, { bom: true, delimiter: separator(source), relax_column_count: true, skip_empty_lines: true, on_record: keep });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? { line: error['lines'] } : {};
    throw new OperatorError('source-invalid', {
      message: `${noun} is no readable CSV: ${printable(error.message)}`,
      position: { file, ...line },
    });
  }
}

/** The one that stands most often in the header, outside quotes. */
function separator(text: string): string {
  const header = (text.replace(/^\uFEFF?\n*/, '').split('\n', 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (mark: string) => header.split(mark).length;
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}

function findColumns<Column extends string>(
  file: string,
  header: readonly string[],
  { noun, columns, required, names }: Expected<Column>,
): ReadonlyMap<Column, number> {
  const known = header.map((each) => each.trim().toLowerCase());
  const found = new Map<Column, number>();
  const mistakes: Mistake[] = [];
  for (const column of columns) {
    const given = names?.[column];
    const candidates: readonly string[] = typeof given === 'object' ? given : [given ?? column];
    const name = candidates.find((each) => known.includes(each.trim().toLowerCase())) ?? candidates[0] ?? column;
    const at = known.indexOf(name.trim().toLowerCase());
    if (at === -1) {
      if (!required.includes(column) && typeof given !== 'string') continue;
      const hint = `${didYouMean(
        name,
        header.map((each) => printable(each.trim())),
      )}; or map it under columns: ${column}`;
      const wanted = candidates.length > 1 ? `for ${column}: ${candidates.join(', ')}` : `\`${name}\``;
      mistakes.push({ message: `${noun} has no column ${wanted}`, hint, position: { file, line: 1 } });
    } else if (known.indexOf(known[at] ?? '', at + 1) !== -1) {
      mistakes.push({ message: `${noun} has the column \`${name}\` twice`, position: { file, line: 1 } });
    } else found.set(column, at);
  }
  if (mistakes.length > 0) throw new OperatorError('source-invalid', mistakes);
  return found;
}
