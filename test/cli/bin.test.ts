import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { expect, test } from 'vitest';
import { repository } from './overdue.ts';

function run(argv: readonly string[], node: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, 'bin/overdue.ts', ...argv], {
    cwd: repository,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  return { status, stdout, stderr };
}

test('the program runs as a process of its own', () => {
  expect(run(['--version'])).toMatchObject({ status: 0, stderr: '' });
  expect(run(['scan', '--no-config'])).toMatchObject({ status: 2, stdout: '' });
});

test('a Node below the floor gets one line and exit 2', () => {
  const old = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"22.14.0"}})';
  const { status, stdout, stderr } = run(['demo'], ['--import', old]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^overdue needs Node 22\.15 or newer; this is 22\.14\.0\..*\n$/);
});
