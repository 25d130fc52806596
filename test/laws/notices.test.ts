import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noticesOf } from '../tools/build/third-party-notices.ts';

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'overdue-notices-'));
  await install('one', { license: 'MIT' }, 'Take it.');
  await install('@scope/two', { license: 'MIT' }, 'Take it.');
  await install('three', { license: 'ISC' });
  await install('copyleft', { license: 'GPL-3.0-only' });
  await install('silent', {});
});
afterAll(() => rm(root, { recursive: true }));

async function install(name: string, manifest: object, licence?: string): Promise<void> {
  const folder = join(root, 'node_modules', name);
  await mkdir(join(folder, 'dist/esm'), { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', ...manifest }));
  await writeFile(join(folder, 'dist/esm/package.json'), JSON.stringify({ name: 'inner', version: '0.0.0', type: 'module' }));
  if (licence !== undefined) await writeFile(join(folder, 'LICENSE.md'), licence);
}

const moduleOf = (name: string): string => join(root, 'node_modules', name, 'dist/esm/index.js');

test('names every package once, with its licence; the same text stands once', () => {
  const notices = noticesOf([moduleOf('one'), moduleOf('one'), moduleOf('@scope/two'), moduleOf('three'), join(root, 'src/own.ts')]);
  expect(notices.match(/^(?:one|@scope\/two|three) 1\.2\.3$/gm)).toEqual(['@scope/two 1.2.3', 'one 1.2.3', 'three 1.2.3']);
  expect(notices.match(/Take it\./g)).toHaveLength(1);
  expect(notices).toContain('ISC\n\n(The package ships no text of its licence.)');
  expect(notices).not.toContain('inner');
});

test.each(['copyleft', 'silent'])('refuses %s', (name) => {
  expect(() => noticesOf([moduleOf('one'), moduleOf(name)])).toThrow(`${name} 1.2.3`);
});
