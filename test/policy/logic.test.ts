import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/model/verdict.ts';
import { allOf, allTests, anyOf, notOf } from '../../src/policy/logic.ts';

const pass: Verdict = { outcome: 'pass' };
const apart: Verdict = { outcome: 'not-applicable' };
const fail: Verdict = { outcome: 'fail', reasons: [{ code: 'no-expiry' }] };
const unknown: Verdict = { outcome: 'unknown', missing: [{ fact: 'expiresAt', why: 'throttled' }] };

const verdict = fc.constantFrom(pass, fail, unknown, apart);
const verdicts = fc.array(verdict, { maxLength: 6 });
const outcome = ({ outcome: word }: Verdict) => word;

describe('by definition', () => {
  test.each([
    [[fail, unknown, pass, apart], 'fail', 'pass'],
    [[unknown, pass, apart], 'unknown', 'pass'],
    [[fail, unknown], 'fail', 'unknown'],
    [[fail, apart], 'fail', 'fail'],
    [[pass, apart], 'pass', 'pass'],
    [[apart], 'not-applicable', 'not-applicable'],
    [[], 'not-applicable', 'not-applicable'],
  ])('%j: all is %s, any is %s', (given, all, any) => {
    expect(allOf(given).outcome).toBe(all);
    expect(anyOf(given).outcome).toBe(any);
  });

  test.each([
    [pass, 'fail'],
    [fail, 'pass'],
    [unknown, 'unknown'],
    [apart, 'not-applicable'],
  ])('not %j is %s', (given, expected) => {
    expect(notOf(given).outcome).toBe(expected);
  });
});

describe('laws', () => {
  test('order does not count', () => {
    fc.assert(
      fc.property(verdicts, (given) => {
        expect(allOf(given.toReversed()).outcome).toBe(allOf(given).outcome);
        expect(anyOf(given.toReversed()).outcome).toBe(anyOf(given).outcome);
      }),
    );
  });

  test('nor does grouping', () => {
    fc.assert(
      fc.property(verdicts, verdicts, (a, b) => {
        expect(allOf([allOf(a), allOf(b)]).outcome).toBe(allOf([...a, ...b]).outcome);
        expect(anyOf([anyOf(a), anyOf(b)]).outcome).toBe(anyOf([...a, ...b]).outcome);
      }),
    );
  });

  test('saying it twice changes nothing', () => {
    fc.assert(
      fc.property(verdicts, (given) => {
        expect(allOf([...given, ...given]).outcome).toBe(allOf(given).outcome);
        expect(anyOf([...given, ...given]).outcome).toBe(anyOf(given).outcome);
      }),
    );
  });

  test('what does not apply takes no part', () => {
    fc.assert(
      fc.property(verdicts, (given) => {
        expect(allOf([...given, apart]).outcome).toBe(allOf(given).outcome);
        expect(anyOf([...given, apart]).outcome).toBe(anyOf(given).outcome);
      }),
    );
  });

  test('not twice is nothing', () => {
    fc.assert(
      fc.property(verdict, (given) => {
        expect(notOf(notOf(given)).outcome).toBe(given.outcome);
      }),
    );
  });

  test('De Morgan', () => {
    fc.assert(
      fc.property(verdicts, (given) => {
        expect(notOf(allOf(given)).outcome).toBe(anyOf(given.map(notOf)).outcome);
        expect(notOf(anyOf(given)).outcome).toBe(allOf(given.map(notOf)).outcome);
      }),
    );
  });

  test('an unknown never turns into a pass on its own', () => {
    fc.assert(
      fc.property(verdicts, (given) => {
        const outcomes = given.map(outcome);
        if (outcomes.includes('unknown')) expect(allOf(given).outcome).not.toBe('pass');
        if (!outcomes.includes('pass')) expect(anyOf(given).outcome).not.toBe('pass');
      }),
    );
  });

  test('learning a fact moves only what was unknown', () => {
    fc.assert(
      fc.property(verdicts, fc.constantFrom(pass, fail), (given, learned) => {
        const wiser = given.map((each) => (each.outcome === 'unknown' ? learned : each));
        for (const combine of [allOf, anyOf]) {
          const before = combine(given).outcome;
          if (before !== 'unknown') expect(combine(wiser).outcome).toBe(before);
        }
      }),
    );
  });

  test('over tests it is the same as over verdicts', () => {
    fc.assert(
      fc.property(verdicts, (given) => {
        expect(allTests(given.map((each) => () => each))('anything', 0)).toEqual(allOf(given));
      }),
    );
  });
});

test('every reason of a failure is kept, and each missing fact once', () => {
  const other: Verdict = { outcome: 'fail', reasons: [{ code: 'waiver-unmatched' }] };
  expect(allOf([fail, unknown, other])).toEqual({ outcome: 'fail', reasons: [{ code: 'no-expiry' }, { code: 'waiver-unmatched' }] });
  expect(allOf([unknown, unknown])).toEqual(unknown);
});
