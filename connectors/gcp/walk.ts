import { MalformedError } from '../../src/connector/refusal.ts';
import { type Json, textIn } from './answer.ts';
import type { Reader } from './reader.ts';

// https://cloud.google.com/resource-manager/reference/rest/v3/projects/list

/** A project as Google lists it, or a place whose projects or folders could not be listed. */
export type Found = { readonly project: Json } | { readonly scope: string; readonly error: unknown };

/**
 * Every project under an organisation or folder, folder by folder: both lists are strongly consistent, while a search leaves out what was
 * made a moment ago. What cannot be listed is told of in its turn, and the walk goes on beside it.
 */
export async function* walk(google: Reader, root: string): AsyncGenerator<readonly Found[]> {
  const open = [root];
  const visited = new Set<string>();
  for (let parent = open.shift(); parent !== undefined; parent = open.shift()) {
    if (visited.has(parent)) continue;
    visited.add(parent);
    const scope = scopeOfParent(parent);
    const query = { parent, pageSize: '300' };
    const projects = google.pages('cloudresourcemanager', 'v3/projects', 'projects', { ...query, showDeleted: 'true' });
    yield* attempt(`${scope}/projects`, projects, (project): Found => ({ project }));
    const folders = google.pages('cloudresourcemanager', 'v3/folders', 'folders', query);
    for await (const page of attempt(`${scope}/folders`, folders, nameOfFolder)) {
      const unread = page.filter((each) => typeof each !== 'string');
      open.push(...page.filter((each) => typeof each === 'string'));
      if (unread.length > 0) yield unread;
    }
  }
}

type Unread = { readonly scope: string; readonly error: unknown };

async function* attempt<T>(
  scope: string,
  pages: AsyncIterable<readonly Json[]>,
  read: (item: Json) => T,
): AsyncGenerator<readonly (T | Unread)[]> {
  try {
    for await (const page of pages) yield page.map(read);
  } catch (error) {
    yield [{ scope, error }];
  }
}

function nameOfFolder(item: Json): string {
  const name = textIn(item, 'name');
  if (name === undefined) throw new MalformedError('a folder without name');
  return name;
}

/** `organizations/123` -> `organization/123`. */
export function scopeOfParent(parent: string): string {
  return parent.replace(/^(organization|folder)s\//, '$1/');
}
