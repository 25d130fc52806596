import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocuments } from '../../src/document/parse.ts';
import { OperatorError } from '../../src/model/operator-error.ts';
import { mistakesOf } from './mistakes.ts';

const parse = (text: string) => parseDocuments('a.yaml', text);

describe('values', () => {
  test.each([
    ['several documents', 'a: 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['a byte order mark', '\uFEFFa: 1\n', [{ a: 1 }]],
    ['an empty document before the first', '---\n---\na: 1\n', [{ a: 1 }]],
    ['dates and yes stay text', 'at: 2026-11-21\nyes: no\n', [{ at: '2026-11-21', yes: 'no' }]],
    ['keys are text', '111122223333: prod\n', [{ '111122223333': 'prod' }]],
    ['aliases', 'a: &x [1]\nb: *x\n', [{ a: [1], b: [1] }]],
    ['Windows line ends', 'a: 1\r\nb: 2\r\n', [{ a: 1, b: 2 }]],
  ])('%s', (_, text, values) => {
    expect(parse(text).map(({ value }) => value)).toEqual(values);
  });

  test('a key that names the prototype is only a key', () => {
    const [document] = parse('__proto__: { polluted: true }\n');
    expect(Object.keys(document?.value ?? {})).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('mistakes', () => {
  test.each([
    ['an empty file', ''],
    ['a file of comments', '# nothing\n'],
  ])('%s', (_, text) => {
    expect(mistakesOf(() => parse(text))).toBe('a.yaml the file is empty');
  });

  test('all of a file at once', () => {
    expect(mistakesOf(() => parse('id: a\nid: b\nlist: [1, 2\n---\nat: !!js/function x\n---\nx:\n\ty: 1\n'))).toMatchInlineSnapshot(`
      "a.yaml:2:1 this key stands here twice
        2 | id: b
          | ^
      a.yaml:4:1 Flow sequence in block collection must be sufficiently indented and end with a ]
        4 | ---
          | ^
      a.yaml:5:5 Unresolved tag: tag:yaml.org,2002:js/function
        5 | at: !!js/function x
          |     ^^^^^^^^^^^^^
      a.yaml:8:1 a tab cannot indent; use spaces
        8 | y: 1
          | ^"
    `);
  });

  test('aliases that lead nowhere, or into themselves', () => {
    expect(mistakesOf(() => parse('a: *nowhere\nb: &self [*self]\n'))).toMatchInlineSnapshot(`
      "a.yaml:1:4 no anchor \`&nowhere\` stands before this alias
        1 | a: *nowhere
          |    ^^^^^^^^
      a.yaml:2:11 \`*self\` contains itself
        2 | b: &self [*self]
          |           ^^^^^"
    `);
  });

  test('aliases that multiply', () => {
    const levels = Array.from(
      { length: 8 },
      (_, level) =>
        `l${String(level + 1)}: &l${String(level + 1)} [${Array(9)
          .fill(`*l${String(level)}`)
          .join(', ')}]`,
    );
    expect(mistakesOf(() => parse(`l0: &l0 [x]\n${levels.join('\n')}\n`))).toMatchInlineSnapshot(
      `
      "a.yaml:9:10 aliases expand to more than 100 times their text (write out what the aliases stand for)
        9 | l8: &l8 [*l7, *l7, *l7, *l7, *l7, *l7, *l7, *l7, *l7]
          |          ^^^"
    `,
    );
  });

  test('nesting that would exhaust the stack', () => {
    expect(mistakesOf(() => parse('['.repeat(50_000)))).toContain('nested too deeply');
  });

  test('any text is a document or an operator mistake', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab:- \n\t[]{}&*!|>"\'#?%@\u0000'.split('')) }), (text) => {
        try {
          expect(parse(text).length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(OperatorError);
        }
      }),
    );
  });
});

describe('positions', () => {
  const [document] = parse('metadata:\n  id: acme\nlist:\n  - name: one\n  - name: two\nempty:\nflow: { a: [x, y] }\n');
  test.each([
    ['a value', ['metadata', 'id'], 'value', '2:7'],
    ['a key', ['metadata', 'id'], 'key', '2:3'],
    ['a map, by its key', ['metadata'], 'value', '1:1'],
    ['an item of a list, by its first key', ['list', 1], 'value', '5:5'],
    ['a value without text, by its key', ['empty'], 'value', '6:1'],
    ['an item in a flow list', ['flow', 'a', 1], 'value', '7:16'],
    ['something missing, by its parent', ['metadata', 'title'], 'value', '1:1'],
    ['the document', [], 'value', '1:1'],
  ] as const)('%s', (_, path, at, expected) => {
    const position = document?.position(path, at);
    expect(`${String(position?.line)}:${String(position?.column)}`).toBe(expected);
  });

  test('of a second document are lines of the file', () => {
    expect(parse('a: 1\n---\nb: 2\n')[1]?.position(['b'])).toMatchObject({ file: 'a.yaml', line: 3, column: 4 });
  });

  test('below an alias point at what it stands for', () => {
    expect(parse('a: &x\n  b: 1\nc: *x\n')[0]?.position(['c', 'b'])).toMatchObject({ line: 2, column: 6 });
  });
});
