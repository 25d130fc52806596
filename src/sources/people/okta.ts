// https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/
import { eachOrMistakes } from '../../model/all-mistakes.ts';
import { type JsonRow, fitting, given, readJsonRows } from '../json-rows.ts';
import type { PersonColumn } from '../settings.ts';
import type { SourceText } from '../source-text.ts';
import type { HeaderNames } from '../table.ts';
import { rowsOf } from './csv.ts';
import type { ColumnNames, PeopleFormat, PersonRow, ReadRows } from './format.ts';

/** Saved answers of `/api/v1/users`, or a table made from them. */
export const okta: PeopleFormat = {
  title: 'Okta users, JSON, NDJSON or CSV',
  names: 'may-repeat',
  isTable: true,
  leftOn: 'termination date',
  read: (files, columns) => {
    const isJson = ({ text }: SourceText): boolean => /^\uFEFF?\s*[[{]/.test(text);
    const parts = [
      readUsers(files.filter(isJson)),
      rowsOf(
        files.filter((file) => !isJson(file)),
        headers(columns),
      ),
    ];
    return { rows: parts.flatMap(({ rows }) => rows), mistakes: parts.flatMap(({ mistakes }) => mistakes) };
  },
};

/** Okta has no fixed table: its reports, and the tools that make one of the API, name the same fields differently. */
const usual: HeaderNames<PersonColumn> = {
  id: ['id', 'userId', 'user id', 'user.id'],
  email: ['profile.email', 'email', 'primary email', 'user.email'],
  name: ['profile.displayName', 'displayName', 'display name', 'name'],
  status: ['status', 'user status', 'user.status'],
  manager: ['profile.managerId', 'managerId', 'manager'],
  aliases: ['profile.login', 'login', 'username', 'user.login'],
};

function headers(columns: ColumnNames = {}): HeaderNames<PersonColumn> {
  return { ...usual, ...columns };
}

const text = { type: ['string', 'null'] } as const;
const UserSchema = {
  type: 'object',
  required: ['id', 'status', 'profile'],
  properties: {
    id: { type: 'string', minLength: 1 },
    status: { type: 'string', minLength: 1 },
    profile: {
      type: 'object',
      properties: { login: text, email: text, displayName: text, employeeNumber: text, managerId: text },
    },
  },
} as const;
type User = {
  readonly id: string;
  readonly status: string;
  readonly profile: Readonly<Partial<Record<'login' | 'email' | 'displayName' | 'employeeNumber' | 'managerId', string | null>>>;
};

function readUsers(files: readonly SourceText[]): ReadRows {
  // Pages are bare lists: nothing tells whether one is missing.
  const read = eachOrMistakes(files, (source) => readJsonRows(source, { noun: 'the Okta export', list: 'users' }));
  const { rows, mistakes } = fitting(
    read.flatMap((each) => each.rows),
    UserSchema,
  );
  return { mistakes: [...read.flatMap((each) => each.mistakes), ...mistakes], rows: rows.map(person) };
}

/** The schema has accepted it. */
function person({ value, position }: JsonRow): PersonRow {
  const { id, status, profile } = value as User;
  return {
    position,
    id,
    status,
    email: given(profile.email),
    name: given(profile.displayName),
    manager: given(profile.managerId),
    aliases: [...new Set([profile.login, profile.employeeNumber].flatMap((name) => given(name) ?? []))],
  };
}
