import type { Severity } from '../model/finding.ts';
import type { Kind } from '../model/kind.ts';
import type { Subject } from '../model/subject.ts';
import { type Missing, type Verdict, notApplicable } from '../model/verdict.ts';
import { assertionTest, waitsFor } from './assertion.ts';
import { type Judgement, conclusions } from './conclusion.ts';
import { distinct } from './logic.ts';
import { type Group, type Matched, type Matcher, kindMatcher, matchWithin, subjectMatcher } from './match.ts';
import type { Match, Policy } from './policy.ts';
import type { Test } from './predicate.ts';

/** A policy on identities, credentials or grants, as functions. */
export type RecordPolicy = {
  /** Whether it can mean a kind at all. */
  isForKind(kind: Kind): boolean;
  /** What it asks of the subjects of a group; undefined where it means none of them. */
  within(group: Group): GroupPolicy | undefined;
};
export type GroupPolicy = {
  /** Whether it can judge this subject only when the whole run is known. */
  readonly waits: ((subject: Subject) => boolean) | undefined;
  /** Undefined: it does not mean this subject. */
  judge(subject: Subject, now: number): Judgement | undefined;
};

export function compileRecordPolicy(policy: Policy): RecordPolicy {
  const test: Test = assertionTest(policy.assert, policy);
  const conclude = conclusions(policy);
  const waits = waitsFor<Subject>(policy.assert);
  const isForKind = kindMatcher(policy.match);
  return {
    isForKind: (kind) => policy.subject === kind.record && isForKind(kind),
    within(group) {
      const match = policy.subject === group.kind.record ? matchWithin(policy.match, group) : undefined;
      return match && groupPolicy(policy, match, group, { test, conclude, waits });
    },
  };
}

type Compiled = {
  readonly test: Test;
  readonly conclude: ReturnType<typeof conclusions>;
  readonly waits: ((subject: Subject) => boolean) | undefined;
};

function groupPolicy(policy: Policy, match: Match, group: Group, { test, conclude, waits }: Compiled): GroupPolicy {
  const isMeant = subjectMatcher(match, policy);
  const exclusions = policy.exclude.flatMap((each) => matcherWithin(each, group, policy) ?? []);
  const severityOf = severities(policy, group);
  // Without its expression, which may ask the time: what waits in vain is judged all the same.
  const { cel: _, ...plain } = match;
  const mayBeMeant = subjectMatcher(plain, policy);
  return {
    waits: waits && ((subject) => mayBeMeant?.(subject, 0) !== false && waits(subject)),
    judge(subject, now) {
      const meant = isMeant === undefined || isMeant(subject, now);
      if (meant === false) return undefined;
      const excluded = strongest(exclusions, subject, now);
      if (excluded === true) return conclude(notApplicable);
      const verdict = doubted(test(subject, now), meant, excluded);
      return conclude(verdict, severityOf && isLoud(verdict) ? severityOf(subject, now) : policy.severity);
    },
  };
}

/** Undefined: it can mean no subject of the group. */
function matcherWithin(match: Match, group: Group, policy: Policy): Matcher | undefined {
  const rest = matchWithin(match, group);
  return rest && (subjectMatcher(rest, policy) ?? (() => true));
}

/** True as soon as one holds; else the fact that leaves it open, if any. */
function strongest(matchers: readonly Matcher[], subject: Subject, now: number): Matched {
  let result: Matched = false;
  for (const each of matchers) {
    const matched = each(subject, now);
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
  return { outcome: 'unknown', missing: distinct([...(verdict.outcome === 'unknown' ? verdict.missing : []), ...doubts]) };
}

function isLoud({ outcome }: Verdict): boolean {
  return outcome === 'fail' || outcome === 'unknown';
}

function severities(policy: Policy, group: Group): ((subject: Subject, now: number) => Severity) | undefined {
  const steps = policy.severityWhen.flatMap(({ match, severity }) => {
    const isMeant = matcherWithin(match, group, policy);
    return isMeant ? [{ isMeant, severity }] : [];
  });
  if (steps.length === 0) return undefined;
  return (subject, now) => steps.find(({ isMeant }) => isMeant(subject, now) === true)?.severity ?? policy.severity;
}
