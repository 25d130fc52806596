import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../model/instant.ts';
import { OperatorError } from '../model/operator-error.ts';
import { writePrivately } from './private-file.ts';

/** How many entries a source has today. `key`: what makes it the same source from run to run, such as its absolute path. */
export type SourceCount = { readonly key: string; readonly noun: string; readonly file: string; readonly rows: number };
type Remembered = { readonly rows: number; readonly seenAt: Instant };

/** The part of its entries that a source may lose from one run to the next. */
const mostLost = 0.2;

/**
 * Compares each source with the last run, and remembers it for the next. A file that was cut off would make leavers of everybody it lost.
 * Throws OperatorError `source-shrank` with every source that lost more than a fifth, unless `accept`; nothing is remembered then.
 */
export async function compareWithLastRun(
  counts: readonly SourceCount[],
  { folder, accept, now, note }: { readonly folder: string; readonly accept: boolean; readonly now: Instant; note(text: string): void },
): Promise<void> {
  const pathOf = ({ key }: SourceCount): string => join(folder, 'sources', `${createHash('sha256').update(key).digest('hex')}.json`);
  try {
    const before = await Promise.all(counts.map((count) => remembered(pathOf(count))));
    const shrunk = counts.flatMap((count, at) => {
      const last = before[at];
      return last !== undefined && count.rows < last.rows * (1 - mostLost) ? [{ count, last }] : [];
    });
    if (shrunk.length > 0 && !accept) throw new OperatorError('source-shrank', shrunk.map(shrinkage));
    for (const each of shrunk) note(`${shrinkage(each).message}: accepted`);
    await Promise.all(
      counts.map((count) => writePrivately(pathOf(count), `${JSON.stringify({ source: count.file, rows: count.rows, seenAt: now })}\n`)),
    );
  } catch (error) {
    if (error instanceof OperatorError || !(error instanceof Error) || !('code' in error)) throw error;
    note(
      `the sources are not compared with the last run: ${folder} cannot be used (${String(error.code)}); --cache-dir names another folder`,
    );
  }
}

function shrinkage({ count: { noun, file, rows }, last }: { readonly count: SourceCount; readonly last: Remembered }) {
  return {
    message: `${noun} has ${String(rows)} entries, and had ${String(last.rows)} on ${last.seenAt.slice(0, 10)}`,
    hint: 'what a source lost is judged as gone, its people as leavers; if that is right, run once with --accept-source-change',
    position: { file },
  };
}

/** A file that is not what we wrote remembers nothing, and is written anew. */
async function remembered(path: string): Promise<Remembered | undefined> {
  try {
    const value = JSON.parse(await readFile(path, 'utf8')) as { readonly rows?: unknown; readonly seenAt?: unknown } | null;
    return typeof value?.rows === 'number' && typeof value.seenAt === 'string' ? { rows: value.rows, seenAt: value.seenAt } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT')) return undefined;
    throw error;
  }
}
