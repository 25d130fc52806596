import type { Severity } from '../model/finding.ts';
import type { Kind } from '../model/kind.ts';
import { type Outcome, type Verdict, notApplicable } from '../model/verdict.ts';
import { compile } from './compile.ts';
import type { Judgement } from './conclusion.ts';
import { type Example, isCoverageGiven, isRelaxationGiven, isWaiverGiven } from './example.ts';
import { coverageOf } from './examples/coverage.ts';
import { relaxationOf } from './examples/relaxation.ts';
import { runOf } from './examples/run.ts';
import { subjectOf } from './examples/subject.ts';
import { waiverOf } from './examples/waiver.ts';
import type { Policy } from './policy.ts';

export type ExampleResult = {
  readonly policy: string;
  readonly example: Example;
  readonly actual: Outcome;
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** The outcome, and the severity where the example names one, are as expected. */
  readonly isAsExpected: boolean;
};

/** Judges what an example gives with the policy alone. A subject that the policy does not mean is not-applicable. */
export function runExample(policy: Policy, example: Example, kinds: ReadonlyMap<string, Kind>, now: number): ExampleResult {
  const [judgement] = judgementsOf(policy, example.given, kinds, now);
  const verdict = judgement?.verdict ?? notApplicable;
  const severity = judgement?.severity ?? policy.severity;
  const isAsExpected = verdict.outcome === example.expect && (example.severity === undefined || example.severity === severity);
  return { policy: policy.id, example, actual: verdict.outcome, verdict, severity, isAsExpected };
}

function judgementsOf(policy: Policy, given: Example['given'], kinds: ReadonlyMap<string, Kind>, now: number): Iterable<Judgement> {
  const judge = compile([{ ...policy, disabled: false }]);
  if (isRelaxationGiven(given)) return judge.judgeRelaxation(relaxationOf(given), now);
  if (isWaiverGiven(given)) return judge.judgeWaiver(waiverOf(given, now), now);
  if (isCoverageGiven(given)) return judge.judgeCoverage(coverageOf(given), now);
  const subject = subjectOf(policy, given, kinds, now);
  return judge.waits(subject) ? judge.judgeLate(subject, runOf(given.run, subject), now) : judge.judge(subject, now);
}
