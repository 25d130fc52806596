import type { Severity } from '../model/finding.ts';
import type { Kind } from '../model/kind.ts';
import { type Outcome, type Verdict, notApplicable } from '../model/verdict.ts';
import { compile } from './compile.ts';
import { type Example, isRelaxationGiven, isWaiverGiven } from './example.ts';
import { relaxationOf } from './examples/relaxation.ts';
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
  const judge = compile([{ ...policy, disabled: false }], new Map());
  const { given } = example;
  const judgements = isRelaxationGiven(given)
    ? judge.judgeRelaxation(relaxationOf(given), now)
    : isWaiverGiven(given)
      ? judge.judgeWaiver(waiverOf(given, now), now)
      : judge.judge(subjectOf(policy, given, kinds, now), now);
  const [judgement] = judgements;
  const verdict = judgement?.verdict ?? notApplicable;
  const severity = judgement?.severity ?? policy.severity;
  const isAsExpected = verdict.outcome === example.expect && (example.severity === undefined || example.severity === severity);
  return { policy: policy.id, example, actual: verdict.outcome, verdict, severity, isAsExpected };
}
