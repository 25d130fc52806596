import { describe, expect, test } from 'vitest';
import { type Answer, account, email, errorInfo, google, key, lookAtGoogle, now, refused } from './rig.ts';

const project = 'larkspur-analytics';
const denied = refused(403, 'PERMISSION_DENIED', 'The caller does not have permission');
const off = refused(
  403,
  'PERMISSION_DENIED',
  'Cloud Monitoring API has not been used before or it is disabled.',
  errorInfo('SERVICE_DISABLED'),
);
const sixWeeksAgo = '2026-10-10T00:00:00Z';

function analyzed(day: string | undefined, more: object = {}): Answer {
  const activity = day === undefined ? {} : { lastAuthenticatedTime: `${day}T08:00:00Z` };
  const entry = {
    fullResourceName: `//iam.googleapis.com/projects/${project}/serviceAccounts/${email('a')}`,
    observationPeriod: { startTime: '2025-06-01T07:00:00Z', endTime: '2026-11-20T08:00:00Z' },
    activity,
    ...more,
  };
  return { body: { activities: [entry] } };
}

function counted(...points: readonly (readonly [string, string])[]): Answer {
  const series = {
    metric: { type: 'iam.googleapis.com/service_account/authn_events_count', labels: {} },
    resource: { type: 'iam_service_account', labels: { project_id: project, unique_id: '1000-a' } },
    metricKind: 'DELTA',
    valueType: 'INT64',
    points: points.map(([endTime, int64Value]) => ({ interval: { startTime: endTime, endTime }, value: { int64Value } })),
  };
  return { body: { timeSeries: [series], unit: '1' } };
}

async function look(analyzer: Answer, counts: Answer, skipped = false) {
  const uses = { serviceAccountLastAuthentication: analyzer };
  const seen = await lookAtGoogle(google({ accounts: [account('a')], uses, counts }), { surfaces: ['gcp.service_account'], skipped });
  const operations = seen.records[0]?.evidence.map(({ operation }) => operation) ?? [];
  return {
    ...seen,
    record: seen.records[0],
    bySource: {
      analyzer: operations.some((each) => each.startsWith('policyanalyzer')),
      monitoring: operations.some((each) => each.startsWith('monitoring')),
    },
    monitored: seen.requests.filter(({ url }) => url.includes('/timeSeries')),
  };
}

