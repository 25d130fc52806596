import { didYouMean } from '../../document/suggest.ts';
import type { Mistake } from '../../model/operator-error.ts';
import { collisions } from '../collisions.ts';
import { dateMistake } from '../day.ts';
import { quoted } from '../source-text.ts';
import type { PeopleFormat, PersonRow } from './format.ts';
import { statusOf, statusWords } from './status.ts';

/** What is wrong with rows that could be read. */
export function rowMistakes(rows: readonly PersonRow[], { names, leftOn }: PeopleFormat): readonly Mistake[] {
  const named = rows.map(({ position, at, id, email, aliases }) => ({
    position,
    names: [
      ['id', id, at && (() => at('id'))] as const,
      ...(names === 'unique' ? [['email', email, at && (() => at('email'))] as const, ...aliasNames(aliases, at)] : []),
    ],
  }));
  return [...rows.flatMap((row) => mistakesOf(row, leftOn)), ...collisions(named, 'person')];
}

function aliasNames(aliases: readonly string[], at: PersonRow['at']) {
  return aliases.map((alias) => ['alias', alias, at && (() => at('aliases'))] as const);
}

function mistakesOf({ position, at = () => position, id, email, status, leftOn }: PersonRow, dateColumn: string): Mistake[] {
  const date = leftOn === undefined ? undefined : dateMistake(dateColumn, leftOn, at('termination_date'));
  const isAddress = email === undefined || /^[^\s@]+@[^\s@]+$/.test(email);
  return [
    ...(id === undefined ? [{ message: 'the row has no id', position: at('id') }] : []),
    ...(isAddress ? [] : [{ message: `not an e-mail address: ${quoted(email)}`, position: at('email') }]),
    ...(status === undefined
      ? [{ message: 'the row has no status', hint: 'write unknown where nobody knows', position: at('status') }]
      : []),
    ...(status !== undefined && statusOf(status) === undefined
      ? [{ message: `no such status: ${quoted(status)}`, hint: didYouMean(status, Object.keys(statusWords)), position: at('status') }]
      : []),
    ...(date ? [date] : []),
  ];
}
