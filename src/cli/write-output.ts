import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OperatorError } from '../model/operator-error.ts';
import type { Host } from './host.ts';

/** Writes chunks to stdout, or whole to a file: beside it first, then renamed, so that a broken run leaves no half file. */
export async function writeOutput(chunks: Iterable<string> | AsyncIterable<string>, path: string | undefined, host: Host): Promise<void> {
  if (path === undefined || path === '-') {
    for await (const chunk of batched(chunks)) await host.stdout.write(chunk);
    return;
  }
  const target = resolve(host.cwd, path);
  const beside = `${target}.part`;
  try {
    const file = await open(beside, 'w');
    try {
      for await (const chunk of batched(chunks)) await file.write(chunk);
    } finally {
      await file.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    if (error instanceof Error && 'syscall' in error && 'code' in error) {
      throw new OperatorError('output-unwritable', {
        message: `cannot write ${path} (${String(error.code)})`,
        hint: 'name a file in a folder that exists and can be written',
      });
    }
    throw error;
  }
}

/** Joins small chunks: one write for a line each is slow. */
async function* batched(chunks: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let batch = '';
  for await (const chunk of chunks) {
    batch += chunk;
    if (batch.length < 65_536) continue;
    yield batch;
    batch = '';
  }
  if (batch !== '') yield batch;
}
