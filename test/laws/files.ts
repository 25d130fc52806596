import { readdir } from 'node:fs/promises';

/** Paths of all files below the folders, from the repository's root, in order. */
export async function filesIn(...folders: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`);
    }),
  );
  return found.flat().toSorted();
}
