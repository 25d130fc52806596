import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { epoch } from '../../src/model/instant.ts';
import { peopleFormats, readPeople } from '../../src/sources/people/index.ts';
import type { SourceText } from '../../src/sources/source-text.ts';
import { readWorkloads, workloadFormats } from '../../src/sources/workloads/index.ts';
import { mistakesOf } from '../sources/mistakes.ts';

type Settings = { readonly complete?: boolean; readonly maxAge?: string };
type Told = {
  readonly rows: number;
  readonly file: string;
  readonly stale?: string;
  readonly entries: readonly { readonly source: string }[];
};

const now = epoch('2026-11-21T00:00:00Z');
const formats = [
  ...(Object.keys(peopleFormats) as (keyof typeof peopleFormats)[]).map((format) => ({
    format,
    title: peopleFormats[format].title,
    read: (files: readonly SourceText[], settings: Settings): Told => readPeople(files, { ...settings, format }, now),
  })),
  ...(Object.keys(workloadFormats) as (keyof typeof workloadFormats)[]).map((format) => ({
    format,
    title: workloadFormats[format].title,
    read: (files: readonly SourceText[], settings: Settings): Told => readWorkloads(files, { ...settings, format }, now),
  })),
];

async function filesOf(...path: readonly string[]): Promise<readonly SourceText[]> {
  const folder = join('fixtures/sources', ...path);
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile() && !entry.name.startsWith('golden'));
  return Promise.all(
    names
      .map(({ name }) => name)
      .toSorted()
      .map(async (file) => ({ file, text: await readFile(join(folder, file), 'utf8') })),
  );
}

/** What every format of a source promises. A new one joins by standing among its formats, with files in fixtures/sources/<format>. */
describe.each(formats)('source format $format', ({ format, title, read }) => {
  test('gives the golden entries', async () => {
    const golden = read(await filesOf(format), { complete: true });
    await expect(`${JSON.stringify(golden, undefined, 2)}\n`).toMatchFileSnapshot(`../../fixtures/sources/${format}/golden.json`);
  });

  test('is declared with what it is', () => {
    expect(title.length).toBeGreaterThan(5);
  });

  test('tells of each entry where it stands, in a file that was given', async () => {
    const files = await filesOf(format);
    const places = read(files, {}).entries.map(({ source }) => source);
    expect(places.length).toBeGreaterThan(1);
    for (const place of places) {
      const [file, line] = place.split(':');
      const lines = files.find((each) => each.file === file)?.text.split('\n') ?? [];
      expect(Number(line)).toBeGreaterThan(0);
      expect(Number(line)).toBeLessThanOrEqual(lines.length);
    }
    expect(new Set(places).size).toBe(places.length);
  });

  test.each<[string, (text: string) => string]>([
    ['a byte order mark', (text) => (text.startsWith('\uFEFF') ? text : `\uFEFF${text}`)],
    ['line ends of Windows', (text) => text.replaceAll(/\r?\n/g, '\r\n')],
    ['blank lines at the end', (text) => `${text}\n\n`],
  ])('reads the same with %s', async (_, change) => {
    const files = await filesOf(format);
    const changed = files.map((file) => ({ ...file, text: change(file.text) }));
    expect(read(changed, {})).toEqual(read(files, {}));
  });

  test('claims nothing by itself: complete only where it is said, stale past its limit', async () => {
    const files = (await filesOf(format)).map((file) => ({ ...file, retrievedAt: '2026-11-01T00:00:00Z' }));
    expect(read(files, {})).toMatchObject({ complete: false, retrievedAt: '2026-11-01T00:00:00Z' });
    expect(read(files, { maxAge: '20d' }).stale).toBeUndefined();
    expect(read(files, { maxAge: '19d' }).stale).toContain('older than 19d');
  });

  test('names what it cannot read, all of it, and reads nothing then', async () => {
    const broken = await filesOf(format, 'broken');
    expect(broken.length).toBeGreaterThan(0);
    const told = broken.map((file) => `== ${file.file}\n${mistakesOf(() => read([file], {}))}\n`);
    for (const text of told) expect(text).not.toContain('no mistake');
    await expect(told.join('\n')).toMatchFileSnapshot(`../../fixtures/sources/${format}/golden-mistakes.txt`);
  });

  test('lets no control character of a file into a message', async () => {
    const broken = (await filesOf(format, 'broken')).map((file) => ({
      ...file,
      text: `\u001b[2J\u202E${file.text.replaceAll('a', 'a\u001b[31m')}`,
    }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    for (const file of broken) expect(mistakesOf(() => read([file], {}))).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/u);
  });
});