describe('last use by Activity Analyzer and Cloud Monitoring', () => {
  test.each([
    ['later than Activity Analyzer', analyzed('2026-10-20'), counted(['2026-11-19T05:00:00Z', '3']), '2026-11-19T05:00:00Z'],
    ['earlier than Activity Analyzer', analyzed('2026-10-25'), counted(['2026-10-20T05:00:00Z', '3']), '2026-10-25T08:00:00Z'],
    ['alone, since nobody saw it by day', analyzed(undefined), counted(['2026-11-19T05:00:00Z', '1']), '2026-11-19T05:00:00Z'],
    [
      'alone, since Activity Analyzer is closed',
      denied,
      counted(['2026-11-01T05:00:00Z', '1'], ['2026-10-31T05:00:00Z', '9']),
      '2026-11-01T05:00:00Z',
    ],
  ])('Monitoring saw a use %s: the later one counts', async (_case, analyzer, counts, expected) => {
    expect((await look(analyzer, counts)).record).toMatchObject({ lastUsedAt: expected });
  });

  test('an hour in which nothing was counted is no use', async () => {
    const { record } = await look(analyzed('2026-09-01'), counted(['2026-11-19T05:00:00Z', '0']));
    expect(record).toMatchObject({ lastUsedAt: '2026-09-01T08:00:00Z' });
  });

  test('never is said for no longer than the longer watch', async () => {
    expect((await look(analyzed(undefined), counted())).record).toMatchObject({
      lastUsedAt: null,
      since: { lastUsedAt: '2025-06-01T07:00:00Z' },
    });
    expect((await look(denied, { body: {} })).record).toMatchObject({ lastUsedAt: null, since: { lastUsedAt: sixWeeksAgo } });
  });

  test('where neither can be asked it is unknown', async () => {
    const { record, bySource } = await look(denied, off);
    expect(record?.unknown).toMatchObject({ lastUsedAt: { why: 'permission-denied' } });
    expect(bySource).toEqual({ analyzer: false, monitoring: false });
  });

  test('the evidence says who watched until when, and the details what such a watch does not see', async () => {
    const { record, bySource } = await look(analyzed('2026-10-20'), counted());
    expect(bySource).toEqual({ analyzer: true, monitoring: true });
    expect(record?.evidence).toContainEqual({ operation: 'monitoring.projects.timeSeries.list', observedAt: now, fields: ['lastUsedAt'] });
    expect(record?.details['lastUseWatchedBy']).toMatch(/not domain-wide delegation.*Monitoring.*only listed/);
  });

  test('Monitoring is not asked about what is known to be used', async () => {
    const { monitored, bySource } = await look(analyzed('2026-11-19'), denied);
    expect(monitored).toEqual([]);
    expect(bySource).toEqual({ analyzer: true, monitoring: false });
  });

  test('Monitoring is asked for six weeks, which is as long as it keeps', async () => {
    const { monitored } = await look(analyzed('2026-09-01'), counted());
    const { pathname, searchParams } = new URL(monitored[0]?.url ?? '');
    expect(pathname).toBe(`/v3/projects/${project}/timeSeries`);
    expect([searchParams.get('interval.startTime'), searchParams.get('interval.endTime')]).toEqual([sixWeeksAgo, now]);
    expect(searchParams.get('filter')).toBe('metric.type = "iam.googleapis.com/service_account/authn_events_count"');
  });

  test.each([
    ['off', off, 'not-enabled'],
    ['closed', denied, 'skipped'],
  ])('that Monitoring is %s has a row, and Activity Analyzer alone is believed', async (_case, counts, state) => {
    const { record, coverage } = await look(analyzed('2026-09-01'), counts, true);
    expect(record).toMatchObject({ lastUsedAt: '2026-09-01T08:00:00Z' });
    expect(coverage.find(({ scope }) => scope === `monitoring/${project}`)).toMatchObject({ state });
  });

  test('that Activity Analyzer is closed has a row too: Monitoring goes back for six weeks only', async () => {
    const { coverage } = await look(denied, counted(), true);
    expect(coverage.find(({ scope }) => scope === `activity-analyzer/${project}`)).toMatchObject({ state: 'skipped' });
  });

  test.each([
    ['is only a part of it', { body: { executionErrors: [{ code: 4, message: 'deadline' }] } }],
    ['names nobody', { body: { timeSeries: [{ resource: { labels: {} }, points: [] }] } }],
    ['is no time', counted(['soon', '1'])],
  ])('what Monitoring says and %s is not taken for the whole, so that nothing is known', async (_case, counts) => {
    expect((await look(denied, counts)).record?.unknown).toMatchObject({ lastUsedAt: { why: 'permission-denied' } });
  });

  test('every page of Monitoring is read: a key on the second one was used', async () => {
    const page = (id: string, more: object): Answer => ({
      body: {
        timeSeries: [
          {
            metric: { labels: { key_id: id } },
            resource: { labels: { unique_id: '1000-a' } },
            points: [{ interval: { endTime: { seconds: '1795000000', nanos: 0 } }, value: { int64Value: '2' } }],
          },
        ],
        ...more,
      },
    });
    const rest = google({ accounts: [account('a')], keys: { a: { body: { keys: [key('a', 'aa'), key('a', 'bb')] } } } });
    const { records } = await lookAtGoogle(
      (request) => {
        if (!request.url.includes('/timeSeries')) return rest(request);
        return request.url.includes('pageToken') ? page('bb', {}) : page('aa', { nextPageToken: 'two' });
      },
      { surfaces: ['gcp.service_account_key'] },
    );
    expect(records.map(({ lastUsedAt }) => lastUsedAt)).toEqual(['2026-11-18T11:06:40Z', '2026-11-18T11:06:40Z']);
  });
});

describe('Activity Analyzer of an organisation', () => {
  const settings = { projects: [project], organizations: ['1'], assetInventory: false };
  const entry = (of: string, day = '2026-11-20'): object => ({
    fullResourceName: `//iam.googleapis.com/projects/${of}/serviceAccounts/${email('a')}`,
    observationPeriod: { startTime: '2025-06-01T07:00:00Z', endTime: '2026-11-20T08:00:00Z' },
    activity: { lastAuthenticatedTime: `${day}T08:00:00Z`, serviceAccount: { serviceAccountId: '1000-a', projectNumber: '48' } },
  });

  async function ask(above: Answer) {
    const rest = google({ accounts: [account('a')], uses: { serviceAccountLastAuthentication: analyzed('2026-11-18') } });
    const { records, requests } = await lookAtGoogle(
      (request) => (request.url.includes('/v1/organizations/1/locations/') ? above : rest(request)),
      { settings, surfaces: ['gcp.service_account'] },
    );
    const asked = requests.map(({ url }) => new URL(url).pathname).filter((path) => path.endsWith(':query'));
    return { lastUsedAt: records[0]?.lastUsedAt, asked: asked.map((path) => path.split('/')[2]) };
  }

  test('speaks for the projects that it names', async () => {
    expect(await ask({ body: { activities: [entry(project)] } })).toEqual({ lastUsedAt: '2026-11-20T08:00:00Z', asked: ['organizations'] });
  });

  test.each([
    ['names others only', { body: { activities: [entry('other')] } }],
    ['says that something was not used lately', { body: { activities: [entry(project, '2026-09-01')] } }],
    ['is empty', { body: {} }],
    ['is refused', refused(400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.')],
    ['cannot be read', { body: { activities: [{}] } }],
  ])('where it %s, the project is asked itself', async (_case, above) => {
    expect(await ask(above)).toEqual({ lastUsedAt: '2026-11-18T08:00:00Z', asked: ['organizations', 'projects'] });
  });
});
