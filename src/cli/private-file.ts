import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';

/** Writes a file for nobody but the user. Never half of it, and two runs at once do not mix theirs. */
export async function writePrivately(path: string, text: string): Promise<void> {
  const beside = `${path}.${String(process.pid)}.part`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(beside, text, { mode: 0o600 });
  await rename(beside, path);
}
