import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Files } from './files.ts';
import { readText } from './read-text.ts';

/** The files as they stand on the disk. */
export const workingCopy: Files = { read: readText, has, below };

async function has(path: string): Promise<boolean> {
  return (await unlessMissing(() => access(path).then(() => true))) ?? false;
}

async function below(folder: string): Promise<readonly string[]> {
  const entries = await unlessMissing(() => readdir(folder, { recursive: true, withFileTypes: true }));
  return (entries ?? []).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function unlessMissing<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}
