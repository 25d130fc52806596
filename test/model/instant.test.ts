import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day } from '../../src/model/duration.ts';
import { epoch, instant, instantOrDayEnd } from '../../src/model/instant.ts';

describe('an instant', () => {
  test.each([
    ['2026-11-21', '2026-11-21T00:00:00Z'],
    [' 2026-11-21T01:02:03Z ', '2026-11-21T01:02:03Z'],
    ['2026-11-21 01:02', '2026-11-21T01:02:00Z'],
    ['2026-11-21T01:02:03.5+02:00', '2026-11-20T23:02:03.500Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
  ])('%s is %s', (text, at) => {
    expect(instant(text)).toBe(at);
  });

  test.each(['2026-02-30', '2025-02-29T00:00:00Z', '2026-13-01', '21/11/2026', 'N/A', '', '2026'])('%s is none', (text) => {
    expect(instant(text)).toBeUndefined();
  });

  test.each([253_402_300_800_000, 8.64e15, 8.64e15 + 1, -62_167_219_200_001, Number.NaN])('%d is none', (milliseconds) => {
    expect(instant(milliseconds)).toBeUndefined();
  });
});

describe('the end of a day', () => {
  test.each([
    ['2026-11-21', '2026-11-21T23:59:59.999Z'],
    ['2026-11-21T12:00:00Z', '2026-11-21T12:00:00Z'],
    ['2026-02-30', undefined],
  ])('%s is %s', (text, at) => {
    expect(instantOrDayEnd(text)).toBe(at);
  });

  test('is a millisecond before the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 40_000 }), (days) => {
        const date = (instant(days * day) ?? '').slice(0, 10);
        expect(epoch(instantOrDayEnd(date) ?? '')).toBe((days + 1) * day - 1);
      }),
    );
  });
});
