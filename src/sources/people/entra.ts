// https://learn.microsoft.com/graph/api/user-list and https://learn.microsoft.com/graph/api/resources/user
import { eachOrMistakes } from '../../model/all-mistakes.ts';
import type { Mistake } from '../../model/operator-error.ts';
import { type JsonObject, type JsonRow, fitting, given, readJsonRows } from '../json-rows.ts';
import type { SourceText } from '../source-text.ts';
import type { PeopleFormat, PersonRow, ReadRows } from './format.ts';

/** Saved answers of Microsoft Graph's `/users`. */
export const entra: PeopleFormat = {
  title: 'Microsoft Graph `/users`, JSON or NDJSON',
  names: 'may-repeat',
  isTable: false,
  leftOn: 'employeeLeaveDateTime',
  read: readEntra,
};

const text = { type: ['string', 'null'] } as const;
const texts = { type: ['array', 'null'], items: { type: 'string' } } as const;
const UserSchema = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'string', minLength: 1 },
    displayName: text,
    mail: text,
    userPrincipalName: text,
    otherMails: texts,
    accountEnabled: { type: ['boolean', 'null'] },
    employeeId: text,
    employeeLeaveDateTime: text,
    manager: { type: ['object', 'null'], properties: { id: text } },
  },
} as const;
type User = {
  readonly id: string;
  readonly displayName?: string | null;
  readonly mail?: string | null;
  readonly userPrincipalName?: string | null;
  readonly otherMails?: readonly string[] | null;
  readonly accountEnabled?: boolean | null;
  readonly employeeId?: string | null;
  readonly employeeLeaveDateTime?: string | null;
  readonly manager?: { readonly id?: string | null } | null;
};

function readEntra(files: readonly SourceText[]): ReadRows {
  const read = eachOrMistakes(files, (source) => readJsonRows(source, { noun: 'the Entra export', list: 'value' }));
  const entries = read.flatMap((each) => each.rows);
  const { rows, mistakes } = fitting(entries, UserSchema);
  const pages = read.flatMap((each) => each.pages);
  return {
    mistakes: [...read.flatMap((each) => each.mistakes), ...mistakes, ...withoutState(entries), ...missingPages(pages, files)],
    rows: rows.map(person),
  };
}

/** Graph gives the state of an account only to whoever asks for it. */
function withoutState(rows: readonly JsonRow[]): readonly Mistake[] {
  const [first] = rows;
  if (!first || rows.some(({ value }) => 'accountEnabled' in value)) return [];
  return [
    {
      message: 'no user has accountEnabled: nobody could be told from a leaver',
      hint: 'ask for $select=id,displayName,mail,userPrincipalName,otherMails,accountEnabled,employeeId,employeeLeaveDateTime',
      position: first.position,
    },
  ];
}

/** Each page but the last names the next one. */
function missingPages(pages: readonly JsonObject[], files: readonly SourceText[]): readonly Mistake[] {
  if (pages.length === 0 || pages.some((page) => page['@odata.nextLink'] === undefined)) return [];
  return [
    {
      message: 'the last page is missing: each page here goes on at its @odata.nextLink',
      hint: 'follow it to the end; who is on a missing page would seem to have left',
      position: { file: files[0]?.file ?? '' },
    },
  ];
}

/** The schema has accepted it. A guest's principal name is made of the tenant and is nobody's address. */
function person({ value, position }: JsonRow): PersonRow {
  const user = value as User;
  const names = [user.userPrincipalName, user.employeeId, ...(user.otherMails ?? [])];
  return {
    position,
    id: user.id,
    email: given(user.mail),
    name: given(user.displayName),
    status: user.accountEnabled === undefined || user.accountEnabled === null ? 'unknown' : String(user.accountEnabled),
    manager: given(user.manager?.id),
    leftOn: given(user.employeeLeaveDateTime),
    aliases: [...new Set(names.flatMap((name) => given(name) ?? []))],
  };
}
