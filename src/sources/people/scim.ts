// https://datatracker.ietf.org/doc/html/rfc7643#section-4.1 and https://datatracker.ietf.org/doc/html/rfc7644#section-3.4.2
import { eachOrMistakes } from '../../model/all-mistakes.ts';
import { type Mistake, OperatorError } from '../../model/operator-error.ts';
import { type JsonObject, type JsonRow, fitting, given, readJsonRows } from '../json-rows.ts';
import { type SourceText, quoted } from '../source-text.ts';
import type { PeopleFormat, PersonRow, ReadRows } from './format.ts';

/** Lists of users as SCIM 2.0 answers them: saved pages, or those of a live endpoint. */
export const scim: PeopleFormat = {
  title: 'SCIM 2.0 list of users, JSON or NDJSON',
  names: 'may-repeat',
  isTable: false,
  leftOn: 'termination date',
  read: readScim,
};

export const enterpriseUser = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const text = { type: ['string', 'null'] } as const;

/** Only what is read here. */
const UserSchema = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'string', minLength: 1 },
    externalId: text,
    userName: text,
    displayName: text,
    // Clients and servers of the early Entra dialect write the word instead of the value.
    active: { type: ['boolean', 'string', 'null'], pattern: '^(?:[Tt]rue|[Ff]alse)$', title: 'true or false' },
    emails: {
      type: ['array', 'null'],
      items: { type: 'object', properties: { value: text, type: text, primary: { type: ['boolean', 'null'] } } },
    },
    [enterpriseUser]: {
      type: ['object', 'null'],
      properties: { employeeNumber: text, manager: { type: ['object', 'null'], properties: { value: text } } },
    },
  },
} as const;
type Email = { readonly value?: string | null; readonly type?: string | null; readonly primary?: boolean | null };
type User = {
  readonly id: string;
  readonly externalId?: string | null;
  readonly userName?: string | null;
  readonly displayName?: string | null;
  readonly active?: boolean | string | null;
  readonly emails?: readonly Email[] | null;
  readonly [enterpriseUser]?: {
    readonly employeeNumber?: string | null;
    readonly manager?: { readonly value?: string | null } | null;
  } | null;
};

function readScim(files: readonly SourceText[]): ReadRows {
  const read = eachOrMistakes(files, (source) => readJsonRows(source, { noun: 'the SCIM answer', list: 'Resources' }));
  // A page without users may leave out its list.
  const entries = read.flatMap((each) => each.rows.filter(({ value }) => !isEmptyPage(value)));
  const { rows, mistakes } = fitting(
    entries.filter((row) => refused(row) === undefined),
    UserSchema,
  );
  const unread = [...read.flatMap((each) => each.mistakes), ...entries.flatMap((row) => refused(row) ?? []), ...mistakes];
  const pages = read.flatMap((each) => [...each.pages, ...each.rows.map(({ value }) => value).filter(isEmptyPage)]);
  return { mistakes: unread.length > 0 ? unread : missingPages(pages, entries.length, files), rows: rows.map(person) };
}

function isEmptyPage(value: JsonObject): boolean {
  return 'totalResults' in value && !('id' in value);
}

/** What is in the list, and is no user. */
function refused({ value, position }: JsonRow): Mistake | undefined {
  const schemas = Array.isArray(value['schemas']) ? value['schemas'].filter((each) => typeof each === 'string') : [];
  if (schemas.some((each) => each.endsWith(':Error'))) {
    const detail = [value['detail'], value['status']].find((each) => typeof each === 'string') ?? 'no detail';
    return { message: `this is a refusal and no list: ${quoted(detail)}`, position };
  }
  if (schemas.length === 0 || schemas.some((each) => each.endsWith(':User'))) return undefined;
  return { message: `not a user: ${quoted(schemas.join(', '))}`, hint: 'ask the /Users endpoint', position };
}

/** Whoever is on a page that was not saved would seem to have left. */
function missingPages(pages: readonly JsonObject[], read: number, files: readonly SourceText[]): readonly Mistake[] {
  const total = pages.at(-1)?.['totalResults'];
  if (typeof total !== 'number' || total === read) return [];
  return [
    {
      message: `the answer counts ${String(total)} users, and ${String(read)} are here`,
      hint: 'give all pages: startIndex goes on after the last user of a page',
      position: { file: files[0]?.file ?? '' },
    },
  ];
}

/** The schema has accepted it. */
function person({ value, position }: JsonRow): PersonRow {
  const user = value as User;
  const { employeeNumber, manager } = user[enterpriseUser] ?? {};
  const addresses = (user.emails ?? []).filter(({ value: address }) => given(address) !== undefined);
  const names = [user.userName, user.externalId, employeeNumber, ...addresses.map(({ value: address }) => address)];
  return {
    position,
    id: user.id,
    email: given(mainAddress(addresses)),
    name: given(user.displayName),
    // That an account is off does not tell whether the person left: `false` is suspended.
    status: user.active === undefined || user.active === null ? 'unknown' : String(user.active),
    manager: given(manager?.value),
    aliases: [...new Set(names.flatMap((name) => given(name) ?? []))],
  };
}

/** The primary one, else the only one, else the only one for work. Which of several is meant is not guessed; all of them find the person. */
function mainAddress(emails: readonly Email[]): string | null | undefined {
  const primary = emails.find((each) => each.primary === true);
  const work = emails.filter(({ type }) => type?.toLowerCase() === 'work');
  return (primary ?? (emails.length === 1 ? emails[0] : work.length === 1 ? work[0] : undefined))?.value;
}

/** The next page of a live list: where it starts, or undefined after the last one. Throws OperatorError for an answer that is no list. */
export function nextStart(source: SourceText, startIndex: number): number | undefined {
  const { pages, rows } = readJsonRows(source, { noun: 'the SCIM answer', list: 'Resources' });
  const page = pages[0] ?? rows.map(({ value }) => value).find(isEmptyPage);
  const total = page?.['totalResults'];
  if (typeof total !== 'number')
    throw new OperatorError('source-invalid', {
      message: 'the answer is no SCIM list: it has no totalResults',
      hint: 'the endpoint is the address of /Users, such as https://idp.example/scim/v2/Users',
      position: { file: source.file },
    });
  const next = startIndex + (pages.length === 0 ? 0 : rows.length);
  return next > total || next === startIndex ? undefined : next;
}
