import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { instant } from '../model/instant.ts';
import type { ConnectorRegistry, Host, Output } from './host.ts';
import { Interruption } from './interruption.ts';
import { workingCopy } from './working-copy.ts';

/** The real machine. */
export function processHost(connectors: ConnectorRegistry): Host {
  const packageRoot = findPackageRoot(dirname(fileURLToPath(import.meta.url)));
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  const interrupt = new AbortController();
  onInterrupt(interrupt);
  onWarning();
  return {
    env: process.env,
    cwd: process.cwd(),
    files: workingCopy,
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    now: () => instant(Date.now()) ?? '',
    signal: interrupt.signal,
    packageRoot,
    version,
    connectors,
  };
}

/** The first interrupt ends the run with what there is; a second one ends the process. */
function onInterrupt(interrupt: AbortController): void {
  for (const [name, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(name, () => {
      if (interrupt.signal.aborted) process.exit(code);
      process.stderr.write('\nstopping; once more to quit at once\n');
      interrupt.abort(new Interruption(code));
    });
  }
}

/** What libraries warn of goes to stderr in one line, but for one of Google's that only says what our own message says better. */
function onWarning(): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => {
    if (name !== 'MetadataLookupWarning') process.stderr.write(`${name}: ${message}\n`);
  });
}

function output(stream: NodeJS.WriteStream): Output {
  // A reader that has seen enough (`| head`) is not an error of ours.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      return stream.columns > 0 ? stream.columns : 100;
    },
    write: (text) =>
      new Promise((resolve) => {
        stream.write(text, () => {
          resolve();
        });
      }),
  };
}

function findPackageRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    try {
      const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string };
      if (name === 'overdue') return folder;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
    if (folder === dirname(folder)) throw new Error('the package of overdue is not above its own program');
  }
}
