import { describe, expect, test } from 'vitest';
import { type Answer, account, email, google, key, lookAtGoogle, refused } from './rig.ts';

const project = 'larkspur-analytics';
const readTime = '2026-11-20T12:00:00Z';
const young = { validAfterTime: '2026-11-10T00:00:00Z', validBeforeTime: '2027-02-08T00:00:00Z' };
const ofGoogle = { keyType: 'SYSTEM_MANAGED', validAfterTime: '2026-11-12T04:00:00Z', validBeforeTime: '2026-11-29T04:00:00Z' };
const ofProject = {
  assetType: 'cloudresourcemanager.googleapis.com/Project',
  resource: { data: { projectId: project, projectNumber: '481516234200' } },
};
const ofAccount = (data: object): object => ({ assetType: 'iam.googleapis.com/ServiceAccount', resource: { data } });
const ofKey = (data: object): object => ({ assetType: 'iam.googleapis.com/ServiceAccountKey', resource: { data } });
const listed = (...assets: readonly object[]): Answer => ({ body: { readTime, assets: [ofProject, ...assets] } });
const denied = refused(403, 'PERMISSION_DENIED', 'The caller does not have permission');

function usedOn(day: string, name: string, keyId?: string): object {
  return {
    fullResourceName: `//iam.googleapis.com/projects/${project}/serviceAccounts/${email(name)}${keyId === undefined ? '' : `/keys/${keyId}`}`,
    observationPeriod: { startTime: '2025-06-01T07:00:00Z', endTime: '2026-11-20T08:00:00Z' },
    activity: { lastAuthenticatedTime: `${day}T08:00:00Z` },
  };
}
const yesterday = '2026-11-20';

type World = {
  readonly accounts: readonly object[];
  readonly keys?: Readonly<Record<string, Answer>>;
  /** Names of service accounts, and `<name> <key id>`, with the day of their last use. */
  readonly used?: Readonly<Record<string, string>>;
};

async function look(
  inventory: Answer,
  { accounts, keys = {}, used = {} }: World,
  surfaces = ['gcp.service_account', 'gcp.service_account_key'],
) {
  const entries = Object.entries(used).map(([what, day]) => [what.split(' '), day] as const);
  const activities = (ofKeys: boolean): Answer => ({
    body: {
      activities: entries.filter(([{ length }]) => (length === 2) === ofKeys).map(([[name = '', id], day]) => usedOn(day, name, id)),
    },
  });
  const uses = { serviceAccountLastAuthentication: activities(false), serviceAccountKeyLastAuthentication: activities(true) };
  const rest = google({ accounts, keys, uses });
  const seen = await lookAtGoogle(
    (request) => (request.url.includes('/assets?') ? (request.url.includes('=RESOURCE') ? inventory : denied) : rest(request)),
    { settings: { projects: [project], organizations: ['1'] }, surfaces },
  );
  const urls = seen.requests.map(({ url }) => decodeURIComponent(url));
  return {
    ...seen,
    listings: urls.filter((url) => url.includes('/serviceAccounts?')).length,
    read: urls.filter((url) => url.includes('/keys?')).map((url) => /serviceAccounts\/([^@]+)@/.exec(url)?.[1]),
    keysSeen: seen.records.filter(({ kind }) => kind === 'gcp.service_account_key').map(({ name }) => name),
  };
}

