import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frame } from '../../src/document/frame.ts';

test('quotes the line with carets under the part', () => {
  expect(frame('id: a\nseverity: hgih\n', { line: 2, column: 11, length: 4 })).toBe('  2 | severity: hgih\n    |           ^^^^');
});

test('the gutter grows with the line number', () => {
  expect(frame(`${'\n'.repeat(99)}a: b`, { line: 100, column: 4, length: 1 })).toBe('  100 | a: b\n      |    ^');
});

test('characters that would steer a terminal are removed, and the carets stay in place', () => {
  expect(frame('na\u001b[31mme\u202e: \u0007bad', { line: 1, column: 14, length: 3 })).toBe('  1 | na[31mme: bad\n    |           ^^^');
});

test('a long line is cut around the part', () => {
  const lines = frame(`${'x'.repeat(500)}HERE${'y'.repeat(500)}`, { line: 1, column: 501, length: 4 }).split('\n');
  const [quoted = '', carets = ''] = lines;
  expect(quoted.length).toBeLessThan(140);
  expect(quoted.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('HERE');
});

test('a frame is two lines of printable text, whatever it quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(40), fc.nat(40), (text, column, length) => {
      const shown = frame(text.replaceAll('\n', ''), { line: 1, column: column + 1, length });
      expect(shown.split('\n')).toHaveLength(2);
      expect(shown.replace('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(shown).toContain('^');
    }),
  );
});
