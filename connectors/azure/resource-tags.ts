import { isJson } from './json.ts';

/** Tags of a resource or of what is in a vault; those that are no text say nothing. */
export function resourceTags(tags: unknown): Record<string, string> {
  if (!isJson(tags)) return {};
  return Object.fromEntries(Object.entries(tags).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}
