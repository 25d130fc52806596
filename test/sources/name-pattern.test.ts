import fc from 'fast-check';
import { expect, test } from 'vitest';
import { namePattern } from '../../src/sources/name-pattern.ts';

test.each([
  ['batch', 'batch', true],
  ['batch', 'batch-1', false],
  ['batch-*', 'batch-', true],
  ['batch-*', 'batch-a/b', true],
  ['*-prod', 'x-prod', true],
  ['*-prod', 'x-prod-2', false],
  ['a*b*c', 'aXbYc', true],
  ['a*b*c', 'abc', true],
  ['a*b*c', 'acb', false],
  ['ab*ba', 'aba', false],
  ['a*a*a', 'aa', false],
  ['a.c', 'abc', false],
  ['[ab]{c}?', '[ab]{c}?', true],
  ['!x', 'y', false],
])('%s and %s: %s', (pattern, name, fits) => {
  expect(namePattern(pattern)(name)).toBe(fits);
});

test('agrees with a regular expression', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  fc.assert(
    fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 }), (pattern, name) => {
      expect(namePattern(pattern)(name)).toBe(new RegExp(`^${pattern.replaceAll(/\*+/g, '.*')}$`).test(name));
    }),
  );
});

test('is quick on what would make an expression go back for ever', () => {
  expect(namePattern(`${'a*'.repeat(2000)}b`)('a'.repeat(20_000))).toBe(false);
});
