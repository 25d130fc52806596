import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { architectureBlocks } from './architecture.ts';
import { connectorPages } from './connectors.ts';
import { kindPage } from './kinds.ts';
import type { Pages } from './pages.ts';
import { policyPages } from './policies.ts';
import { predicatePage } from './predicates.ts';
import { readmeBlocks } from './readme.ts';
import { schemaFiles } from './schemas.ts';

const repository = resolve(import.meta.dirname, '../../..');
/** Folders that hold generated files only: what is there and not generated is left over. */
const owned = ['docs/connectors', 'schemas'] as const;

export async function generate(): Promise<Pages> {
  const blocks = [readmeBlocks(repository), architectureBlocks(repository)];
  const all = await Promise.all([connectorPages(), kindPage(), policyPages(), schemaFiles(), ...blocks]);
  return new Map([...all, predicatePage()].flatMap((pages) => [...pages]));
}

/** Paths whose text on disk is not what would be generated. */
export async function outdated(pages: Pages): Promise<readonly string[]> {
  const differing = await Promise.all([...pages].map(async ([path, text]) => ((await onDisk(path)) === text ? [] : [path])));
  return [...differing.flat(), ...(await leftOver(pages))].toSorted();
}

async function leftOver(pages: Pages): Promise<readonly string[]> {
  const found = await Promise.all(owned.map(async (folder) => (await namesIn(folder)).map((name) => `${folder}/${name}`)));
  return found.flat().filter((path) => !pages.has(path));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  await mkdir(join(repository, folder), { recursive: true });
  return readdir(join(repository, folder));
}

async function onDisk(path: string): Promise<string | undefined> {
  try {
    return await readFile(join(repository, path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

if (import.meta.filename === process.argv[1]) {
  const pages = await generate();
  const stale = await outdated(pages);
  if (process.argv.includes('--check')) {
    for (const path of stale) process.stderr.write(`${path} is out of date: npm run docs\n`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    for (const path of stale) {
      const text = pages.get(path);
      if (text === undefined) await rm(join(repository, path));
      else {
        await mkdir(dirname(join(repository, path)), { recursive: true });
        await writeFile(join(repository, path), text);
      }
      process.stdout.write(`${path}\n`);
    }
  }
}
