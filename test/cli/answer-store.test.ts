import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openAnswerStore, platformCache } from '../../src/cli/answer-store.ts';

const answer = { etag: '"1"', derived: true, headers: { link: '<x>' }, body: '{"a":1}' };
const key = 'abcdef';
let folder = '';
let notes: string[] = [];
const note = (text: string): void => {
  notes.push(text);
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'overdue-'));
  notes = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('kept answers', () => {
  test('are there in the next run, for nobody but the user', async () => {
    await openAnswerStore(folder, note).write(key, answer);
    expect(await openAnswerStore(folder, note).read(key)).toEqual(answer);
    const path = join(folder, 'answers', 'ab', `${key}.json`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'answers', 'ab'))).mode & 0o077).toBe(0);
    expect(await readdir(join(folder, 'answers', 'ab'))).toEqual([`${key}.json`]);
    expect(notes).toEqual([]);
  });

  test.each(['', '{', 'null', '[]', '{"etag":1}', '{"etag":"x","derived":true,"headers":{"link":1},"body":""}'])(
    'that are %j are none, and are written anew',
    async (text) => {
      const store = openAnswerStore(folder, note);
      await mkdir(join(folder, 'answers', 'ab'), { recursive: true });
      await writeFile(join(folder, 'answers', 'ab', `${key}.json`), text);
      expect(await store.read(key)).toBeUndefined();
      await store.write(key, answer);
      expect(await store.read(key)).toEqual(answer);
    },
  );

  test('that were never written are none', async () => {
    expect(await openAnswerStore(folder, note).read(key)).toBeUndefined();
    expect(notes).toEqual([]);
  });

  test('in a folder that cannot be used are said once to be none, and the run goes on', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await chmod(file, 0o400);
    const store = openAnswerStore(file, note);
    await store.write(key, answer);
    await store.write(key, answer);
    expect(await store.read(key)).toBeUndefined();
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/--cache-dir/);
    expect(await readFile(file, 'utf8')).toBe('');
  });
});

test.each([
  [{ HOME: '/home/dana' }, 'linux', '/home/dana/.cache/overdue'],
  [{ HOME: '/home/dana', XDG_CACHE_HOME: '/var/cache/dana' }, 'linux', '/var/cache/dana/overdue'],
  [{ HOME: '/Users/dana' }, 'darwin', '/Users/dana/Library/Caches/overdue'],
  [{ LOCALAPPDATA: '/c/Users/dana/AppData/Local' }, 'win32', '/c/Users/dana/AppData/Local/overdue'],
  [{}, 'linux', undefined],
  [{}, 'darwin', undefined],
  [{}, 'win32', undefined],
  [{ HOME: '' }, 'linux', undefined],
] as const)('with %j on %s the cache is %s', (env, platform, expected) => {
  expect(platformCache(env, platform)).toBe(expected);
});
