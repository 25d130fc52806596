import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinKey } from '../../src/sources/join-key.ts';

const text = fc.string({ unit: 'grapheme' });

test.each([
  [' Dana.Okafor@Larkspur.Example ', 'dana.okafor@larkspur.example'],
  ['ｄａｎａ', 'dana'],
  ['dana+aws@larkspur.example', 'dana+aws@larkspur.example'],
  ['\u00A0dana\uFEFF', 'dana'],
  ['JOSE\u0301', 'josé'],
])('%j joins as %j', (given, key) => {
  expect(joinKey(given)).toBe(key);
});

test('is its own key', () => {
  fc.assert(
    fc.property(text, (given) => {
      expect(joinKey(joinKey(given))).toBe(joinKey(given));
    }),
  );
});

test('does not mind outer blanks and composition', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(' ', '\t', '\u00A0', '\n'), (given, blank) => {
      expect(joinKey(`${blank}${given}${blank}`)).toBe(joinKey(given));
      expect(joinKey(given.normalize('NFD'))).toBe(joinKey(given));
    }),
  );
});

test('does not mind case in addresses', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (address) => {
      expect(joinKey(address.toUpperCase())).toBe(joinKey(address));
    }),
  );
});

test('keeps different addresses apart', () => {
  fc.assert(
    fc.property(fc.emailAddress(), fc.emailAddress(), (one, other) => {
      expect(joinKey(one) === joinKey(other)).toBe(one.toLowerCase() === other.toLowerCase());
    }),
  );
});
