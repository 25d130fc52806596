import { MalformedError } from '../../src/connector/refusal.ts';
import { instant } from '../../src/model/instant.ts';

/** A JSON object as Google answered it; read field by field, never passed on. */
export type Json = Readonly<Record<string, unknown>>;

/** The body of an answer. Throws MalformedError for anything but an object: gaxios hands over unparsable JSON as text. */
export function objectOf(body: unknown): Json {
  if (!isObject(body)) throw new MalformedError('an answer that is not a JSON object');
  return body;
}

/**
 * The list in `field`. Left out = empty, since proto3 JSON leaves empty lists out. An element that is no object comes as an empty
 * one, so that it is counted as an unreadable item.
 */
export function listIn(answer: Json, field: string): readonly Json[] {
  const list = valueIn(answer, field);
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw new MalformedError(`${field} is not a list`);
  return list.map((element: unknown) => (isObject(element) ? element : {}));
}

/** Text, or undefined where there is none. Throws MalformedError for another type. */
export function textIn(item: Json, field: string): string | undefined {
  const value = valueIn(item, field);
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new MalformedError(`${field} is not text`);
  return value;
}

/** A timestamp: text in REST, seconds and nanoseconds where an answer went through the types of gRPC. Throws MalformedError for another type. */
export function timestampIn(item: Json, field: string): string | undefined {
  const value = valueIn(item, field);
  if (!isObject(value)) return textIn(item, field);
  const at = instant(Number(value['seconds'] ?? 0) * 1000 + Math.floor(Number(value['nanos'] ?? 0) / 1e6));
  if (at === undefined) throw new MalformedError(`${field} is not a time`);
  return at;
}

/** proto3 JSON leaves `false` out. */
export function isSet(item: Json, field: string): boolean {
  const value = valueIn(item, field);
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw new MalformedError(`${field} is neither true nor false`);
  return value;
}

export function objectIn(item: Json, field: string): Json {
  const value = valueIn(item, field);
  return isObject(value) ? value : {};
}

// REST answers in camelCase, while Google's own samples of key metadata are in snake_case:
// https://cloud.google.com/iam/docs/keys-list-get
function valueIn(item: Json, field: string): unknown {
  return item[field] ?? item[field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a table of ours has under a name that somebody else chose: `constructor` is nothing. */
export function entryOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Labels and annotations: what is not text is left out. */
export function namesIn(item: Json, field: string): Record<string, string> {
  const pairs = Object.entries(objectIn(item, field)).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(pairs);
}

/** The texts of a list. Left out = empty. Throws MalformedError for anything but a list of texts. */
export function textsIn(item: Json, field: string): readonly string[] {
  const list = valueIn(item, field);
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list) || !list.every((each) => typeof each === 'string')) throw new MalformedError(`${field} is not a list of texts`);
  return list;
}

/** Details for display: only those that say something. */
export function described(details: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(details).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value] as const])),
  );
}
