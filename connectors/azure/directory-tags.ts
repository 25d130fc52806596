/**
 * `tags` of an application or service principal is a list of words. People write `workload:reporting` there; Microsoft's own words,
 * such as `HideApp`, have no colon and stay as keys without a value.
 */
export function directoryTags(tags: unknown): Record<string, string> {
  if (!Array.isArray(tags)) return {};
  const pairs = tags.filter((tag) => typeof tag === 'string').map((tag: string) => split(tag));
  return Object.fromEntries(pairs.filter(([name]) => name !== ''));
}

function split(tag: string): [string, string] {
  const colon = tag.indexOf(':');
  return colon === -1 ? [tag.trim(), ''] : [tag.slice(0, colon).trim(), tag.slice(colon + 1).trim()];
}
