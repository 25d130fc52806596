import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { filesIn } from './files.ts';

const shipped = await filesIn('policies');
const single = shipped.filter((path) => !/^policies\/(?:sets|frameworks)\//.test(path));

test('there are policies', () => {
  expect(single.length).toBeGreaterThan(10);
});

test.each(single)('%s has the id of its path', async (path) => {
  const { id } = parse(await readFile(path, 'utf8')) as { readonly id: unknown };
  expect(`policies/${String(id)}.yaml`).toBe(path);
});

test.each(shipped.filter((path) => path.startsWith('policies/frameworks/')))('%s has the id of its path', async (path) => {
  const { id } = parse(await readFile(path, 'utf8')) as { readonly id: unknown };
  expect(`policies/frameworks/${String(id)}.yaml`).toBe(path);
});

test.each(shipped)('%s names its schema for editors', async (path) => {
  const schema = path.startsWith('policies/frameworks/') ? 'framework' : 'policy';
  expect(await readFile(path, 'utf8')).toMatch(
    new RegExp(`^# yaml-language-server: \\$schema=\\.\\./\\.\\./schemas/${schema}\\.schema\\.json\\n`),
  );
});
