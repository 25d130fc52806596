// https://learn.microsoft.com/en-us/graph/api/reportroot-list-appcredentialsigninactivities?view=graph-rest-beta
import type { FactName, Operation } from '../../src/connector/contract.ts';
import { day } from '../../src/model/duration.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import { isJson, text } from './json.ts';
import type { Rest } from './rest.ts';
import { isNoTime, textTime } from './text-time.ts';

const facts = ['createdAt', 'rotatedAt', 'lastUsedAt'] as const satisfies readonly FactName[];

export const signInOperation = {
  call: 'GET /beta/reports/appCredentialSignInActivities',
  permission: 'AuditLog.Read.All',
  facts,
} as const satisfies Operation;

export type SignInReport = {
  readonly readAt: Instant;
  /** Start of the time that a missing row speaks for. The page names no window, so the shortest sign-in retention is taken. */
  readonly watchedSince: Instant;
  readonly rows: ReadonlyMap<string, SignInRow>;
};
export type SignInRow = {
  readonly createdAt: unknown;
  readonly lastSignInAt: unknown;
};

const window = 30 * day;

/** Reads the whole report: by key id it is one paged read, by credential it would be a request each. */
export async function readSignIns(graph: Rest, readAt: Instant, signal: AbortSignal): Promise<SignInReport> {
  const rows = new Map<string, SignInRow>();
  for await (const page of graph.pages('/beta/reports/appCredentialSignInActivities', '@odata.nextLink', signal)) {
    for (const row of page) {
      const keyId = text(row['keyId']);
      const activity = row['signInActivity'];
      if (keyId !== undefined)
        rows.set(keyId, {
          createdAt: row['createdDateTime'],
          lastSignInAt: isJson(activity) ? activity['lastSignInDateTime'] : undefined,
        });
    }
  }
  return {
    readAt,
    watchedSince: instant(epoch(readAt) - window) ?? readAt,
    rows,
  };
}

/** When a credential was made. `startDateTime` is no answer: whoever makes the credential sets it as they like. */
export function createdAtOf(report: Fact<SignInReport>, keyId: string): Fact<Instant> {
  if (report.state !== 'known') return whyNot(report);
  const created = report.value.rows.get(keyId)?.createdAt;
  if (isNoTime(created)) return unknown('not-offered', 'only the sign-in report has it, and this credential has no row there');
  return textTime(created);
}

/** Never "not used since it was made": a report without a row speaks for its window only. */
export function lastUsedAtOf(report: Fact<SignInReport>, keyId: string): Fact<Instant> {
  if (report.state !== 'known') return whyNot(report);
  const lastSignInAt = report.value.rows.get(keyId)?.lastSignInAt;
  return isNoTime(lastSignInAt) ? absent(report.value.watchedSince) : textTime(lastSignInAt);
}

/** The report as evidence for those of its facts that it did tell. */
export function signInEvidence(
  report: Fact<SignInReport>,
  told: Readonly<Record<(typeof facts)[number], Fact<Instant>>>,
): readonly Provenance[] {
  const fields = facts.filter((field) => told[field].state !== 'unknown');
  return report.state === 'known' && fields.length > 0
    ? [{ operation: signInOperation.call, observedAt: report.value.readAt, fields }]
    : [];
}

function whyNot(report: Fact<SignInReport>): Fact<Instant> {
  return report.state === 'unknown' ? report : unknown('not-looked');
}
