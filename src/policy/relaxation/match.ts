import { inShort, isSame, mapOf } from './values.ts';

export type Narrowed = { readonly path: string; readonly from: string; readonly to: string };

/** Keys of a match that mean fewer subjects than before: a new one, or one whose list lost something. A key that is gone means more. */
export function narrowed(before: unknown, after: unknown, path = 'match'): readonly Narrowed[] {
  const [was, is] = [mapOf(before) ?? {}, mapOf(after) ?? {}];
  return Object.entries(is).flatMap(([key, value]) => {
    const earlier = was[key];
    const at = `${path}.${key}`;
    if (earlier === undefined) return [{ path: at, from: inShort(undefined), to: inShort(value) }];
    if (isSame(earlier, value)) return [];
    if (mapOf(earlier) && mapOf(value)) return narrowed(earlier, value, at);
    return listOf(earlier).every((item) => listOf(value).includes(item)) ? [] : [{ path: at, from: inShort(earlier), to: inShort(value) }];
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
