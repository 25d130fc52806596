import { MalformedError } from '../../src/connector/refusal.ts';

/** An object of a provider's answer, of which nothing is believed before it is looked at. */
export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text that says something; undefined for anything else. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A list that the API always sends. Without it nobody can say that there is nothing, so it is never read as empty. */
export function listed(value: unknown, field: string): readonly Json[] {
  if (!Array.isArray(value) || !value.every(isJson)) throw new MalformedError(`an answer without the list ${field}`);
  return value;
}

/** Details for display: only those that say something. */
export function described(details: Readonly<Record<string, unknown>>): Record<string, string> {
  const said: Record<string, string> = {};
  for (const [name, value] of Object.entries(details)) {
    const words = typeof value === 'boolean' ? String(value) : text(value);
    if (words !== undefined) said[name] = words;
  }
  return said;
}
