import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderWith } from './folder-with.ts';

/** A git repository with these files committed on `main`, gone when the test ends. */
export async function repositoryWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await folderWith(files);
  gitIn(folder, 'init', '-q', '-b', 'main');
  commit(folder, '2026-11-01T00:00:00Z');
  return folder;
}

export async function change(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

export function commit(folder: string, at: string): void {
  gitIn(folder, 'add', '-A');
  commitStaged(folder, at);
}

export function commitStaged(folder: string, at: string): void {
  gitIn(
    folder,
    '-c',
    'user.name=Dana',
    '-c',
    'user.email=dana@larkspur.example',
    '-c',
    `user.useConfigOnly=true`,
    'commit',
    '-q',
    '-m',
    'change',
    '--date',
    at,
  );
}

export function gitIn(folder: string, ...argv: readonly string[]): string {
  const env = {
    PATH: process.env['PATH'],
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_COMMITTER_DATE: '2026-11-01T00:00:00Z',
  };
  return execFileSync('git', argv, { cwd: folder, env, encoding: 'utf8' });
}
