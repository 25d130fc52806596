import { createHash } from 'node:crypto';
import type { Coverage } from '../model/coverage.ts';
import { type Finding, type Severity, severities } from '../model/finding.ts';
import type { Reason } from '../model/reason.ts';
import type { Relaxation } from '../model/relaxation.ts';
import type { ResolvedOwner, Subject } from '../model/subject.ts';
import type { Missing, Verdict } from '../model/verdict.ts';
import type { WaiverState } from '../model/waiver.ts';
import type { Cover, WaiverBook } from './book.ts';
import { risk } from './risk.ts';

/** What a policy said of a subject: the part of a judgement that a finding shows. */
export type Judged = {
  readonly policy: {
    readonly id: string;
    readonly title: string;
    readonly fix: string;
    readonly mapsTo: Readonly<Record<string, readonly string[]>>;
  };
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** An unknown that counts at the gate like a failure. */
  readonly gates: boolean;
};
/** Makes sentences and citations; given by the scan, since wording is the report's business and frameworks are that of policies. */
export type Wording = {
  sentence(reason: Reason): string;
  missingSentence(missing: Missing): string;
  /** What of `mapsTo` a finding on this kind may cite. */
  cite(mapsTo: Finding['mapsTo'], kind: string): Finding['mapsTo'];
};

export type Docket = {
  /** Files a verdict: a pass only counts, a failure or an unknown becomes a finding unless an active waiver covers it. */
  enter(subject: Subject, judged: Judged): void;
  /** Files a verdict on a waiver itself. */
  enterWaiver(state: WaiverState, judged: Judged): void;
  /** Files a verdict on what a change asks less of. No waiver covers it: a waiver in the same change would. */
  enterRelaxation(relaxation: Relaxation, judged: Judged): void;
  /** Files a verdict on how a place was looked at. */
  enterCoverage(row: Coverage, judged: Judged): void;
  findings(): readonly Finding[];
  waived(): readonly Finding[];
};

/** Turns verdicts into findings as they come; only findings stay in memory. */
export function openDocket(book: WaiverBook, wording: Wording, now: number): Docket {
  const open: Finding[] = [];
  const waived: Finding[] = [];

  const file = (finding: Finding, cover: Cover | undefined): void => {
    if (!cover) open.push(finding);
    else (cover.state === 'active' ? waived : open).push({ ...finding, waiver: waiverOf(cover) });
  };

  return {
    enter(subject, judged) {
      const { outcome } = judged.verdict;
      const { record } = subject;
      const cover = book.settle(judged.policy.id, record, outcome);
      if (outcome !== 'fail' && outcome !== 'unknown') return;
      const finding = fileFinding(judged, record, wording, {
        owners: subject.owners.map(ownerOf),
        provenance: record.evidence,
        risk: risk(judged.severity, subject, now),
      });
      file(finding, cover);
    },
    enterWaiver({ waiver }, judged) {
      const owners = [{ role: 'technical' as const, ref: waiver.requester, by: 'requester', state: 'claimed' }];
      enterOwn({ id: waiver.id, kind: 'overdue.waiver', provider: 'overdue', scope: waiver.source, name: waiver.id }, owners, judged);
    },
    enterRelaxation({ what, of, source }, judged) {
      enterOwn({ id: `${what} ${of}`, kind: 'overdue.relaxation', provider: 'overdue', scope: source, name: of }, [], judged);
    },
    enterCoverage({ connector, scope, surface }, judged) {
      const { outcome } = judged.verdict;
      const subject = { id: `${connector}/${surface}/${scope}`, kind: 'overdue.coverage', provider: connector, scope, name: surface };
      const cover = book.settle(judged.policy.id, subject, outcome);
      if (outcome !== 'fail' && outcome !== 'unknown') return;
      file(fileFinding(judged, subject, wording, { owners: [], provenance: [], risk: risk(judged.severity, undefined, now) }), cover);
    },
    findings: () => open.toSorted(byUrgency),
    waived: () => waived.toSorted(byUrgency),
  };

  /** What stands in the operator's own files, and in no inventory. */
  function enterOwn(subject: Finding['subject'], owners: Finding['owners'], judged: Judged): void {
    if (judged.verdict.outcome !== 'fail' && judged.verdict.outcome !== 'unknown') return;
    open.push(fileFinding(judged, subject, wording, { owners, provenance: [], risk: risk(judged.severity, undefined, now) }));
  }
}

function ownerOf({ claim: { role, ref, by }, state, source, interim }: ResolvedOwner): Finding['owners'][number] {
  return { role, ref, state, by, ...(source === undefined ? {} : { source }), ...(interim === undefined ? {} : { interim: interim.name }) };
}

function waiverOf({ waiver: { id, expires, requester, approver, reason, ticket, source }, state }: Cover): NonNullable<Finding['waiver']> {
  return { id, state, expires, requester, approver, reason, ...(ticket === undefined ? {} : { ticket }), source };
}

/** The identity of a finding over runs: never the message, the age or the waiver. */
export function findingId(policy: string, kind: string, subject: string): string {
  return createHash('sha256').update(`${policy}\n${kind}\n${subject}`).digest('hex').slice(0, 16);
}

function fileFinding(
  { policy, verdict, severity, gates }: Judged,
  subject: Finding['subject'],
  { sentence, missingSentence, cite }: Wording,
  rest: Pick<Finding, 'owners' | 'provenance' | 'risk'>,
): Finding {
  const reasons = verdict.outcome === 'fail' ? verdict.reasons : [];
  const missing = verdict.outcome === 'unknown' ? verdict.missing : [];
  return {
    id: findingId(policy.id, subject.kind, subject.id),
    policy: policy.id,
    theme: policy.id.split('/')[0] ?? policy.id,
    title: policy.title,
    severity,
    verdict: verdict.outcome === 'unknown' ? 'unknown' : 'fail',
    ...(verdict.outcome === 'unknown' && gates ? { gates: true as const } : {}),
    subject: { id: subject.id, kind: subject.kind, provider: subject.provider, scope: subject.scope, name: subject.name },
    reason: [...reasons.map(sentence), ...missing.map(missingSentence)].join('; ') || 'what the policy rules out is the case',
    evidence: [...reasons, ...missing.map((each) => ({ code: 'unknown' as const, ...each }))],
    remediation: policy.fix,
    mapsTo: cite(policy.mapsTo, subject.kind),
    ...rest,
  };
}

function byUrgency(a: Finding, b: Finding): number {
  return (
    Number(a.verdict === 'unknown') - Number(b.verdict === 'unknown') ||
    severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
    compare(a.policy, b.policy) ||
    b.risk.score - a.risk.score ||
    compare(a.subject.kind, b.subject.kind) ||
    compare(a.subject.id, b.subject.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
