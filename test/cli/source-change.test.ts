import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from './folder-with.ts';
import { type Told, overdue } from './overdue.ts';

const roster = (count: number): string =>
  `id,email,status\n${Array.from({ length: count }, (_, index) => `E${String(index)},p${String(index)}@larkspur.example,active\n`).join('')}`;
const config = 'apiVersion: overdue/v1\nkind: Config\nsources:\n  people: { file: people.csv, complete: true }\n';

async function company(): Promise<{ check(people: number, ...flags: readonly string[]): Promise<Told>; readonly cwd: string }> {
  const cwd = await folderWith({ 'overdue.yaml': config });
  return {
    cwd,
    async check(people, ...flags) {
      await writeFile(join(cwd, 'people.csv'), roster(people));
      return overdue(['owners', 'check', '--cache-dir', 'kept', ...flags], { cwd });
    },
  };
}

describe('a source that was seen before', () => {
  test.each([
    [100, 100, 0],
    [100, 80, 0],
    [100, 79, 2],
    [100, 300, 0],
    [5, 4, 0],
    [5, 3, 2],
  ])('of %i entries may have %i: exit %i', async (before, now, code) => {
    const { check } = await company();
    expect((await check(before)).code).toBe(0);
    expect((await check(now)).code).toBe(code);
  });

  test('is refused with what it had, until it is accepted once', async () => {
    const { check } = await company();
    await check(10);
    const refused = await check(2);
    expect(refused.stdout).toBe('');
    expect(refused.stderr).toBe(
      'error[source-shrank] people.csv: the people roster has 2 entries, and had 10 on 2026-11-21\n' +
        '  what a source lost is judged as gone, its people as leavers; if that is right, run once with --accept-source-change\n',
    );
    expect((await check(2)).code).toBe(2);
    const accepted = await check(2, '--accept-source-change');
    expect(accepted).toMatchObject({ code: 0, stderr: 'the people roster has 2 entries, and had 10 on 2026-11-21: accepted\n' });
    expect(await check(2)).toMatchObject({ code: 0, stderr: '' });
  });

  test('is compared with the last run, not with the largest', async () => {
    const { check } = await company();
    for (const people of [100, 81, 66]) expect((await check(people)).code).toBe(0);
  });

  test('is another one in another file', async () => {
    const { check, cwd } = await company();
    await check(10);
    await writeFile(join(cwd, 'few.csv'), roster(2));
    expect((await check(10, '--roster', 'few.csv')).code).toBe(0);
  });

  test('is not remembered with --no-cache', async () => {
    const { check, cwd } = await company();
    await check(10, '--no-cache');
    expect(await readdir(cwd)).not.toContain('kept');
    expect((await check(2)).code).toBe(0);
  });

  test('is compared with nothing where the memory cannot be read as ours', async () => {
    const { check, cwd } = await company();
    await check(10);
    const [name = ''] = await readdir(join(cwd, 'kept/sources'));
    for (const text of ['{"rows":"ten"}', 'null', '{']) {
      await writeFile(join(cwd, 'kept/sources', name), text);
      expect((await check(2)).code).toBe(0);
    }
  });

  test('says so where nothing can be kept, and goes on', async () => {
    const { check, cwd } = await company();
    await writeFile(join(cwd, 'kept'), 'a file');
    const { code, stderr } = await check(10);
    expect(code).toBe(0);
    expect(stderr).toContain('the sources are not compared with the last run');
  });
});

test('each registry of several, and the checkouts with CODEOWNERS, are compared for themselves', async () => {
  const cwd = await folderWith({
    'overdue.yaml':
      'apiVersion: overdue/v1\nkind: Config\nsources:\n  workloads: [{ file: a.yaml, format: yaml }, { file: b.yaml, format: yaml }]\n  codeowners: { folder: checkouts }\n',
  });
  const registry = (prefix: string, count: number): string =>
    `apiVersion: overdue/v1\nkind: Workloads\nworkloads:\n${Array.from({ length: count }, (_, at) => `  - { name: ${prefix}${String(at)}, lifecycle: production }\n`).join('')}`;
  const write = async (b: number, owned: number): Promise<void> => {
    await writeFile(join(cwd, 'a.yaml'), registry('a', 10));
    await writeFile(join(cwd, 'b.yaml'), registry('b', b));
    for (let at = 0; at < 5; at += 1) {
      await mkdir(join(cwd, `checkouts/acme/r${String(at)}`), { recursive: true });
      await writeFile(join(cwd, `checkouts/acme/r${String(at)}/CODEOWNERS`), at < owned ? '* @acme/team\n' : '');
    }
  };
  const check = (): Promise<Told> => overdue(['owners', 'check', '--cache-dir', 'kept'], { cwd });
  await write(5, 5);
  expect((await check()).stderr).toBe('');
  await write(3, 3);
  const { code, stderr } = await check();
  expect(code).toBe(2);
  expect(stderr).toContain('b.yaml: the workload registry has 3 entries, and had 5');
  expect(stderr).toContain('the list of CODEOWNERS has 3 entries, and had 5');
  expect(stderr).not.toContain('a.yaml');
});

test('a source past its age confirms nothing, and is a problem', async () => {
  const cwd = await folderWith({ 'overdue.yaml': config.replace('complete: true', 'complete: true, maxAge: 7d'), 'people.csv': roster(3) });
  const old = new Date('2026-11-01T00:00:00Z');
  await utimes(join(cwd, 'people.csv'), old, old);
  const { code, stdout } = await overdue(['owners', 'check', '--no-cache'], { cwd });
  expect(stdout).toContain('people.csv is of 2026-11-01, older than 7d');
  expect(code).toBe(1);
});