describe('service accounts by Cloud Asset Inventory', () => {
  test('that were used lately are taken from it, as of its read time', async () => {
    const inventory = listed(ofAccount(account('a')), ofKey(key('a', 'g', ofGoogle)));
    const { records, listings } = await look(inventory, { accounts: [], used: { a: yesterday } });
    expect(listings).toBe(0);
    expect(records).toMatchObject([{ name: email('a'), status: 'active', lastUsedAt: '2026-11-20T08:00:00Z' }]);
    expect(records[0]?.evidence).toContainEqual(expect.objectContaining({ operation: 'cloudasset.assets.list', observedAt: readTime }));
  });

  test.each([
    ['disabled', account('a', { disabled: true }), yesterday],
    ['not used lately', account('a'), '2026-09-01'],
  ])('of which one is %s are listed by IAM: it may be so no more', async (_case, item, day) => {
    // Deleted since.
    const { records, listings } = await look(listed(ofAccount(item)), { accounts: [], used: { a: day } });
    expect(listings).toBe(1);
    expect(records).toEqual([]);
  });

  test('of which Activity Analyzer knows one more are listed by IAM', async () => {
    const used = { a: yesterday, missed: '2026-10-01' };
    const { keysSeen, records } = await look(listed(ofAccount(account('a'))), { accounts: [account('a'), account('missed')], used });
    expect(records.map(({ name }) => name)).toEqual([email('a'), email('missed')]);
    expect(keysSeen).toEqual([]);
  });

  test('a project without any is listed by IAM', async () => {
    const { records } = await look(listed(), { accounts: [account('new')], used: { new: yesterday } });
    expect(records.map(({ name }) => name)).toEqual([email('new')]);
  });

  test('a default service account that idles is reason for nothing', async () => {
    const idle = account('x', { email: '481516234200-compute@developer.gserviceaccount.com' });
    const { listings } = await look(listed(ofAccount(account('a')), ofAccount(idle)), { accounts: [], used: { a: yesterday } });
    expect(listings).toBe(0);
  });
});

describe('keys by Cloud Asset Inventory', () => {
  const usedLately = { a: yesterday, 'a aa': yesterday };

  test('a young key with an end is taken from it, as of its read time', async () => {
    const { records, read } = await look(listed(ofAccount(account('a')), ofKey(key('a', 'aa', young))), { accounts: [], used: usedLately });
    expect(read).toEqual([]);
    expect(records.at(-1)).toMatchObject({ name: 'aa', status: 'active', expiresAt: '2027-02-08T00:00:00Z' });
    expect(records.at(-1)?.evidence).toContainEqual(expect.objectContaining({ operation: 'cloudasset.assets.list', observedAt: readTime }));
  });

  test.each([
    ['without an end', { validAfterTime: young.validAfterTime }, usedLately],
    ['older than 60 days', { validAfterTime: '2026-09-01T00:00:00Z', validBeforeTime: '2027-01-30T00:00:00Z' }, usedLately],
    ['that ends soon', { validAfterTime: '2026-11-10T00:00:00Z', validBeforeTime: '2026-12-10T00:00:00Z' }, usedLately],
    ['that lives for years', { ...young, validBeforeTime: '2028-11-10T00:00:00Z' }, usedLately],
    ['that is disabled', { ...young, disabled: true }, usedLately],
    ['that ended', { validAfterTime: '2026-10-10T00:00:00Z', validBeforeTime: '2026-11-10T00:00:00Z' }, usedLately],
    ['that somebody uploaded', { ...young, keyOrigin: 'USER_PROVIDED' }, usedLately],
    ['not used for weeks', { ...young, validAfterTime: '2026-10-01T00:00:00Z' }, { a: yesterday, 'a aa': '2026-10-20' }],
  ])('a key %s is read from IAM before anything is said of it', async (_name, more, used) => {
    // Deleted since: the inventory has not seen it.
    const inventory = listed(ofAccount(account('a')), ofKey(key('a', 'aa', more)));
    const { read, keysSeen } = await look(inventory, { accounts: [], used, keys: { a: { body: {} } } });
    expect(read).toEqual(['a']);
    expect(keysSeen).toEqual([]);
  });

  test('what counts as old is a setting', async () => {
    const inventory = listed(ofAccount(account('a')), ofKey(key('a', 'aa', young)));
    const uses = {
      serviceAccountLastAuthentication: { body: { activities: [usedOn(yesterday, 'a')] } },
      serviceAccountKeyLastAuthentication: { body: { activities: [usedOn(yesterday, 'a', 'aa')] } },
    };
    const rest = google({ accounts: [], uses });
    const { requests } = await lookAtGoogle(
      (request) => (request.url.includes('/assets?') ? (request.url.includes('=RESOURCE') ? inventory : denied) : rest(request)),
      { settings: { projects: [project], organizations: ['1'], confirmKeysAfter: '10d' } },
    );
    expect(requests.filter(({ url }) => url.includes('/keys?'))).toHaveLength(1);
  });

  test('that it shows no key means nothing unless it keeps up with those of Google', async () => {
    const stale = { ...ofGoogle, validAfterTime: '2026-09-12T04:00:00Z', validBeforeTime: '2026-09-29T04:00:00Z' };
    for (const assets of [[], [ofKey(key('a', 'g', stale))]]) {
      const keys = { a: { body: { keys: [key('a', 'aa')] } } };
      const { read, keysSeen } = await look(listed(ofAccount(account('a')), ...assets), { accounts: [], used: { a: yesterday }, keys });
      expect(read).toEqual(['a']);
      expect(keysSeen).toEqual(['aa']);
    }
  });

  test('what is not asked, since the inventory shows nothing to ask about, is told of', async () => {
    const assets = [ofAccount(account('a')), ofKey(key('a', 'g', ofGoogle))];
    const seen = await lookAtGoogle(
      (request) => {
        if (request.url.includes('/assets?')) return request.url.includes('=RESOURCE') ? listed(...assets) : denied;
        return google({ accounts: [], uses: { serviceAccountLastAuthentication: { body: { activities: [usedOn(yesterday, 'a')] } } } })(
          request,
        );
      },
      { settings: { projects: [project], organizations: ['1'] } },
    );
    const told = { scope: `project/${project}`, state: 'complete', detail: expect.stringContaining(readTime) as unknown };
    expect(seen.coverage).toMatchObject([
      { ...told, surface: 'gcp.service_account' },
      { ...told, surface: 'gcp.service_account_key', count: 0 },
    ]);
  });

  test('keys of Google are not keys that anybody holds', async () => {
    const inventory = listed(ofAccount(account('a')), ofKey(key('a', 'g', ofGoogle)));
    expect((await look(inventory, { accounts: [], used: { a: yesterday } })).keysSeen).toEqual([]);
  });

  test('a service account may be named by its unique id; the key is called as IAM calls it', async () => {
    const byId = {
      ...young,
      name: `projects/${project}/serviceAccounts/1000-a/keys/aa`,
      keyOrigin: 'GOOGLE_PROVIDED',
      keyType: 'USER_MANAGED',
    };
    const { records, read } = await look(listed(ofAccount(account('a')), ofKey(byId)), { accounts: [], used: usedLately });
    expect(read).toEqual([]);
    expect(records.at(-1)?.id).toBe(`projects/${project}/serviceAccounts/${email('a')}/keys/aa`);
  });
});

