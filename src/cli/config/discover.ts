import { dirname, join } from 'node:path';
import type { Host } from '../host.ts';
import { workingCopy } from '../working-copy.ts';

const names = ['overdue.yaml', '.overdue.yaml', '.github/overdue.yaml'] as const;

/** The nearest configuration from here up to the root of the repository; the first one found wins, nothing is merged. */
export async function discoverConfig({ cwd, files }: Pick<Host, 'cwd' | 'files'>): Promise<string | undefined> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    for (const name of names) if (await files.has(join(folder, name))) return join(folder, name);
    // No revision holds its own repository.
    if ((await workingCopy.has(join(folder, '.git'))) || folder === dirname(folder)) return undefined;
  }
}
