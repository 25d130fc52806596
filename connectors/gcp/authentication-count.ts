import { MalformedError } from '../../src/connector/refusal.ts';
import { day } from '../../src/model/duration.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';
import type { ActivityType } from './activity.ts';
import { type Json, listIn, objectIn, textIn, timestampIn } from './answer.ts';
import { answersOf } from './pages.ts';
import type { Reader } from './reader.ts';

// https://cloud.google.com/iam/docs/service-account-monitoring
const metrics: Readonly<Record<ActivityType, string>> = {
  serviceAccountLastAuthentication: 'iam.googleapis.com/service_account/authn_events_count',
  serviceAccountKeyLastAuthentication: 'iam.googleapis.com/service_account/key/authn_events_count',
};

/** What Cloud Monitoring counted in one project: the last use of each resource, by `<unique id>` or `<unique id>/keys/<key id>`. */
export type Counts = {
  readonly byResource: ReadonlyMap<string, Instant>;
  /** Start of the window that Monitoring keeps: of what was before it, nothing is said. */
  readonly since: Instant;
  readonly until: Instant;
};

/** How long Monitoring keeps these counts. */
const kept = 6 * 7 * day;

export async function readCounts(google: Reader, project: string, type: ActivityType, now: Instant): Promise<Counts> {
  const since = instant(epoch(now) - kept) ?? now;
  const query = {
    filter: `metric.type = "${metrics[type]}"`,
    'interval.startTime': since,
    'interval.endTime': now,
    // Hours, since each point would otherwise be one of ten minutes.
    'aggregation.alignmentPeriod': '3600s',
    'aggregation.perSeriesAligner': 'ALIGN_SUM',
    pageSize: '100000',
  };
  const byResource = new Map<string, Instant>();
  const answers = answersOf((pageToken) => google.get('monitoring', `v3/projects/${project}/timeSeries`, { ...query, pageToken }));
  for await (const answer of answers) {
    // Where a part of the query failed, a resource that was used may be missing.
    if (listIn(answer, 'executionErrors').length > 0) throw new MalformedError('Monitoring could not read all of its time series');
    for (const series of listIn(answer, 'timeSeries')) {
      const resource = resourceOf(series);
      for (const at of timesOfUse(series)) {
        if (at > (byResource.get(resource) ?? '')) byResource.set(resource, at);
      }
    }
  }
  return { byResource, since, until: now };
}

function resourceOf(series: Json): string {
  const account = textIn(objectIn(objectIn(series, 'resource'), 'labels'), 'unique_id');
  if (account === undefined) throw new MalformedError('a time series without the id of a service account');
  const key = textIn(objectIn(objectIn(series, 'metric'), 'labels'), 'key_id');
  return key === undefined ? account : `${account}/keys/${key}`;
}

/** The ends of the hours in which something was counted: nobody is accused an hour early. */
function timesOfUse(series: Json): readonly Instant[] {
  return listIn(series, 'points').flatMap((point) => {
    if (Number(textIn(objectIn(point, 'value'), 'int64Value') ?? 0) === 0) return [];
    const at = instant(timestampIn(objectIn(point, 'interval'), 'endTime') ?? '');
    if (at === undefined) throw new MalformedError('a point of a time series without its time');
    return [at];
  });
}
