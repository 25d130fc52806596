import { type Json, text } from './json.ts';

/**
 * `tags` of an application or service principal is a list of words. People write `workload:reporting` there; Microsoft's own words,
 * such as `HideApp`, have no colon and stay as keys without a value. `serviceManagementReference` is one more label: the id of the
 * application in whatever register of workloads its company keeps.
 */
export function directoryTags({ tags, serviceManagementReference }: Json): Record<string, string> {
  const pairs = Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string').map((tag: string) => split(tag)) : [];
  const reference = text(serviceManagementReference);
  return {
    ...Object.fromEntries(pairs.filter(([name]) => name !== '')),
    ...(reference === undefined ? {} : { serviceManagementReference: reference }),
  };
}

function split(tag: string): [string, string] {
  const colon = tag.indexOf(':');
  return colon === -1 ? [tag.trim(), ''] : [tag.slice(0, colon).trim(), tag.slice(colon + 1).trim()];
}
