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
import { type RecordPolicy, compileRecordPolicy } from './record-policy.ts';

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

/** Policies as functions. Each is tried only on kinds that it can mean; kinds not given here are sorted in when they first appear. */
export function compile(policies: readonly Policy[], kinds: ReadonlyMap<string, Kind>): Judge {
  const active = policies.filter(({ disabled }) => !disabled);
  const on = (subject: PolicySubject) => active.filter((policy) => policy.subject === subject);
  const ofRecords = [...on('identity'), ...on('credential'), ...on('grant')].map(compileRecordPolicy);
  const ofWaivers = on('waiver').map((policy) => compilePlainPolicy<WaiverState>(policy));
  const ofRelaxations = on('relaxation').map((policy) => compilePlainPolicy<Relaxation>(policy));
  const ofCoverage = on('coverage').map(compileCoveragePolicy);
  const byKind = openKindIndex(ofRecords, kinds);

  return {
    judge(subject, now) {
      const judgements: Judgement[] = [];
      for (const each of byKind(subject.kind).all) {
        if (each.waits?.(subject) === true) continue;
        const judgement = each.judge(subject, now);
        if (judgement) judgements.push(judgement);
      }
      return judgements;
    },
    waits: (subject) => byKind(subject.kind).waiting.some((each) => each.waits?.(subject) === true),
    judgeLate(subject, run, now) {
      const late = { ...subject, run };
      return byKind(subject.kind)
        .waiting.filter((each) => each.waits?.(subject) === true)
        .flatMap((each) => each.judge(late, now) ?? []);
    },
    judgeWaiver: (state, now) => ofWaivers.map((judge) => judge(state, now)),
    judgeRelaxation: (relaxation, now) => ofRelaxations.map((judge) => judge(relaxation, now)),
    judgeCoverage: (row, now) => ofCoverage.flatMap((judge) => judge(row, now) ?? []),
  };
}

type Able = { readonly all: readonly RecordPolicy[]; readonly waiting: readonly RecordPolicy[] };

/** The policies that can mean a kind, and those of them that may have to wait. */
function openKindIndex(policies: readonly RecordPolicy[], kinds: ReadonlyMap<string, Kind>): (kind: Kind) => Able {
  const byKind = new Map<string, Able>();
  const sortIn = (kind: Kind): Able => {
    const all = policies.filter(({ isForKind }) => isForKind(kind));
    const able = { all, waiting: all.filter(({ waits }) => waits !== undefined) };
    byKind.set(kind.id, able);
    return able;
  };
  for (const kind of kinds.values()) sortIn(kind);
  return (kind) => byKind.get(kind.id) ?? sortIn(kind);
}

/** A policy that judges all there is of its sort. */
function compilePlainPolicy<Judged>(policy: Policy): (judged: Judged, now: number) => Judgement {
  const test = assertionTest<Judged>(policy.assert, policy);
  const conclude = conclusions(policy);
  return (judged, now) => conclude(test(judged, now), policy.severity);
}
