import { MalformedError } from '../../src/connector/refusal.ts';
import { type Json, textIn } from './answer.ts';
import type { Reader } from './reader.ts';

// https://cloud.google.com/resource-manager/reference/rest/v3/projects/list

export type Found = { readonly id: string; readonly number: string } | { readonly scope: string; readonly error: unknown };

/**
 * Every project under organisations and folders, folder by folder: both lists are strongly consistent, while a search leaves out what was
 * made a moment ago. What cannot be listed is told of in its turn, and the walk goes on beside it. A project that is being deleted is in
 * no list, and none of its service accounts works.
 */
export async function* projectsUnder(google: Reader, roots: readonly string[]): AsyncGenerator<Found> {
  const open = [...roots];
  const visited = new Set<string>();
  for (let parent = open.shift(); parent !== undefined; parent = open.shift()) {
    if (visited.has(parent)) continue;
    visited.add(parent);
    const scope = parent.replace(/^organizations\//, 'organization/').replace(/^folders\//, 'folder/');
    yield* attempt(`${scope}/projects`, projectsIn(google, parent));
    for await (const folder of attempt(`${scope}/folders`, foldersIn(google, parent))) {
      if (typeof folder === 'string') open.push(folder);
      else yield folder;
    }
  }
}

async function* projectsIn(google: Reader, parent: string): AsyncGenerator<Found> {
  for await (const page of google.pages('cloudresourcemanager', 'v3/projects', 'projects', { parent, pageSize: '300' })) {
    for (const item of page)
      if (textIn(item, 'state') !== 'DELETE_REQUESTED') yield { id: named(item, 'projectId'), number: numberOf(item) };
  }
}

async function* foldersIn(google: Reader, parent: string): AsyncGenerator<string> {
  for await (const page of google.pages('cloudresourcemanager', 'v3/folders', 'folders', { parent, pageSize: '300' })) {
    for (const item of page) yield named(item, 'name');
  }
}

async function* attempt<T>(
  scope: string,
  source: AsyncIterable<T>,
): AsyncGenerator<T | { readonly scope: string; readonly error: unknown }> {
  try {
    yield* source;
  } catch (error) {
    yield { scope, error };
  }
}

function named(item: Json, field: string): string {
  const value = textIn(item, field);
  if (value === undefined) throw new MalformedError(`a project or folder without ${field}`);
  return value;
}

/** `projects/481516234200`. */
function numberOf(item: Json): string {
  return named(item, 'name').replace(/^projects\//, '');
}
