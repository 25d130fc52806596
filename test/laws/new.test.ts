import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create } from '../tools/new/index.ts';

const run = promisify(execFile);
const tool = (name: string): string => resolve('node_modules/.bin', name);
const copied = ['src', 'connectors', 'policies', 'test', 'package.json', 'tsconfig.json', 'biome.json', '.gitignore', '.oxlintrc.json'];
/** One of each, in an order in which they can be created. */
const things = [
  ['connector', 'vault'],
  ['surface', 'vault.api_token'],
  ['surface', 'aws.iam_ssh_key_made_up'],
  ['surface', 'github.made_up_key'],
  ['predicate', 'made-up'],
  ['policy', 'rotation/made-up'],
  ['format', 'made-up'],
] as const;

describe('npm run new', () => {
  let root = '';
  const written: string[] = [];

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'overdue-new-'));
    for (const path of copied) await cp(path, join(root, path), { recursive: true });
    await symlink(resolve('node_modules'), join(root, 'node_modules'));
    for (const [what, name] of things) {
      const said = await create(what, name, root);
      written.push(...said.filter((line) => line.startsWith('wrote ')).map((line) => line.slice('wrote '.length)));
    }
  }, 60_000);
  afterAll(() => rm(root, { recursive: true }));

  test('writes at least one file for each', () => {
    expect(written.length).toBeGreaterThanOrEqual(things.length);
  });

  test('writes code that the compiler takes', async () => {
    const { stdout } = await run(tool('tsc'), ['--project', '.'], { cwd: root, timeout: 50_000 }).catch(
      (error: unknown) => error as { readonly stdout: string },
    );
    expect(stdout.split('\n').filter((line) => written.some((path) => line.includes(path)))).toEqual([]);
  }, 60_000);

  test('writes code that lint takes', async () => {
    const code = written.filter((path) => path.endsWith('.ts'));
    const { stdout } = await run(tool('oxlint'), ['--format=unix', ...code], { cwd: root, timeout: 50_000 }).catch(
      (error: unknown) => error as { readonly stdout: string },
    );
    expect(stdout.trim()).toBe('');
  }, 60_000);

  test('writes a policy whose examples hold', async () => {
    const { stdout } = await run(process.execPath, ['bin/overdue.ts', 'policy', 'test', join(root, 'policies/rotation/made-up.yaml')]);
    expect(stdout).toContain('3');
  });

  test('overwrites nothing', async () => {
    const before = await readdir(join(root, 'connectors/vault'));
    await expect(create('connector', 'vault', root)).rejects.toThrow('already there');
    expect(await readdir(join(root, 'connectors/vault'))).toEqual(before);
  });

  test.each([
    ['widget', 'x'],
    ['surface', 'IAM key'],
    ['policy', 'no-theme'],
    ['connector', '../../etc'],
  ])('refuses %s %s', async (what, name) => {
    await expect(create(what, name, root)).rejects.toThrow(/no template|is no name/);
  });
});
