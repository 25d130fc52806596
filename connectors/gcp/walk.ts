import { fanOut } from '../../src/connector/fan-out.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Json, textIn } from './answer.ts';
import type { Reader } from './reader.ts';

// https://cloud.google.com/resource-manager/reference/rest/v3/projects/list

/** A project as Google lists it, with all that it is in, the nearest first; or a place whose projects or folders could not be listed. */
export type Found = { readonly project: Json; readonly ancestors: readonly string[] } | { readonly scope: string; readonly error: unknown };

const foldersAtOnce = 4;

/**
 * Every project under an organisation or folder, level by level: both lists are strongly consistent, while a search leaves out what was
 * made a moment ago. What cannot be listed is told of in its turn, and the walk goes on beside it.
 */
export async function* walk(google: Reader, root: string): AsyncGenerator<readonly Found[]> {
  const visited = new Set([root]);
  let level: readonly (readonly string[])[] = [[root]];
  while (level.length > 0) {
    const below: (readonly string[])[] = [];
    for await (const { found, folders } of fanOut(level, foldersAtOnce, (path) => readParent(google, path))) {
      yield found;
      for (const path of folders) {
        const [name = ''] = path;
        if (!visited.has(name)) below.push(path);
        visited.add(name);
      }
    }
    level = below;
  }
}

type Below = { readonly found: readonly Found[]; readonly folders: readonly (readonly string[])[] };

/** `path`: the parent, and all that it is in. */
async function readParent(google: Reader, path: readonly string[]): Promise<Below> {
  const [parent = ''] = path;
  const scope = scopeOfParent(parent);
  const query = { parent, pageSize: '300' };
  const projects = google.pages('cloudresourcemanager', 'v3/projects', 'projects', { ...query, showDeleted: 'true' });
  const listed = await attempt(`${scope}/projects`, projects, (project): Found => ({ project, ancestors: path }));
  const inside = google.pages('cloudresourcemanager', 'v3/folders', 'folders', query);
  const folders = await attempt(`${scope}/folders`, inside, (item): readonly string[] => [nameOfFolder(item), ...path]);
  return { found: [...listed.items, ...listed.unread, ...folders.unread], folders: folders.items };
}

type Unread = { readonly scope: string; readonly error: unknown };

/** What came before the list broke off is kept. */
async function attempt<T>(
  scope: string,
  pages: AsyncIterable<readonly Json[]>,
  read: (item: Json) => T,
): Promise<{ readonly items: readonly T[]; readonly unread: readonly Unread[] }> {
  const items: T[] = [];
  try {
    for await (const page of pages) items.push(...page.map(read));
    return { items, unread: [] };
  } catch (error) {
    return { items, unread: [{ scope, error }] };
  }
}

function nameOfFolder(item: Json): string {
  const name = textIn(item, 'name');
  if (name === undefined) throw new MalformedError('a folder without name');
  return name;
}

/** `organizations/123` -> `organization/123`. */
export function scopeOfParent(parent: string): string {
  return parent.replace(/^(organization|folder|project)s\//, '$1/');
}
