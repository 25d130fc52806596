import { type Coverage, isBlind } from './model/coverage.ts';
import { type Finding, isAtLeast, severities } from './model/finding.ts';
import { type Instant, epoch } from './model/instant.ts';
import type { Collected } from './model/inventory.ts';
import type { Kind } from './model/kind.ts';
import type { Relaxation } from './model/relaxation.ts';
import { type Gate, type PolicyCount, type Result, type Summary, resultVersion } from './model/result.ts';
import type { Sources } from './model/source.ts';
import type { Subject } from './model/subject.ts';
import type { Outcome } from './model/verdict.ts';
import type { Waiver, WaiverState } from './model/waiver.ts';
import { compile } from './policy/compile.ts';
import type { Judgement } from './policy/conclusion.ts';
import { citations } from './policy/frameworks/cite.ts';
import type { Frameworks } from './policy/frameworks/framework.ts';
import type { Policy } from './policy/policy.ts';
import type { OwnerConventions } from './reconcile/conventions.ts';
import type { OwnerEvidence } from './reconcile/owner-evidence.ts';
import { reconcile } from './reconcile/reconcile.ts';
import { type RunIndex, openRunIndex } from './reconcile/run-index.ts';
import { missingSentence, sentence } from './report/wording.ts';
import { openBook } from './waivers/book.ts';
import { openDocket } from './waivers/docket.ts';
import { type Expected, openSight } from './waivers/sight.ts';

export type ScanRequest = {
  readonly tool: Result['tool'];
  /** Scopes, records and coverage, from connectors or from a saved inventory. */
  readonly inventory: AsyncIterable<Collected>;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly policies: readonly Policy[];
  /** Ids of policies that exist beside them: waivers of those are no mistakes. */
  readonly notInForce?: ReadonlySet<string>;
  /** A finding cites of these only what its kind is about. */
  readonly frameworks?: Frameworks;
  readonly sources: Sources;
  readonly conventions: OwnerConventions;
  readonly ownerEvidence?: readonly OwnerEvidence[] | undefined;
  readonly waivers: readonly Waiver[];
  readonly longestWaiver: string;
  /** What the run was meant to look at, so that a waiver of what it did not see is not taken for one that covers nothing. */
  readonly expected: Expected;
  /** What the change under test asks less of than the rules of this run. */
  readonly relaxations: readonly Relaxation[];
  readonly gate: Gate;
  readonly asOf: Instant;
  readonly startedAt: Instant;
  now(): Instant;
  interrupted(): boolean;
};

/**
 * THE pipeline: what was collected -> subjects -> verdicts -> findings -> result. It streams; identities and findings stay, and the few
 * subjects that a policy can judge only when the whole run is known.
 */
export async function scan(request: ScanRequest): Promise<Result> {
  const { kinds, policies, sources, conventions, ownerEvidence } = request;
  const now = epoch(request.asOf);
  const tally = openTally(policies);
  const book = openBook(request.waivers, {
    sources,
    now,
    maxDuration: request.longestWaiver,
    policies: new Map(policies.map(({ id, waivers }) => [id, waivers])),
    ...(request.notInForce === undefined ? {} : { notInForce: request.notInForce }),
  });
  const docket = openDocket(book, { sentence, missingSentence, cite: citations(request.frameworks ?? new Map()) }, now);
  const judge = compile(policies);

  const enter = (judgements: Iterable<Judgement>, file: (judgement: Judgement) => void): void => {
    for (const judgement of judgements) {
      tally.count(judgement.policy.id, judgement.verdict.outcome);
      file(judgement);
    }
  };

  const run = openRunIndex();
  const late: Subject[] = [];
  for await (const subject of reconcile(tally.sift(request.inventory, run), { kinds, sources, conventions, ownerEvidence })) {
    run.add(subject);
    enter(judge.judge(subject, now), (each) => docket.enter(subject, each));
    if (judge.waits(subject)) late.push(subject);
  }
  for (const subject of late) enter(judge.judgeLate(subject, run, now), (each) => docket.enter(subject, each));
  for (const row of tally.coverage) enter(judge.judgeCoverage(row, now), (each) => docket.enterCoverage(row, each));
  const states = book.states(openSight(tally.coverage, request.expected));
  for (const state of states) enter(judge.judgeWaiver(state, now), (each) => docket.enterWaiver(state, each));
  for (const each of request.relaxations) enter(judge.judgeRelaxation(each, now), (judged) => docket.enterRelaxation(each, judged));
  return result(request, tally, docket.findings(), docket.waived(), states);
}

type Tally = ReturnType<typeof openTally>;

