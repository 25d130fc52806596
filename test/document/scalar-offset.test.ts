import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocuments } from '../../src/document/parse.ts';

/** The quoted line and its carets, for the word `bad` inside the value of `cel`. */
function pointed(text: string): string {
  const [document] = parseDocuments('p.yaml', text);
  const cel = (document?.value as { readonly cel: string } | undefined)?.cel ?? '';
  const { line, column, frame } = document?.inside?.(['cel'], cel.indexOf('bad'), 3) ?? {};
  return `${String(line)}:${String(column)}\n${frame ?? ''}`;
}

describe('a part of a text is found in', () => {
  test.each([
    ['a plain text', 'cel: a + bad\n', '1:10'],
    ['double quotes', 'cel: "a + bad"\n', '1:11'],
    ['double quotes with escapes', String.raw`cel: "a == \"x\" + bad"` + '\n', '1:20'],
    ['single quotes', "cel: 'a == ''x'' + bad'\n", '1:20'],
    ['a block', 'cel: |\n  a\n  + bad\n', '3:5'],
    ['a block with indentation of its own', 'cel: |-\n  a\n    + bad\n', '3:7'],
    ['a folded block', 'cel: >-\n  a\n  + bad\n', '3:5'],
    ['a plain text over two lines', 'cel: a\n  + bad\n', '2:5'],
    ['a block after a comment in its header', 'cel: >- # why\n  a + bad\n', '2:7'],
    ['a map in a line', '{ cel: a + bad }\n', '1:12'],
  ])('%s', (_, text, place) => {
    expect(pointed(text).split('\n')[0]).toBe(place);
    expect(pointed(text)).toMatch(/\^\^\^$/);
  });
});

test('it is found however the text is quoted', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '\\', '+', '(') }), (before) => {
      const [document] = parseDocuments('p.yaml', `cel: ${JSON.stringify(`${before}bad`)}\n`);
      const place = document?.inside?.(['cel'], before.length, 3);
      const line = `cel: ${JSON.stringify(`${before}bad`)}`;
      expect(line.slice((place?.column ?? 0) - 1).startsWith('bad')).toBe(true);
    }),
  );
});

test('a path that leads to no text points at what is there', () => {
  const [document] = parseDocuments('p.yaml', 'cel: [1]\n');
  expect(document?.inside?.(['cel'], 3, 1)).toMatchObject({ line: 1 });
  expect(document?.inside?.(['other'], 3, 1)).toMatchObject({ line: 1 });
});
