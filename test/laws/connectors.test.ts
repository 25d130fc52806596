import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import { loadTraffic } from '../../src/cli/traffic.ts';
import { bodyText } from '../../src/connector/recording.ts';
import { filesIn } from './files.ts';

const loaded = await Promise.all(Object.entries(connectors).map(async ([key, load]) => [key, await load()] as const));

test('the registry is the list of folders', async () => {
  const entries = await readdir('connectors', { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(new Set(Object.keys(connectors))).toEqual(new Set(folders));
});

test('every kind is declared once, for one provider', () => {
  const declared = loaded.flatMap(([key, { surfaces }]) =>
    surfaces.flatMap(({ id, kinds }) => kinds.map(({ kind }) => ({ key, id, kind }))),
  );
  const owners = Map.groupBy(declared, ({ kind }) => kind.id);
  const twice = [...owners].filter(([, uses]) => new Set(uses.map(({ kind }) => kind)).size > 1).map(([id]) => id);
  expect(twice).toEqual([]);
  expect(declared.filter(({ key, kind }) => !kind.id.startsWith(`${key}.`)).map(({ kind }) => kind.id)).toEqual([]);
});

describe.each(loaded)('%s', (key, connector) => {
  const { surfaces } = connector;

  test('is registered under its id', () => {
    expect(connector.id).toBe(key);
  });

  test('has a surface for every file that defines one, named like the file', async () => {
    const defining = await Promise.all(
      (await filesIn(`connectors/${key}`)).map(async (path) =>
        /\bdefineSurface\b[^;]*\(\{/.test(await readFile(path, 'utf8')) ? [path] : [],
      ),
    );
    const expected = surfaces.map(({ id }) => `connectors/${key}/${id.slice(key.length + 1).replaceAll('_', '-')}.ts`);
    expect(new Set(defining.flat())).toEqual(new Set(expected));
    expect(new Set(expected).size).toBe(surfaces.length);
  });

  test.each(surfaces)('$id says where it is from, what it needs and what it lists', async ({ id, title, source, operations, kinds }) => {
    expect(id).toMatch(new RegExp(`^${key}\\.[a-z0-9]+(?:_[a-z0-9]+)*$`));
    expect(title).not.toBe('');
    expect(source).toMatch(/^https:\/\//);
    const file = `connectors/${key}/${id.slice(key.length + 1).replaceAll('_', '-')}.ts`;
    // What is no kind is a scope.
    if (kinds.length === 0) expect(await readFile(file, 'utf8')).toContain('/model/scope.ts');
    expect(operations.filter(({ call, permission }) => call === '' || permission === '')).toEqual([]);
    expect(operations).not.toEqual([]);
  });

  test.each(surfaces)('$id has recorded traffic', async ({ operations }) => {
    const { exchanges } = await loadTraffic('fixtures/company/traffic', [key]);
    const recorded = new Set(
      exchanges.map(({ exchange: { request } }) => {
        const headers = request.target === undefined ? {} : { 'x-amz-target': request.target };
        return connector.operationOf({ method: request.method, url: request.url, headers, body: bodyText(request.body) });
      }),
    );
    expect(operations.map(({ call }) => call).filter((call) => !recorded.has(call))).toEqual([]);
  });
});
