import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { generate, outdated } from '../tools/docs/index.ts';
import { filesIn } from './files.ts';

const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...(await filesIn('docs')).filter((path) => path.endsWith('.md'))];
const texts = new Map(await Promise.all(pages.map(async (path) => [path, await readFile(path, 'utf8')] as const)));

// README's block of --help is among them.
test('generated pages, schemas and blocks are what would be generated now', async () => {
  expect(await outdated(await generate())).toEqual([]);
}, 60_000);

test('links within the repository lead somewhere', () => {
  const dead = [...texts].flatMap(([path, text]) =>
    [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].flatMap(([, to = '']) =>
      existsSync(join(dirname(path), to)) ? [] : [`${path} -> ${to}`],
    ),
  );
  expect(dead).toEqual([]);
});

test('npm scripts that are named exist', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };
  const named = [...texts].flatMap(([path, text]) => [...text.matchAll(/\bnpm run ([a-z:]+)/g)].map(([, name = '']) => ({ path, name })));
  expect(named.filter(({ name }) => !(name in scripts))).toEqual([]);
});