describe('a project is asked itself', () => {
  const world: World = { accounts: [account('a')], keys: { a: { body: { keys: [key('a', 'aa')] } } } };
  const own = [email('a'), 'aa'];

  test('where the inventory does not speak of it', async () => {
    const { records } = await look({ body: { readTime, assets: [] } }, world);
    expect(records.map(({ name }) => name)).toEqual(own);
  });

  test('where it shows a key of a service account that it does not show', async () => {
    const { records } = await look(listed(ofKey(key('b', 'bb', young))), world);
    expect(records.map(({ name }) => name)).toEqual(own);
  });

  test.each([
    ['is refused', denied],
    ['says what nobody can read', listed(ofAccount({ email: 7 }))],
    ['shows a key of another shape', listed(ofAccount(account('a')), ofKey(key('a', 'aa', { keyType: 7 })))],
    ['goes in circles', { body: { readTime, assets: [], nextPageToken: 'again' } }],
  ])('where the inventory %s, and nothing is lost', async (_case, inventory) => {
    const { records, coverage } = await look(inventory, world);
    expect(records.map(({ name }) => name)).toEqual(own);
    expect(coverage.map(({ state }) => state)).toEqual(['complete', 'complete']);
  });

  test('where the settings say so', async () => {
    const { requests } = await lookAtGoogle(google(world), {
      settings: { projects: [project], organizations: ['1'], assetInventory: false },
    });
    expect(requests.filter(({ url }) => url.includes('cloudasset'))).toEqual([]);
  });
});

test('an organisation that its inventory cannot be asked for is whole, and says why all was asked directly', async () => {
  const { coverage } = await lookAtGoogle((request) => (request.url.includes('/assets?') ? denied : { body: {} }), {
    settings: { organizations: ['1'] },
    surfaces: ['gcp.project'],
    skipped: true,
  });
  expect(coverage.filter(({ scope }) => scope !== '*')).toEqual([
    expect.objectContaining({
      scope: 'organization/1',
      state: 'complete',
      detail:
        'service accounts and keys are read directly, since Cloud Asset Inventory does not tell of them: The caller does not have permission',
    }),
  ]);
});
