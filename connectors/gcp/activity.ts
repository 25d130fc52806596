import { time } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { type Fact, type Known, type Unknown, absent, unknown } from '../../src/model/fact.ts';
import { type Instant, instant } from '../../src/model/instant.ts';
import { type Json, objectIn, textIn } from './answer.ts';

// https://cloud.google.com/policy-intelligence/docs/activity-analyzer-service-account-authentication
export type ActivityType = 'serviceAccountLastAuthentication' | 'serviceAccountKeyLastAuthentication';

/** What Activity Analyzer says of one project and type. */
export type Activities = {
  readonly byResource: ReadonlyMap<string, Activity>;
  /** The latest start of any watch: for a resource without an entry, no earlier time is claimed to have been watched. */
  readonly watchedSince?: Instant;
  /** The earliest end of any watch: how old the whole answer may be. */
  readonly watchedUntil?: Instant;
};
type Activity = {
  readonly lastUsedAt?: Fact<Instant>;
  readonly from?: Instant;
  readonly until?: Instant;
};

/** When something was last used, and as of when that was known. */
export type LastUse = {
  readonly lastUsedAt: Fact<Instant>;
  readonly asOf?: Instant;
};

export async function readActivities(pages: AsyncIterable<readonly Json[]>): Promise<Activities> {
  const byResource = new Map<string, Activity>();
  for await (const page of pages) {
    for (const entry of page) {
      byResource.set(resourceOf(entry), activityIn(entry));
    }
  }
  const all = [...byResource.values()];
  const starts = all.flatMap(({ from }) => from ?? []).toSorted();
  const ends = all.flatMap(({ until }) => until ?? []).toSorted();
  const [watchedSince, watchedUntil] = [starts.at(-1), ends[0]];
  return {
    byResource,
    ...(watchedSince === undefined ? {} : { watchedSince }),
    ...(watchedUntil === undefined ? {} : { watchedUntil }),
  };
}

/**
 * Looks one resource up by any of its names: `<unique id or e-mail>`, with `/keys/<key id>` behind it for a key. No entry means no use
 * while Google watched, never "never"; where no entry tells since when it watches, nothing is claimed.
 */
export function lastUseOf(activities: Known<Activities> | Unknown, names: readonly string[]): LastUse {
  if (activities.state !== 'known') return { lastUsedAt: activities };
  const { byResource, watchedSince, watchedUntil } = activities.value;
  const found = names.map((name) => byResource.get(name)).find((each) => each !== undefined);
  const asOf = found?.until ?? watchedUntil;
  const at = asOf === undefined ? {} : { asOf };
  if (found?.lastUsedAt !== undefined) return { lastUsedAt: found.lastUsedAt, ...at };
  const since = found?.from ?? watchedSince;
  if (since === undefined)
    return {
      lastUsedAt: unknown('not-offered', 'no use is recorded, and the answer does not say since when use is watched'),
    };
  return { lastUsedAt: absent(since), ...at };
}

/**
 * By the unique id where the entry has one, since an e-mail address can be given to a new service account; the key id alone is not
 * enough, because one public key can be uploaded to several service accounts.
 */
function resourceOf(entry: Json): string {
  const activity = objectIn(entry, 'activity');
  const subject = {
    ...objectIn(activity, 'serviceAccount'),
    ...objectIn(activity, 'serviceAccountKey'),
  };
  const name = textIn(entry, 'fullResourceName') ?? textIn(subject, 'fullResourceName');
  const parts = /\/serviceAccounts\/([^/]+)(\/keys\/[^/]+)?$/.exec(name ?? '');
  if (!parts) throw new MalformedError('an activity without the name of a service account');
  return `${textIn(subject, 'serviceAccountId') ?? parts[1] ?? ''}${parts[2] ?? ''}`;
}

function activityIn(entry: Json): Activity {
  const period = objectIn(entry, 'observationPeriod');
  // The day of use, as its start in US Pacific Standard Time; the hour is not told.
  const last = textIn(objectIn(entry, 'activity'), 'lastAuthenticatedTime');
  const from = timeIn(period, 'startTime');
  const until = timeIn(period, 'endTime');
  return {
    ...(last === undefined ? {} : { lastUsedAt: time(last) }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}

function timeIn(item: Json, field: string): Instant | undefined {
  const text = textIn(item, field);
  return text === undefined ? undefined : instant(text);
}
