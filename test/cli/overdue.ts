import { resolve } from 'node:path';
import { connectors } from '../../connectors/index.ts';
import type { Host, Output } from '../../src/cli/host.ts';
import { main } from '../../src/cli/main.ts';
import { workingCopy } from '../../src/cli/working-copy.ts';

export const repository = resolve(import.meta.dirname, '../..');

export type Told = { readonly code: number; readonly stdout: string; readonly stderr: string };
export type Around = Partial<Pick<Host, 'env' | 'cwd' | 'signal' | 'connectors'>> & { readonly terminal?: boolean };

/** Runs one command line in this process, with a machine that only the test knows. */
export async function overdue(argv: readonly string[], around: Around = {}): Promise<Told> {
  const out: string[] = [];
  const err: string[] = [];
  const output = (chunks: string[]): Output => ({
    isTTY: around.terminal === true,
    columns: 120,
    write: (text) => {
      chunks.push(text);
      return Promise.resolve();
    },
  });
  const code = await main(argv, hostOf(around, output(out), output(err)));
  return { code, stdout: out.join(''), stderr: err.join('') };
}

const nowhere: Output = { isTTY: false, columns: 120, write: () => Promise.resolve() };

export function hostOf(around: Around, stdout: Output = nowhere, stderr: Output = nowhere): Host {
  return {
    env: around.env ?? {},
    cwd: around.cwd ?? repository,
    files: workingCopy,
    stdout,
    stderr,
    now: () => '2026-11-21T00:00:00Z',
    signal: around.signal ?? new AbortController().signal,
    packageRoot: repository,
    version: '0.0.0-test',
    connectors: around.connectors ?? connectors,
  };
}
