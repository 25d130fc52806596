import { type Fact, unknown } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import { time } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';

/** What the API documents, with nothing of it taken for certain: each field may be missing or null. */
export type Unsure<T> = T extends readonly (infer Item)[]
  ? readonly (Unsure<Item> | null)[]
  : T extends object
    ? { readonly [Field in keyof T]?: Unsure<T[Field]> | null }
    : T;

/** Text that a record cannot do without. Throws MalformedError. */
export function text(value: unknown, field: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw new MalformedError(`an item without ${field}`);
  return value;
}

/** A numeric id as text; Octokit reads ids past 2^53 as bigint. Throws MalformedError. */
export function numericId(value: unknown, field: string): string {
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value);
  throw new MalformedError(`an item without ${field}`);
}

/** A timestamp that the API always sends, as null where there is none. A missing field is not an absent time. */
export function moment(value: unknown, whenNull: Fact<Instant>): Fact<Instant> {
  if (value === null) return whenNull;
  if (value === undefined || typeof value === 'string') return time(value);
  return unknown('malformed-response', `not a time: a ${typeof value}`);
}

/** The items of a list that may be missing, or be something else. For what a record can do without. */
export function listed<Item>(value: readonly Item[] | null | undefined): readonly Item[] {
  return Array.isArray(value) ? (value as readonly Item[]) : [];
}
