import { type Fact, type Known, type Unknown, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import { type Instant, epoch } from '../../src/model/instant.ts';
import type { UserDetail } from './authorization-details.ts';
import { type CredentialReport, type KeySlot, type ReportRow, trackedSince } from './credential-report.ts';

/** The report's row of this very user: one that was made again under the same name has another time of creation. */
export function rowOf({ Arn, CreateDate }: UserDetail, report: CredentialReport): Known<ReportRow> | Unknown {
  const row = report.users.get(Arn ?? '');
  const made = row && valueOf(row.createdAt);
  if (row && made !== undefined && CreateDate !== undefined && isSameSecond(made, CreateDate)) return known(row);
  return unknown('stale', `the user is newer than the credential report of ${report.generatedAt}`);
}

/** The report writes whole seconds. */
export function isSameSecond(at: Instant, date: Date): boolean {
  return Math.floor(epoch(at) / 1000) === Math.floor(date.getTime() / 1000);
}

/** A slot holds a key, active or not, when it says so or has a date. */
export function holdsKey({ active, rotatedAt }: KeySlot): boolean {
  return active !== false || rotatedAt.state !== 'absent';
}

/** The start of the time in which AWS watched the use of something made then. */
export function watchedSince(made: Instant | undefined, tracked: Instant): Instant {
  return made !== undefined && epoch(made) > epoch(tracked) ? made : tracked;
}

/** The last use of its password and access keys. AWS tracks that of nothing else a user may hold. */
export function lastUse(row: ReportRow): Fact<Instant> {
  const uses = [row.password.lastUsedAt, ...row.keys.map((key) => key.lastUsedAt)];
  const newest = uses.flatMap((use) => valueOf(use) ?? []).toSorted((a, b) => epoch(b) - epoch(a))[0];
  if (newest !== undefined) return known(newest);

  const open = [
    ...(row.password.enabled === false
      ? []
      : [{ use: row.password.lastUsedAt, since: watchedSince(valueOf(row.createdAt), trackedSince.password) }]),
    ...row.keys
      .filter(holdsKey)
      .map((key) => ({ use: key.lastUsedAt, since: watchedSince(valueOf(key.rotatedAt), trackedSince.accessKey) })),
  ];
  const untold = open.map(({ use }) => use).find((use) => use.state === 'unknown');
  if (untold) return untold;
  if (open.length === 0) return unknown('not-offered', 'it has no password and no access key, and AWS tracks the use of nothing else');
  if (row.additional !== undefined || row.certificates.some(({ active }) => active !== false)) {
    return unknown('not-offered', 'it has credentials whose use AWS does not track');
  }
  return absent(open.map(({ since }) => since).toSorted((a, b) => epoch(a) - epoch(b))[0]);
}
