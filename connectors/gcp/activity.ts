import { time } from '../../src/connector/item.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import { day } from '../../src/model/duration.ts';
import { type Fact, type Known, type Unknown, absent, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';
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
  return activitiesIn((await Array.fromAsync(pages)).flat());
}

/** What the query of an organisation or folder says, apart for each project that it names, by its id and by its number. */
export async function readActivitiesByProject(pages: AsyncIterable<readonly Json[]>): Promise<ReadonlyMap<string, Activities>> {
  const entries = new Map<string, Json[]>();
  for await (const page of pages) {
    for (const entry of page) {
      for (const project of projectsOf(entry)) {
        const before = entries.get(project);
        if (before) before.push(entry);
        else entries.set(project, [entry]);
      }
    }
  }
  return new Map([...entries].map(([project, each]) => [project, activitiesIn(each)]));
}

function activitiesIn(entries: readonly Json[]): Activities {
  const byResource = new Map(entries.map((entry) => [resourceOf(entry), activityIn(entry)]));
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

/** Whatever was used this lately is in nobody's findings, however little was seen of it since. */
const lately = 14 * day;

export function isUsedLately({ lastUsedAt }: LastUse, now: Instant): boolean {
  return lastUsedAt.state === 'known' && epoch(now) - epoch(lastUsedAt.value) <= lately;
}

/**
 * By the unique id where the entry has one, since an e-mail address can be given to a new service account; the key id alone is not
 * enough, because one public key can be uploaded to several service accounts.
 */
function resourceOf(entry: Json): string {
  const { account, key } = nameIn(entry);
  return `${textIn(subjectOf(entry), 'serviceAccountId') ?? account}${key}`;
}

/** Its project by the name of the resource, and by the number beside it. */
function projectsOf(entry: Json): ReadonlySet<string> {
  const number = textIn(subjectOf(entry), 'projectNumber');
  return new Set([nameIn(entry).project, ...(number === undefined ? [] : [number])]);
}

function subjectOf(entry: Json): Json {
  const activity = objectIn(entry, 'activity');
  return { ...objectIn(activity, 'serviceAccount'), ...objectIn(activity, 'serviceAccountKey') };
}

function nameIn(entry: Json): { readonly project: string; readonly account: string; readonly key: string } {
  const name = textIn(entry, 'fullResourceName') ?? textIn(subjectOf(entry), 'fullResourceName');
  const [, project, account, key = ''] = /\/projects\/([^/]+)\/serviceAccounts\/([^/]+)(\/keys\/[^/]+)?$/.exec(name ?? '') ?? [];
  if (project === undefined || account === undefined) throw new MalformedError('an activity without the name of a service account');
  return { project, account, key };
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
