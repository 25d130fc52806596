import { readFile, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { type Instant, instant } from '../model/instant.ts';
import { OperatorError } from '../model/operator-error.ts';

export type TextFile = { readonly file: string; readonly text: string; readonly changedAt: Instant | undefined };

const largest = 256 * 1024 * 1024;

/** Reads a file the operator named. `what` is its role in messages: `the roster`, `the configuration`. */
export async function readText(path: string, cwd: string, what: string): Promise<TextFile> {
  const absolute = resolve(cwd, path);
  const file = relative(cwd, absolute).startsWith('..') ? absolute : relative(cwd, absolute);
  try {
    const found = await stat(absolute);
    if (found.isDirectory()) throw unreadable(`${what} ${file} is a folder, not a file`, file, 'name the file inside it');
    if (found.size > largest) throw unreadable(`${what} ${file} is larger than 256 MB`, file, 'split it');
    return { file, text: await readFile(absolute, 'utf8'), changedAt: instant(found.mtimeMs) };
  } catch (error) {
    if (error instanceof OperatorError || !(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT') throw unreadable(`${what} ${file} does not exist`, file, `looked from ${cwd}`);
    throw unreadable(`${what} ${file} cannot be read (${String(error.code)})`, file, 'check its permissions');
  }
}

function unreadable(message: string, file: string, hint: string): OperatorError {
  return new OperatorError('file-unreadable', { message, hint, position: { file } });
}
