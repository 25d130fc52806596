import { readdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import picomatch from 'picomatch';
import { OperatorError } from '../model/operator-error.ts';

/** Files that paths and globs name, each glob sorted. A glob that finds nothing is a mistake: a policy that is not read is not applied. */
export async function findFiles(patterns: readonly string[], folder: string, what: string): Promise<readonly string[]> {
  const found = await Promise.all(patterns.map((pattern) => matching(pattern, folder, what)));
  return found.flat();
}

async function matching(pattern: string, folder: string, what: string): Promise<readonly string[]> {
  const { base, isGlob } = picomatch.scan(pattern);
  if (!isGlob) return [resolve(folder, pattern)];
  const root = resolve(folder, base);
  const fits = picomatch(resolve(folder, pattern));
  const files = (await namesBelow(root))
    .map((name) => join(root, name))
    .filter((path) => fits(path))
    .toSorted();
  if (files.length > 0) return files;
  throw new OperatorError('file-unreadable', {
    message: `${what} ${pattern} matches no file`,
    hint: `looked in ${relative(folder, root) || '.'}`,
  });
}

async function namesBelow(root: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => relative(root, join(entry.parentPath, entry.name)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
