import { type Known, type Unknown, known, unknown, valueOf } from '../../src/model/fact.ts';
import { type Instant, epoch } from '../../src/model/instant.ts';
import type { UserDetail } from './authorization-details.ts';
import type { CredentialReport, KeySlot, ReportRow } from './credential-report.ts';

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
