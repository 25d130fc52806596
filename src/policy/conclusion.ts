import type { Severity } from '../model/finding.ts';
import { type Verdict, notApplicable } from '../model/verdict.ts';
import type { Policy } from './policy.ts';

/** What one policy says of one subject. */
export type Judgement = {
  readonly policy: Policy;
  readonly verdict: Verdict;
  /** After `severityWhen`. */
  readonly severity: Severity;
  /** Counts at the gate like a failure: a failure, or an unknown of a policy with `whenUnknown: fail`. */
  readonly gates: boolean;
};

/** Most verdicts are quiet and say the same each time: those judgements are made once. */
export function conclusions(policy: Policy): (verdict: Verdict, severity?: Severity) => Judgement {
  const { severity: usual } = policy;
  const passed: Judgement = { policy, verdict: { outcome: 'pass' }, severity: usual, gates: false };
  const apart: Judgement = { policy, verdict: notApplicable, severity: usual, gates: false };
  return (verdict, severity = usual) => {
    if (verdict.outcome === 'pass') return passed;
    if (verdict.outcome === 'not-applicable') return apart;
    return { policy, verdict, severity, gates: verdict.outcome === 'fail' || policy.whenUnknown === 'fail' };
  };
}
