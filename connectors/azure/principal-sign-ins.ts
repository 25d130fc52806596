// https://learn.microsoft.com/en-us/graph/api/reportroot-list-serviceprincipalsigninactivities?view=graph-rest-beta
import type { Operation } from '../../src/connector/contract.ts';
import { day } from '../../src/model/duration.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch } from '../../src/model/instant.ts';
import type { Provenance } from '../../src/model/provenance.ts';
import { isJson, text } from './json.ts';
import { oncePerSession } from './once-per-session.ts';
import type { Session } from './session.ts';
import { isNoTime, textTime } from './text-time.ts';

export const principalSignInOperation = {
  call: 'GET /beta/reports/servicePrincipalSignInActivities',
  permission: 'AuditLog.Read.All',
  facts: ['lastUsedAt'],
} as const satisfies Operation;

/** The last sign-in by application id, as the report writes it. */
export type PrincipalSignIns = { readonly readAt: Instant; readonly lastByApp: ReadonlyMap<string, unknown> };

/** Reads the whole report once. Unknown where the cloud has none; rejects where it is refused. */
export const principalSignIns = oncePerSession(async (session: Session): Promise<Fact<PrincipalSignIns>> => {
  if (!session.cloud.hasSignInReports) return unknown('not-offered', 'sign-in activity reports exist in the global cloud only');
  const reports = await session.reports();
  const readAt = session.now();
  const lastByApp = new Map<string, unknown>();
  const address = '/beta/reports/servicePrincipalSignInActivities?$top=999';
  for await (const page of reports.pages(address, '@odata.nextLink', session.signal)) {
    for (const row of page) {
      const appId = text(row['appId']);
      const last = row['lastSignInActivity'];
      if (appId !== undefined && isJson(last)) lastByApp.set(appId, last['lastSignInDateTime']);
    }
  }
  return known({ readAt, lastByApp });
});

/** No row is no answer: the report keeps no one's whole past, and leaves out who signs in by other ways. */
export function lastSignInOf(report: Fact<PrincipalSignIns>, appId: unknown): Fact<Instant> {
  if (report.state !== 'known') return report.state === 'unknown' ? report : unknown('not-looked');
  const id = text(appId);
  const last = id === undefined ? undefined : report.value.lastByApp.get(id);
  return isNoTime(last) ? unknown('not-offered', 'it has no row in the report of sign-ins') : textTime(last);
}

export function lastSignInEvidence(report: Fact<PrincipalSignIns>, lastUsedAt: Fact<Instant>): readonly Provenance[] {
  if (report.state !== 'known' || lastUsedAt.state === 'unknown') return [];
  return [{ operation: principalSignInOperation.call, observedAt: report.value.readAt, fields: ['lastUsedAt'] }];
}

const audiencesElsewhere = new Set(['AzureADMultipleOrgs', 'AzureADandPersonalMicrosoftAccount', 'PersonalMicrosoftAccount']);

/** Whether an application also signs in to tenants whose reports nobody here can read. */
export function isUsedElsewhere({ signInAudience }: { readonly signInAudience?: unknown }): boolean {
  return typeof signInAudience === 'string' && audiencesElsewhere.has(signInAudience);
}

/** Of what is also used elsewhere, only a fresh sign-in here says something: an old one, or none, does not make it dormant. */
export function unlessElsewhere(lastUsedAt: Fact<Instant>, elsewhere: boolean, now: Instant): Fact<Instant> {
  if (!elsewhere || (lastUsedAt.state === 'known' && epoch(now) - epoch(lastUsedAt.value) <= 30 * day)) return lastUsedAt;
  if (lastUsedAt.state === 'unknown') return lastUsedAt;
  return unknown('not-offered', 'it also signs in to other tenants, whose reports are not seen here');
}
