import type { Coverage } from '../model/coverage.ts';
import type { Kind } from '../model/kind.ts';
import type { Relaxation } from '../model/relaxation.ts';
import type { Run } from '../model/run.ts';
import type { Subject } from '../model/subject.ts';
import type { WaiverState } from '../model/waiver.ts';
import { assertionTest } from './assertion.ts';
import { type Judgement, conclusions } from './conclusion.ts';
import { compileCoveragePolicy } from './coverage-policy.ts';
import type { Policy } from './policy.ts';
import type { PolicySubject } from './predicate.ts';
import { type GroupPolicy, type RecordPolicy, compileRecordPolicy } from './record-policy.ts';

/** A policy means a subject or not: one judgement for each that does, none for the others. */
export type Judge = {
  /** All but those that must wait with this subject. */
  judge(subject: Subject, now: number): Iterable<Judgement>;
  /** Whether a policy must wait with this subject until the whole run is known. */
  waits(subject: Subject): boolean;
  /** Those that had to wait. */
  judgeLate(subject: Subject, run: Run, now: number): Iterable<Judgement>;
  judgeWaiver(state: WaiverState, now: number): Iterable<Judgement>;
  judgeRelaxation(relaxation: Relaxation, now: number): Iterable<Judgement>;
  judgeCoverage(row: Coverage, now: number): Iterable<Judgement>;
};

/** Policies as functions. Each is tried only on subjects of kinds, statuses and managers that it can mean. */
export function compile(policies: readonly Policy[]): Judge {
  const active = policies.filter(({ disabled }) => !disabled);
  const on = (subject: PolicySubject) => active.filter((policy) => policy.subject === subject);
  const ofRecords = [...on('identity'), ...on('credential'), ...on('grant')].map(compileRecordPolicy);
  const ofWaivers = on('waiver').map((policy) => compilePlainPolicy<WaiverState>(policy));
  const ofRelaxations = on('relaxation').map((policy) => compilePlainPolicy<Relaxation>(policy));
  const ofCoverage = on('coverage').map(compileCoveragePolicy);
  const able = openGroups(ofRecords);

  return {
    judge(subject, now) {
      const judgements: Judgement[] = [];
      for (const each of able(subject).all) {
        if (each.waits?.(subject) === true) continue;
        const judgement = each.judge(subject, now);
        if (judgement) judgements.push(judgement);
      }
      return judgements;
    },
    waits: (subject) => able(subject).waiting.some((each) => each.waits?.(subject) === true),
    judgeLate(subject, run, now) {
      const late = { ...subject, run };
      return able(subject)
        .waiting.filter((each) => each.waits?.(subject) === true)
        .flatMap((each) => each.judge(late, now) ?? []);
    },
    judgeWaiver: (state, now) => ofWaivers.map((judge) => judge(state, now)),
    judgeRelaxation: (relaxation, now) => ofRelaxations.map((judge) => judge(relaxation, now)),
    judgeCoverage: (row, now) => ofCoverage.flatMap((judge) => judge(row, now) ?? []),
  };
}

type Able = { readonly all: readonly GroupPolicy[]; readonly waiting: readonly GroupPolicy[] };

/** For every kind, status and manager, the policies that can mean such a subject, and those of them that may have to wait. Groups are made as they come. */
function openGroups(policies: readonly RecordPolicy[]): (subject: Subject) => Able {
  const groups = new Map<Kind, Map<string, Map<string, Able>>>();
  return ({ kind, record: { status, managedBy } }) => {
    const ready = groups.get(kind)?.get(status)?.get(managedBy);
    if (ready) return ready;
    const all = policies.flatMap((policy) => policy.within({ kind, status, managedBy }) ?? []);
    const able = { all, waiting: all.filter(({ waits }) => waits !== undefined) };
    const byStatus = groups.get(kind) ?? new Map<string, Map<string, Able>>();
    groups.set(kind, byStatus);
    byStatus.set(status, (byStatus.get(status) ?? new Map<string, Able>()).set(managedBy, able));
    return able;
  };
}

/** A policy that judges all there is of its sort. */
function compilePlainPolicy<Judged>(policy: Policy): (judged: Judged, now: number) => Judgement {
  const test = assertionTest<Judged>(policy.assert, policy);
  const conclude = conclusions(policy);
  return (judged, now) => conclude(test(judged, now), policy.severity);
}
