import { readFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PolicyFile } from '../policy/sheet.ts';
import type { Host } from './host.ts';
import { shippedValues } from './shipped-values.ts';

/** How shipped files are named in positions and sources. */
export const shippedFolder = 'overdue/policies/';

const frameworks = /^frameworks[\\/]/;

export async function shippedPolicies(host: Host): Promise<readonly PolicyFile[]> {
  return shippedFiles(host, (name) => !frameworks.test(name));
}

export async function shippedFrameworks(host: Host): Promise<readonly PolicyFile[]> {
  return shippedFiles(host, (name) => frameworks.test(name));
}

async function shippedFiles({ packageRoot }: Host, isWanted: (name: string) => boolean): Promise<readonly PolicyFile[]> {
  const root = join(packageRoot, 'policies');
  const wanted = [...shippedValues].filter(([name]) => isWanted(name));
  if (wanted.length > 0) return wanted.map(([name, value]) => builtIn(`${shippedFolder}${name}`, join(root, name), value));
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.yaml') && isWanted(name)).toSorted();
  return Promise.all(names.map(async (name) => ({ file: `${shippedFolder}${name}`, text: await readFile(join(root, name), 'utf8') })));
}

function builtIn(file: string, path: string, value: unknown): PolicyFile {
  return {
    file,
    value,
    get text() {
      return readFileSync(path, 'utf8');
    },
  };
}
