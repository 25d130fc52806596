import fc from 'fast-check';
import { expect, test } from 'vitest';
import { problemOffset } from '../../src/sources/json-problem.ts';

/** What `JSON.parse` says; undefined for valid text. */
function refusal(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return error.message;
  }
}

test.each([
  ['', 0],
  ['nothing', 0],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['{"a":1,}', 7],
  ['{"a" 1}', 5],
  ['{a:1}', 1],
  ['{"a":}', 5],
  ['[}', 1],
  ['[1]]', 3],
  ['{"a":1}\n{"b":2}', 8],
  ['["a\nb"]', 1],
  ['["cut off', 1],
  ['[1', 2],
  ['[01]', 2],
  ["['a']", 1],
  ['[TRUE]', 1],
])('%j goes wrong at %i', (text, offset) => {
  expect(problemOffset(text)).toBe(offset);
});

test('a text that is cut off after millions of characters is no reason to fail', () => {
  expect(problemOffset(`["${'a'.repeat(20_000_000)}`)).toBe(1);
});

test('valid JSON has its end only, and nothing but blanks behind it', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom('', ' ', '\n\t '), (text, after) => {
      expect(problemOffset(`${text}${after}`)).toBe(text.length + after.length);
    }),
  );
});

test('agrees with the runtime wherever it tells a place', () => {
  const broken = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', '}', ']', ',', ':', '{', '"x"', '7', 'null'))
    .map(
      ([text, at, extra]) =>
        `${text.slice(0, at % (text.length + 1))}${extra}${text.slice((at % (text.length + 1)) + (extra === '' ? 1 : 0))}`,
    );
  fc.assert(
    fc.property(broken, (text) => {
      const told = /^(?:Expected|Unexpected non-whitespace).* at position (\d+)/.exec(refusal(text) ?? '')?.[1];
      // Inside a number or a text the runtime points at the character, this at the token.
      if (told !== undefined && !/^[\d"a-z.+-]/i.test(text.slice(Number(told) - 1))) expect(problemOffset(text)).toBe(Number(told));
    }),
    { numRuns: 1000 },
  );
});
