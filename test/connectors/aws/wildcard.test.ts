import fc from 'fast-check';
import { expect, test } from 'vitest';
import { covers, overlap } from '../../../connectors/aws/wildcard.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 6 });
const patterns = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 6 });

function asExpression(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .split('')
      .map((sign) => (sign === '*' ? '.*' : sign === '?' ? '.' : sign))
      .join('')}$`,
  );
}

test.each([
  ['*', 'iam:createuser', true],
  ['iam:*user', 'iam:createuser', true],
  ['iam:*user', 'iam:createusers', false],
  ['s3:get*', 's3:*', false],
  ['s3:*', 's3:get*', true],
  ['?', '*', false],
  ['', '', true],
  ['***', '', true],
])('%s takes in %s: %s', (pattern, other, expected) => {
  expect(covers(pattern, other)).toBe(expected);
});

test('a pattern takes in the texts that its expression matches', () => {
  fc.assert(fc.property(patterns, letters, (pattern, other) => covers(pattern, other) === asExpression(pattern).test(other)));
});

test('what one pattern takes in of another, a text of both shows', () => {
  fc.assert(
    fc.property(patterns, patterns, letters, (one, other, each) => {
      if (covers(one, each) && covers(other, each)) expect(overlap(one, other)).toBe(true);
      if (covers(one, other) && covers(other, each)) expect(covers(one, each)).toBe(true);
      expect(overlap(one, other)).toBe(overlap(other, one));
    }),
  );
});

test.each([
  ['s3:get*', 's3:*object', true],
  ['s3:get*', 's3:put*', false],
  ['*', '', true],
  ['a?c', '?b?', true],
  ['a', 'aa', false],
  ['s3:\u{1F511}*', 's3:*\u{1F511}', true],
])('%s and %s share a text: %s', (one, other, expected) => {
  expect(overlap(one, other)).toBe(expected);
});

test('patterns made to be slow are not', () => {
  expect(covers(`${'*a'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false);
  expect(overlap('*a'.repeat(500), '*b'.repeat(500))).toBe(false);
});
