import type { Severity } from '../model/finding.ts';
import type { Kind } from '../model/kind.ts';
import type { Subject } from '../model/subject.ts';
import { type Missing, type Verdict, notApplicable } from '../model/verdict.ts';
import type { WaiverState } from '../model/waiver.ts';
import { assertionTest } from './assertion.ts';
import { type Matched, type Matcher, kindMatcher, matcher, subjectMatcher } from './match.ts';
import type { Policy } from './policy.ts';
import type { Test } from './predicate.ts';

/** What one policy says of one subject. */
export type Judgement = {
  readonly policy: Policy;
  readonly verdict: Verdict;
  /** After `severityWhen`. */
  readonly severity: Severity;
  /** Counts at the gate like a failure: a failure, or an unknown of a policy with `whenUnknown: fail`. */
  readonly gates: boolean;
};
export type Judge = {
  /** One judgement for each policy that means this subject; none for the others. */
  judge(subject: Subject, now: number): Iterable<Judgement>;
  judgeWaiver(state: WaiverState, now: number): Iterable<Judgement>;
};

/** Policies as functions. Each is tried only on kinds that it can mean; kinds not given here are sorted in when they first appear. */
export function compile(policies: readonly Policy[], kinds: ReadonlyMap<string, Kind>): Judge {
  const active = policies.filter(({ disabled }) => !disabled);
  const ofRecords = active.filter(({ subject }) => subject !== 'waiver').map(compileRecordPolicy);
  const ofWaivers = active.filter(({ subject }) => subject === 'waiver').map(compileWaiverPolicy);
  const byKind = new Map<string, readonly RecordPolicy[]>();
  const sortIn = (kind: Kind) => {
    const able = ofRecords.filter(({ policy, isForKind }) => policy.subject === kind.record && isForKind(kind));
    byKind.set(kind.id, able);
    return able;
  };
  for (const kind of kinds.values()) sortIn(kind);

  return {
    judge(subject, now) {
      const judgements: Judgement[] = [];
      for (const each of byKind.get(subject.kind.id) ?? sortIn(subject.kind)) {
        const judgement = each.judge(subject, now);
        if (judgement) judgements.push(judgement);
      }
      return judgements;
    },
    judgeWaiver: (state, now) => ofWaivers.map((judge) => judge(state, now)),
  };
}

type RecordPolicy = {
  readonly policy: Policy;
  readonly isForKind: (kind: Kind) => boolean;
  judge(subject: Subject, now: number): Judgement | undefined;
};

function compileRecordPolicy(policy: Policy): RecordPolicy {
  const test: Test = assertionTest(policy.assert);
  const isMeant = subjectMatcher(policy.match);
  const exclusions = policy.exclude.map(matcher);
  const severityOf = severities(policy);
  const conclude = conclusions(policy);
  return {
    policy,
    isForKind: kindMatcher(policy.match),
    judge(subject, now) {
      const meant = isMeant === undefined || isMeant(subject);
      if (meant === false) return undefined;
      const excluded = strongest(exclusions, subject);
      if (excluded === true) return conclude(notApplicable);
      const verdict = doubted(test(subject, now), meant, excluded);
      return conclude(verdict, severityOf && isLoud(verdict) ? severityOf(subject) : policy.severity);
    },
  };
}

function compileWaiverPolicy(policy: Policy): (state: WaiverState, now: number) => Judgement {
  const test = assertionTest<WaiverState>(policy.assert);
  const conclude = conclusions(policy);
  return (state, now) => conclude(test(state, now), policy.severity);
}

/** True as soon as one holds; else the fact that leaves it open, if any. */
function strongest(matchers: readonly Matcher[], subject: Subject): Matched {
  let result: Matched = false;
  for (const each of matchers) {
    const matched = each(subject);
    if (matched === true) return true;
    if (matched !== false) result = matched;
  }
  return result;
}

/**
 * A policy that perhaps does not mean this subject cannot fail it: the verdict is unknown for want of the fact that would tell.
 * A pass stays: whether it is meant or not, nothing is wrong.
 */
function doubted(verdict: Verdict, meant: true | Missing, excluded: false | Missing): Verdict {
  if ((meant === true && excluded === false) || !isLoud(verdict)) return verdict;
  const doubts = [meant, excluded].filter((each): each is Missing => typeof each === 'object');
  return { outcome: 'unknown', missing: [...(verdict.outcome === 'unknown' ? verdict.missing : []), ...doubts] };
}

function isLoud({ outcome }: Verdict): boolean {
  return outcome === 'fail' || outcome === 'unknown';
}

function severities({ severity, severityWhen }: Policy): ((subject: Subject) => Severity) | undefined {
  if (severityWhen.length === 0) return undefined;
  const steps = severityWhen.map((step) => ({ isMeant: matcher(step.match), severity: step.severity }));
  return (subject) => steps.find(({ isMeant }) => isMeant(subject) === true)?.severity ?? severity;
}

/** Most verdicts are quiet and say the same each time: those judgements are made once. */
function conclusions(policy: Policy): (verdict: Verdict, severity?: Severity) => Judgement {
  const { severity: usual } = policy;
  const passed: Judgement = { policy, verdict: { outcome: 'pass' }, severity: usual, gates: false };
  const apart: Judgement = { policy, verdict: notApplicable, severity: usual, gates: false };
  return (verdict, severity = usual) => {
    if (verdict.outcome === 'pass') return passed;
    if (verdict.outcome === 'not-applicable') return apart;
    return { policy, verdict, severity, gates: verdict.outcome === 'fail' || policy.whenUnknown === 'fail' };
  };
}
