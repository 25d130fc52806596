import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJsonRows } from '../../src/sources/json-rows.ts';
import { mistakesOf } from './mistakes.ts';

const read = (text: string) => readJsonRows({ file: 'x.json', text }, { noun: 'the export', list: 'value' });
const ids = (text: string) => read(text).rows.map(({ value }) => value['id']);

describe('rows of JSON', () => {
  test.each([
    ['one page', '{"value":[{"id":1},{"id":2}],"more":[{"id":9}]}', [1, 2], 1],
    ['a list of pages', '[{"value":[{"id":1}]},{"value":[{"id":2}]}]', [1, 2], 2],
    ['a list of rows', '[{"id":1},{"id":2}]', [1, 2], 0],
    ['lists in a list', '[[{"id":1}],[{"id":2},{"id":3}]]', [1, 2, 3], 0],
    ['pages on lines', '{"value":[{"id":1}]}\n{"value":[{"id":2}]}\n', [1, 2], 2],
    ['rows on lines', '{"id":1}\n\n{"id":2}', [1, 2], 0],
    ['lists on lines', '[{"id":1}]\n[{"id":2}]', [1, 2], 0],
    ['one row', '{"id":1}', [1], 0],
    ['rows that hold the key themselves', '{"value":[{"id":1,"value":[{"id":8}]},{"id":2}]}', [1, 2], 1],
    ['marks inside texts', '[{"id":1,"note":"}]{[\\"\\\\"},{"id":2}]', [1, 2], 0],
    ['nobody', '{"value":[]}', [], 1],
  ])('are found in %s', (_, text, expected, pages) => {
    expect(ids(text)).toEqual(expected);
    expect(read(text).pages.length).toBe(pages);
    expect(read(text).mistakes).toEqual([]);
  });

  test('are placed at their brace, however the JSON is laid out', () => {
    const row = fc.record({ id: fc.nat(), note: fc.string(), inner: fc.array(fc.record({ value: fc.array(fc.record({ x: fc.nat() })) })) });
    const shapes = [
      (rows: unknown) => rows,
      (rows: unknown) => ({ a: [{ b: 1 }], value: rows, z: {} }),
      (rows: unknown) => [{ value: rows }, { value: [] }],
    ];
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), fc.constantFrom(...shapes), fc.constantFrom(0, 1, 4), (rows, shape, indent) => {
        const text = JSON.stringify(shape(rows), undefined, indent);
        const found = read(text);
        expect(found.mistakes).toEqual([]);
        expect(found.rows.map(({ value }) => value)).toEqual(JSON.parse(JSON.stringify(rows)));
        const lines = text.split('\n');
        const starts = found.rows.map(({ position: { line = 0, column = 0 } }) =>
          lines[line - 1]?.slice(column - 1, column + 4).replace(/\s/g, ''),
        );
        for (const start of starts) expect(start?.startsWith('{')).toBe(true);
        expect(new Set(found.rows.map(({ position }) => `${String(position.line)}:${String(position.column)}`)).size).toBe(rows.length);
      }),
    );
  });

  test('of an answer without lines are numbered over all pages', () => {
    const { rows } = readJsonRows(
      { file: 'https://idp.example/Users', text: '{"value":[{"id":1},{"id":2}]}', firstEntry: 101 },
      { noun: 'the answer', list: 'value' },
    );
    expect(rows.map(({ position }) => position)).toEqual([
      { file: 'https://idp.example/Users#101' },
      { file: 'https://idp.example/Users#102' },
    ]);
  });

  test.each([
    ['nothing', ' \n', 'x.json: the export is empty'],
    ['no JSON', 'id,email\n', 'x.json:1:1: the export is no readable JSON'],
    ['a comma too much', '{\n  "value": [\n    {"id": 1},\n  ]\n}', 'x.json:4:3: the export is no readable JSON'],
    ['a missing comma', '{\n  "value": [\n    {"id": 1}\n    {"id": 2}\n  ]\n}', 'x.json:4:5: the export is no readable JSON'],
    ['a broken line', '{"id":1}\n{"id":\n{"id":3\n', 'x.json:2:7: not JSON'],
  ])('are not read from %s', (_, text, message) => {
    expect(mistakesOf(() => read(text))).toContain(message);
  });

  test.each([
    ['{"value":[{"id":1},7,null]}', ['entry 2 of the export is no object', 'entry 3 of the export is no object']],
    ['{"value":[{"id":1}],"value":[{"id":2}]}', ['`value` stands twice in one page']],
  ])('name what cannot be one: %s', (text, messages) => {
    expect(read(text).mistakes.map(({ message }) => message)).toEqual(messages);
  });
});
