import { relative, resolve } from 'node:path';
import picomatch from 'picomatch';
import { OperatorError } from '../model/operator-error.ts';
import type { Host } from './host.ts';

/** Files that paths and globs name, each glob sorted. A glob that finds nothing is a mistake: a policy that is not read is not applied. */
export async function findFiles(
  patterns: readonly string[],
  folder: string,
  what: string,
  { files }: Pick<Host, 'files'>,
): Promise<readonly string[]> {
  const found = await Promise.all(patterns.map((pattern) => matching(pattern, folder, what, files)));
  return found.flat();
}

async function matching(pattern: string, folder: string, what: string, from: Host['files']): Promise<readonly string[]> {
  const { base, isGlob } = picomatch.scan(pattern);
  if (!isGlob) return [resolve(folder, pattern)];
  const root = resolve(folder, base);
  const fits = picomatch(resolve(folder, pattern));
  const files = (await from.below(root)).filter((path) => fits(path)).toSorted();
  if (files.length > 0) return files;
  throw new OperatorError('file-unreadable', {
    message: `${what} ${pattern} matches no file`,
    hint: `looked in ${relative(folder, root) || '.'}`,
  });
}
