import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openWidth } from '../../src/connector/width.ts';

type Event = 'throttled' | 'answered';
const events = fc.array(fc.constantFrom<Event>('throttled', 'answered', 'answered', 'answered'), { maxLength: 300 });

describe('the width of a budget', () => {
  test('starts at its most', () => {
    expect(openWidth(8).now()).toBe(8);
  });

  test('is half after a throttled answer, and never less than one', () => {
    const width = openWidth(8);
    const seen = [1, 2, 3, 4, 5].map(() => {
      width.slowDown(width.era());
      return width.now();
    });
    expect(seen).toEqual([4, 2, 1, 1, 1]);
  });

  test('is halved once for one burst, however many of its requests are throttled', () => {
    const width = openWidth(16);
    const sentIn = width.era();
    for (let index = 0; index < 16; index += 1) width.slowDown(sentIn);
    expect(width.now()).toBe(8);
    width.slowDown(width.era());
    expect(width.now()).toBe(4);
  });

  test('grows by one when as many as are allowed were answered', () => {
    const width = openWidth(8);
    width.slowDown(width.era());
    for (let index = 0; index < 3; index += 1) width.answered();
    expect(width.now()).toBe(4);
    width.answered();
    expect(width.now()).toBe(5);
  });

  test('stays between one and its most, and grows slower than it falls', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), events, (most, all) => {
        const width = openWidth(most);
        for (const event of all) {
          const before = width.now();
          if (event === 'throttled') width.slowDown(width.era());
          else width.answered();
          const after = width.now();
          expect(after).toBeGreaterThanOrEqual(1);
          expect(after).toBeLessThanOrEqual(event === 'throttled' ? Math.max(1, before / 2) : Math.min(most, before + 1));
        }
      }),
    );
  });

  test('comes back to its most when nothing is throttled any more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 32 }), events, (most, all) => {
        const width = openWidth(most);
        for (const event of all) if (event === 'throttled') width.slowDown(width.era());
        for (let index = 0; index < most * most; index += 1) width.answered();
        expect(width.now()).toBe(most);
      }),
    );
  });
});
