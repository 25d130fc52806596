import { didYouMean } from '../document/suggest.ts';
import { type Instant, epoch, instant, instantOrDayEnd } from '../model/instant.ts';
import { type Mistake, OperatorError } from '../model/operator-error.ts';
import { printable } from '../model/printable.ts';
import type { Person, PersonStatus, Sources } from '../model/source.ts';
import { type NamedRow, collisions } from './collisions.ts';
import { dateMistake } from './day.ts';
import { joinKey } from './join-key.ts';
import { type PersonColumn, type TableSettings, personColumns } from './settings.ts';
import { type SourceText, sourceInfo } from './source-text.ts';
import { type TableRow, readTable } from './table.ts';

/**
 * Words of HR and directory exports. Some only tell that an account is off, not that the person left: those are `suspended`, which is not active either.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/ for the upper-case ones of Okta.
 */
const words: Readonly<Record<PersonStatus, readonly string[]>> = {
  active: ['active', 'enabled', 'employed', 'current', 'true', 'recovery', 'locked_out', 'password_expired'],
  leave: ['leave', 'on leave', 'on_leave', 'loa', 'leave of absence', 'parental leave', 'sabbatical'],
  suspended: ['suspended', 'inactive', 'disabled', 'false', 'blocked'],
  pending: ['pending', 'staged', 'provisioned', 'preboarding', 'not started'],
  terminated: ['terminated', 'left', 'leaver', 'former', 'departed', 'deprovisioned', 'deactivated', 'offboarded', 'retired', 'resigned'],
  unknown: ['unknown'],
};
const statusOf = new Map(Object.entries(words).flatMap(([status, list]) => list.map((word) => [word, status as PersonStatus] as const)));

type People = NonNullable<Sources['people']>;
type Row = TableRow<PersonColumn>;

/** Reads the roster. `now` in milliseconds. Throws OperatorError `source-invalid` with every row that cannot be read, none left out in silence. */
export function readPeople(source: SourceText, settings: Omit<TableSettings<PersonColumn>, 'file'>, now: number): People {
  const { file } = source;
  const table = readTable(source, {
    noun: 'the roster',
    columns: personColumns,
    required: ['id', 'email', 'status'],
    ...(settings.columns ? { names: settings.columns } : {}),
  });
  const mistakes = [
    ...table.mistakes,
    ...table.rows.flatMap((row) => rowMistakes(row, file)),
    ...collisions(table.rows.map(names), 'person', file),
  ];
  if (mistakes.length > 0)
    throw new OperatorError(
      'source-invalid',
      mistakes.toSorted((a, b) => (a.position?.line ?? 0) - (b.position?.line ?? 0)),
    );
  if (table.rows.length === 0) {
    throw new OperatorError('source-invalid', {
      message: 'the roster has a header and no person',
      hint: 'an empty roster would make every owner a leaver; leave out sources.people to run without one',
      position: { file },
    });
  }
  return { ...sourceInfo([source], table.rows.length, settings, now), entries: table.rows.map((row) => person(row, file, now)) };
}

function person(row: Row, file: string, now: number): Person {
  const [id, email, name, manager] = [row.cell('id') ?? '', row.cell('email'), row.cell('name'), row.cell('manager')];
  const leftAt = left(row.cell('termination_date'), now);
  const said = statusOf.get(joinKey(row.cell('status') ?? '')) ?? 'unknown';
  return {
    source: `${file}:${String(row.line)}`,
    id,
    status: leftAt === undefined ? said : 'terminated',
    aliases: aliases(row),
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name }),
    ...(manager === undefined ? {} : { manager }),
    ...(leftAt === undefined ? {} : { leftAt }),
  };
}

/** A last day still counts as worked, in UTC; a date to come is a plan, not a fact. */
function left(date: string | undefined, now: number): Instant | undefined {
  const over = date === undefined ? undefined : instantOrDayEnd(date);
  return date !== undefined && over !== undefined && epoch(over) < now ? instant(date) : undefined;
}

function aliases(row: Row): readonly string[] {
  return (row.cell('aliases') ?? '')
    .split('|')
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '');
}

function rowMistakes(row: Row, file: string): Mistake[] {
  const position = { file, line: row.line };
  const [id, email, status] = [row.cell('id'), row.cell('email'), row.cell('status')];
  const date = dateMistake('termination_date', row.cell('termination_date'), position);
  return [
    ...(id === undefined ? [{ message: 'the row has no id', position }] : []),
    ...(email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email) ? [{ message: `not an e-mail address: ${quoted(email)}`, position }] : []),
    ...(status === undefined ? [{ message: 'the row has no status', hint: 'write unknown where nobody knows', position }] : []),
    ...(status !== undefined && !statusOf.has(joinKey(status))
      ? [{ message: `no such status: ${quoted(status)}`, hint: didYouMean(status, Object.keys(words)), position }]
      : []),
    ...(date ? [date] : []),
  ];
}

function names(row: Row): NamedRow {
  return {
    line: row.line,
    names: [['id', row.cell('id')], ['email', row.cell('email')], ...aliases(row).map((alias) => ['alias', alias] as const)],
  };
}

function quoted(text: string): string {
  return `\`${printable(text).slice(0, 60)}\``;
}
