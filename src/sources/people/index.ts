import { type Instant, epoch, instant, instantOrDayEnd } from '../../model/instant.ts';
import { OperatorError } from '../../model/operator-error.ts';
import type { Person, Sources } from '../../model/source.ts';
import { joinKey } from '../join-key.ts';
import { refuse } from '../refuse.ts';
import type { PeopleFormatId, PeopleSettings } from '../settings.ts';
import { type SourceText, sourceInfo, sourceOf } from '../source-text.ts';
import { csv } from './csv.ts';
import { entra } from './entra.ts';
import type { PeopleFormat, PersonRow } from './format.ts';
import { okta } from './okta.ts';
import { rowMistakes } from './row-mistakes.ts';
import { scim } from './scim.ts';
import { statusOf } from './status.ts';

export const peopleFormats = { csv, scim, entra, okta } as const satisfies Readonly<Record<PeopleFormatId, PeopleFormat>>;

type People = NonNullable<Sources['people']>;

/** Reads the roster. `now` in milliseconds. Throws OperatorError `source-invalid` with every row that cannot be read, none left out in silence. */
export function readPeople(
  files: readonly SourceText[],
  settings: Pick<PeopleSettings, 'format' | 'columns' | 'complete' | 'maxAge'>,
  now: number,
): People {
  const format: PeopleFormat = peopleFormats[settings.format ?? 'csv'];
  if (settings.columns && !format.isTable) {
    throw new OperatorError('source-invalid', {
      message: `${format.title}: its fields have their own names, and columns maps none`,
      hint: 'leave out sources.people.columns, or name another format',
      position: { file: files[0]?.file ?? '' },
    });
  }
  const { rows, mistakes: unread } = format.read(files, settings.columns);
  refuse([...unread, ...rowMistakes(rows, format)]);
  const info = sourceInfo(files, rows.length, settings, now);
  if (rows.length === 0) {
    throw new OperatorError('source-invalid', {
      message: format === csv ? 'the roster has a header and no person' : 'the roster has no person',
      hint: 'an empty roster would make every owner a leaver; leave out sources.people to run without one',
      position: { file: info.file },
    });
  }
  const ambiguous = sharedNames(rows);
  return { ...info, entries: rows.map((row) => person(row, now)), ...(ambiguous.length === 0 ? {} : { ambiguous }) };
}

function person({ position, id = '', email, name, status = '', manager, leftOn, aliases }: PersonRow, now: number): Person {
  const leftAt = left(leftOn, now);
  return {
    source: sourceOf(position),
    id,
    status: leftAt === undefined ? (statusOf(status) ?? 'unknown') : 'terminated',
    aliases,
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

/** Names of several people, as they are looked up. */
function sharedNames(rows: readonly PersonRow[]): readonly string[] {
  const holders = new Map<string, PersonRow>();
  const shared = new Set<string>();
  for (const row of rows) {
    for (const name of [row.id, row.email, ...row.aliases]) {
      if (name === undefined) continue;
      const key = joinKey(name);
      const first = holders.get(key);
      if (first === undefined) holders.set(key, row);
      else if (first !== row) shared.add(key);
    }
  }
  return [...shared].toSorted();
}
