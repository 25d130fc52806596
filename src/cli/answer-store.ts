import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnswerStore, KeptAnswer } from '../connector/etag.ts';
import { writePrivately } from './private-file.ts';

/** Where the platform keeps what may be thrown away. Undefined where nobody is at home, as in a bare container. */
export function platformCache(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string | undefined {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? '';
  const base =
    platform === 'win32'
      ? env['LOCALAPPDATA']
      : platform === 'darwin'
        ? home && join(home, 'Library', 'Caches')
        : (env['XDG_CACHE_HOME'] ?? (home && join(home, '.cache')));
  return base === undefined || base === '' ? undefined : join(base, 'overdue');
}

/**
 * Keeps answers in a folder, a file each, for nobody but the user. A folder that cannot be used costs requests and not the run: it is
 * said once, and left alone.
 */
export function openAnswerStore(folder: string, note: (text: string) => void): AnswerStore {
  let usable = true;
  const pathOf = (key: string): string => join(folder, 'answers', key.slice(0, 2), `${key}.json`);

  function giveUp(error: unknown): void {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (usable) note(`nothing is kept in ${folder} (${String(error.code)}): --cache-dir names another folder, --no-cache keeps nothing`);
    usable = false;
  }

  return {
    async read(key) {
      if (!usable) return undefined;
      try {
        return answerIn(await readFile(pathOf(key), 'utf8'));
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) giveUp(error);
        return undefined;
      }
    },
    async write(key, answer) {
      if (!usable) return;
      try {
        await writePrivately(pathOf(key), JSON.stringify(answer));
      } catch (error) {
        giveUp(error);
      }
    },
  };
}

/** A file that is not what we wrote is no answer: the question is then asked in full, and the file written anew. */
function answerIn(text: string): KeptAnswer | undefined {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const { etag, derived, headers, body } = value as { readonly [Field in keyof KeptAnswer]?: unknown };
  if (typeof etag !== 'string' || typeof derived !== 'boolean' || typeof body !== 'string') return undefined;
  if (typeof headers !== 'object' || headers === null || !Object.values(headers).every((each) => typeof each === 'string'))
    return undefined;
  return { etag, derived, headers: headers as Readonly<Record<string, string>>, body };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
