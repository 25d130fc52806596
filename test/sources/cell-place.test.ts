import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openCellPlaces } from '../../src/sources/cell-place.ts';

const table = 'id,name\nE1,"a ""b"", c"\nE2,"two\nlines",last\nE3,\n';
const at = openCellPlaces('p.csv', table, ',');

describe('a cell', () => {
  test.each([
    [1, 1, 1, 4, 4],
    [2, 1, 2, 4, 12],
    [3, 1, 3, 4, 4],
    [3, 2, 4, 8, 4],
    [5, 0, 5, 1, 2],
    [5, 1, 5, 4, 1],
    [5, 7, 5, 4, 1],
  ])('of the row on line %i, number %i, stands at %i:%i with %i carets', (row, cell, line, column, carets) => {
    const place = at(row, cell);
    expect({ file: place.file, line: place.line, column: place.column }).toEqual({ file: 'p.csv', line, column });
    expect(/\^+/.exec(place.frame ?? '')?.[0].length).toBe(carets);
  });

  test('that is not asked for leaves the line', () => {
    expect(at(3)).toEqual({ file: 'p.csv', line: 3 });
  });

  test('is found however the table is quoted', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ',', '"', '\n', ' '), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), fc.nat(), (cells, pick) => {
        const row = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
        const index = pick % cells.length;
        const { line = 0, column = 0 } = openCellPlaces('p.csv', `head\n${row}\n`, ',')(2, index);
        const before = cells
          .slice(0, index)
          .map((cell) => `"${cell.replaceAll('"', '""')}",`)
          .join('');
        expect(line).toBe(1 + before.split('\n').length);
        expect(column).toBe((before.split('\n').at(-1)?.length ?? 0) + 1);
      }),
    );
  });
});
