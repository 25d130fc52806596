import { eachOrMistakes } from '../../model/all-mistakes.ts';
import type { SourceText } from '../source-text.ts';
import { personColumns } from '../settings.ts';
import { type HeaderNames, readTable } from '../table.ts';
import type { PeopleFormat, ReadRows } from './format.ts';

/** Comma-separated values with a header; `columns` maps the headers of any HR export. */
export const csv: PeopleFormat = {
  title: 'CSV with a header: commas, semicolons or tabs',
  names: 'unique',
  isTable: true,
  leftOn: 'termination_date',
  read: (files, columns) => rowsOf(files, columns ?? {}),
};

/** Rows of tables. `names`: the headers, where they are not those of our columns. */
export function rowsOf(files: readonly SourceText[], names: HeaderNames<(typeof personColumns)[number]>): ReadRows {
  const tables = eachOrMistakes(files, (source) => ({
    file: source.file,
    ...readTable(source, { noun: 'the roster', columns: personColumns, required: ['id', 'email', 'status'], names }),
  }));
  return {
    mistakes: tables.flatMap(({ mistakes }) => mistakes),
    rows: tables.flatMap(({ file, rows }) =>
      rows.map(({ line, cell, at }) => ({
        position: { file, line },
        at,
        id: cell('id'),
        email: cell('email'),
        name: cell('name'),
        status: cell('status'),
        manager: cell('manager'),
        leftOn: dayIn(cell('termination_date')),
        aliases: aliasesIn(cell('aliases')),
      })),
    ),
  };
}

/** BambooHR writes zeros for a day that there is not. */
function dayIn(cell: string | undefined): string | undefined {
  return cell === '0000-00-00' ? undefined : cell;
}

function aliasesIn(cell = ''): readonly string[] {
  return cell
    .split('|')
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '');
}
