import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const names = ['overdue.yaml', '.overdue.yaml', '.github/overdue.yaml'] as const;

/** The nearest configuration from here up to the root of the repository; the first one found wins, nothing is merged. */
export function discoverConfig(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
    if (existsSync(join(folder, '.git')) || folder === dirname(folder)) return undefined;
  }
}
