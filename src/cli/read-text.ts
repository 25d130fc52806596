import { readFile, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { instant } from '../model/instant.ts';
import { OperatorError } from '../model/operator-error.ts';
import { decoded } from './decode.ts';
import type { TextFile } from './files.ts';

const largest = 256 * 1024 * 1024;

/** Reads a file the operator named, from the disk. */
export async function readText(path: string, cwd: string, what: string): Promise<TextFile> {
  const found = await findFile(path, cwd, what);
  if (found.size > largest) throw unreadable(`${what} ${found.file} is larger than 256 MB`, found.file, 'split it');
  const text = decoded(await orMistake(() => readFile(found.absolute), found.file, cwd, what), found.file, what);
  const changedAt = instant(found.changed);
  return { file: found.file, text, ...(changedAt === undefined ? {} : { changedAt }) };
}

export type FoundFile = { readonly absolute: string; readonly file: string; readonly size: number; readonly changed: number };

/** Makes sure that there is such a file, and says where; for those that read it as a stream. */
export async function findFile(path: string, cwd: string, what: string): Promise<FoundFile> {
  const absolute = resolve(cwd, path);
  const file = relative(cwd, absolute).startsWith('..') ? absolute : relative(cwd, absolute);
  const found = await orMistake(() => stat(absolute), file, cwd, what);
  if (found.isDirectory()) throw unreadable(`${what} ${file} is a folder, not a file`, file, 'name the file inside it');
  return { absolute, file, size: found.size, changed: found.mtimeMs };
}

async function orMistake<T>(read: () => Promise<T>, file: string, cwd: string, what: string): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT') throw unreadable(`${what} ${file} does not exist`, file, `looked from ${cwd}`);
    throw unreadable(`${what} ${file} cannot be read (${String(error.code)})`, file, 'check its permissions');
  }
}

function unreadable(message: string, file: string, hint: string): OperatorError {
  return new OperatorError('file-unreadable', { message, hint, position: { file } });
}
