import type { Missing, Verdict } from '../model/verdict.ts';
import { notApplicable, pass } from '../model/verdict.ts';
import type { Test } from './predicate.ts';

/**
 * Three-valued logic with a fourth value that does not take part. Nothing at all is not-applicable.
 * Reasons and missing facts of everything that decided are kept, so that a finding names all of them.
 */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce(both, notApplicable);
}

export function anyOf(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce(either, notApplicable);
}

function both(a: Verdict, b: Verdict): Verdict {
  const difference = allRank[a.outcome] - allRank[b.outcome];
  return difference === 0 ? joined(a, b) : difference > 0 ? a : b;
}

function either(a: Verdict, b: Verdict): Verdict {
  const difference = anyRank[a.outcome] - anyRank[b.outcome];
  return difference === 0 ? joined(a, b) : difference > 0 ? a : b;
}

/** A failed `not` has no reasons: all that was observed is that the opposite holds. */
export function notOf(verdict: Verdict): Verdict {
  if (verdict.outcome === 'pass') return { outcome: 'fail', reasons: [] };
  return verdict.outcome === 'fail' ? pass : verdict;
}

const allRank = { fail: 3, unknown: 2, pass: 1, 'not-applicable': 0 } as const;
const anyRank = { pass: 3, unknown: 2, fail: 1, 'not-applicable': 0 } as const;

/** Two verdicts with the same outcome as one. */
function joined(a: Verdict, b: Verdict): Verdict {
  if (a.outcome === 'fail' && b.outcome === 'fail') return { outcome: 'fail', reasons: [...a.reasons, ...b.reasons] };
  if (a.outcome === 'unknown' && b.outcome === 'unknown') return { outcome: 'unknown', missing: distinct([...a.missing, ...b.missing]) };
  return a;
}

export function distinct(missing: readonly Missing[]): readonly Missing[] {
  return missing.filter(
    (each, index) =>
      missing.findIndex(({ fact, why, detail }) => fact === each.fact && why === each.why && detail === each.detail) === index,
  );
}

/** The same over tests, for what is evaluated many times. One test is itself. */
export function allTests<Judged>(tests: readonly Test<Judged>[]): Test<Judged> {
  return combined(tests, both);
}

export function anyTest<Judged>(tests: readonly Test<Judged>[]): Test<Judged> {
  return combined(tests, either);
}

function combined<Judged>(tests: readonly Test<Judged>[], combine: (a: Verdict, b: Verdict) => Verdict): Test<Judged> {
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return (judged, now) => {
    let verdict: Verdict = notApplicable;
    for (const test of tests) verdict = combine(verdict, test(judged, now));
    return verdict;
  };
}
