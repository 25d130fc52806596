import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineDiff } from '../../src/report/line-diff.ts';

test.each([
  ['the same text', 'a\nb\n', 'a\nb\n', ''],
  ['a line that comes', 'a\nb\n', 'a\nx\nb\n', '@@ line 2 @@\n+x\n'],
  ['a line that goes', 'a\nb\nc\n', 'a\nc\n', '@@ line 2 @@\n-b\n'],
  ['a line for another', 'a\nb\nc\n', 'a\nx\nc\n', '@@ line 2 @@\n-b\n+x\n'],
  ['two places', 'a\nb\nc\nd\n', 'b\nc\nx\n', '@@ line 1 @@\n-a\n@@ line 4 @@\n-d\n+x\n'],
  ['a new text', '', 'a\n', '@@ line 1 @@\n+a\n'],
])('%s', (_, before, after, told) => {
  expect(lineDiff(before, after)).toBe(told);
});

test('tells as many lines gone and come as the texts differ in length, and none that both share in place', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const told = lineDiff(before.join('\n'), after.join('\n')).split('\n');
      const count = (sign: string) => told.filter((line) => line.startsWith(sign)).length;
      expect(count('+') - count('-')).toBe(Math.max(1, after.length) - Math.max(1, before.length));
      expect(told.join('') === '').toBe(before.join('\n') === after.join('\n'));
    }),
  );
});