/** Counts what passes by, and takes the coverage rows out of the stream. */
function openTally(policies: readonly Policy[]) {
  const coverage: Coverage[] = [];
  const records = { identity: 0, credential: 0, grant: 0 };
  const counts = new Map(policies.map(({ id }) => [id, { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0 }]));
  return {
    coverage,
    records,
    counts,
    async *sift(inventory: ScanRequest['inventory'], run: RunIndex): AsyncGenerator<Exclude<Collected, Coverage>> {
      for await (const line of inventory) {
        if (line.record === 'coverage') {
          coverage.push(line);
          run.addCoverage(line);
        } else {
          if (line.record === 'scope') run.addScope(line);
          else records[line.record] += 1;
          yield line;
        }
      }
    },
    count(policy: string, outcome: Outcome): void {
      const count = counts.get(policy);
      if (count) count[outcome] += 1;
    },
  };
}

function result(
  request: ScanRequest,
  tally: Tally,
  findings: readonly Finding[],
  waived: readonly Finding[],
  states: readonly WaiverState[],
): Result {
  const coverage = tally.coverage.toSorted((a, b) => compare(placeOf(a), placeOf(b)));
  return {
    schemaVersion: resultVersion,
    tool: request.tool,
    asOf: request.asOf,
    startedAt: request.startedAt,
    finishedAt: request.now(),
    interrupted: request.interrupted(),
    findings,
    waived,
    waivers: states
      .map(({ waiver, state }) => ({ id: waiver.id, policy: waiver.policy, state, expires: waiver.expires }))
      .toSorted((a, b) => compare(a.id, b.id)),
    coverage,
    policies: policyCounts(request.policies, tally),
    summary: summarize(tally, findings, waived),
    exit: conclude(findings, coverage, request.gate),
  };
}

/** Decides the exit code, once, for every format: findings gate with 1, blindness and asked-for unknowns with 3. */
export function conclude(findings: readonly Finding[], coverage: readonly Coverage[], gate: Gate): Result['exit'] {
  const { failOn, failOnUnknown, requireCoverage } = gate;
  const failing = findings.filter(
    (finding) => failOn !== 'none' && (finding.verdict === 'fail' || finding.gates === true) && isAtLeast(finding.severity, failOn),
  ).length;
  const undecided = findings.filter(
    (finding) => failOnUnknown !== 'none' && finding.verdict === 'unknown' && isAtLeast(finding.severity, failOnUnknown),
  ).length;
  const blind = coverage.filter((row) => gates(row, requireCoverage)).length;
  const sawNothing = requireCoverage !== 'none' && coverage.every((row) => row.state === 'not-enumerable' || row.state === 'skipped');

  const reasons = [
    ...(failing > 0 ? [`${counted(failing, 'finding')} at or above ${failOn}`] : []),
    ...(blind > 0 ? [`${counted(blind, 'place')} not looked at completely`] : []),
    ...(undecided > 0 ? [`${counted(undecided, 'verdict')} unknown at or above ${failOnUnknown}`] : []),
    ...(sawNothing ? ['nothing was looked at'] : []),
  ];
  if (failing > 0) return { code: 1, reasons };
  if (reasons.length > 0) return { code: 3, reasons };
  return {
    code: 0,
    reasons: [failOn === 'none' ? 'looked everywhere; findings do not gate' : `looked everywhere, nothing at or above ${failOn}`],
  };
}

function gates(row: Coverage, requireCoverage: Gate['requireCoverage']): boolean {
  if (requireCoverage === 'none') return false;
  if (isBlind(row)) return true;
  return requireCoverage === 'full' && (row.state === 'skipped' || row.state === 'not-enabled');
}

function policyCounts(policies: readonly Policy[], { counts }: Tally): readonly PolicyCount[] {
  return policies
    .map(({ id, disabled }) => {
      const count = counts.get(id) ?? { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0 };
      return { id, disabled, pass: count.pass, fail: count.fail, unknown: count.unknown, notApplicable: count['not-applicable'] };
    })
    .toSorted((a, b) => compare(a.id, b.id));
}

function summarize({ counts, records }: Tally, findings: readonly Finding[], waived: readonly Finding[]): Summary {
  const verdicts = { pass: 0, fail: 0, unknown: 0, notApplicable: 0 };
  for (const count of counts.values()) {
    verdicts.pass += count.pass;
    verdicts.fail += count.fail;
    verdicts.unknown += count.unknown;
    verdicts.notApplicable += count['not-applicable'];
  }
  const failed = findings.filter(({ verdict }) => verdict === 'fail');
  return {
    subjects: records.identity + records.credential + records.grant,
    identities: records.identity,
    credentials: records.credential,
    grants: records.grant,
    verdicts,
    bySeverity: tallyBy(
      severities,
      failed.map(({ severity }) => severity),
    ),
    byTheme: tallyBy(
      [...new Set(failed.map(({ theme }) => theme))].toSorted(),
      failed.map(({ theme }) => theme),
    ),
    waived: waived.length,
  };
}

function tallyBy<K extends string>(keys: readonly K[], values: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, values.filter((value) => value === key).length])) as Record<K, number>;
}

function placeOf({ connector, scope, surface, state }: Coverage): string {
  return `${connector}\n${state === 'not-enumerable' ? '~' : ''}${scope}\n${surface}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function counted(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
