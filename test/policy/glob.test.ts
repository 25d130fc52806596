import fc from 'fast-check';
import { expect, test } from 'vitest';
import { globs } from '../../src/policy/glob.ts';

test.each([
  ['ci-*', 'ci-deploy', true],
  ['ci-*', 'ci-deploy/eu', true],
  ['ci-*', 'my-ci-deploy', false],
  ['*', '', true],
  ['*', 'a\nb', true],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*-key', 'old-key-key', true],
  ['a*b*c', 'aXbXXc', true],
  ['a*b*c', 'acb', false],
  ['a.b', 'axb', false],
  ['[ab]', 'a', false],
  ['[ab]', '[ab]', true],
  ['exact', 'exact', true],
  ['exact', 'Exact', false],
])('%s on %j: %s', (pattern, text, expected) => {
  expect(globs(pattern)(text)).toBe(expected);
});

test('any of several', () => {
  const isMatch = globs(['one', 't*']);
  expect(['one', 'two', 'four'].map(isMatch)).toEqual([true, true, false]);
});

test('the same as a regular expression, on names that one can still match', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 }),
      fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 10 }),
      (pattern, text) => {
        const expected = new RegExp(`^${pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`).test(text);
        expect(globs(pattern)(text)).toBe(expected);
      },
    ),
  );
});

test('many stars over a long name take no more than the product of their lengths', () => {
  expect(globs('*a'.repeat(200) + '*b')('a'.repeat(20_000))).toBe(false);
});
