import { describe, expect, test } from 'vitest';
import { type Answer, account, google, key, lookAtGoogle, refused } from './rig.ts';

const project = 'larkspur-analytics';
const young = { validAfterTime: '2026-11-01T00:00:00Z', validBeforeTime: '2027-01-30T00:00:00Z' };
const listed = (assets: readonly object[]): Answer => ({ body: { readTime: '2026-11-20T12:00:00Z', assets } });
const ofProject = { assetType: 'cloudresourcemanager.googleapis.com/Project', resource: { data: { projectId: project } } };
const ofKey = (data: object): object => ({ assetType: 'iam.googleapis.com/ServiceAccountKey', resource: { data } });

async function look(assets: Answer, keys: Readonly<Record<string, Answer>> = {}) {
  const rest = google({ accounts: [account('a'), account('b')], keys });
  const settings = { projects: [project], organizations: ['1'], assetInventory: true };
  const seen = await lookAtGoogle((request) => (request.url.includes('/assets?') ? assets : rest(request)), {
    settings,
    surfaces: ['gcp.service_account_key'],
  });
  const read = seen.requests.map(({ url }) => decodeURIComponent(url)).filter((url) => url.includes('/keys?'));
  return { ...seen, read: read.map((url) => /serviceAccounts\/([^@]+)@/.exec(url)?.[1]) };
}

describe('keys by Cloud Asset Inventory', () => {
  test('a young key that ends is taken from it, as of its read time', async () => {
    const { records, read } = await look(listed([ofProject, ofKey(key('a', 'aa', young))]));
    expect(read).toEqual([]);
    expect(records).toMatchObject([{ name: 'aa', status: 'active', expiresAt: '2027-01-30T00:00:00Z' }]);
    expect(records[0]?.evidence).toContainEqual(
      expect.objectContaining({ operation: 'cloudasset.assets.list', observedAt: '2026-11-20T12:00:00Z' }),
    );
  });

  test.each([
    ['without an end', key('a', 'aa', { validAfterTime: '2026-11-01T00:00:00Z' })],
    ['older than 60 days', key('a', 'aa', { ...young, validAfterTime: '2026-09-01T00:00:00Z' })],
  ])('a key %s is read from IAM before anything is said of it', async (_name, item) => {
    // Deleted since: the inventory has not seen it.
    const { records, read } = await look(listed([ofProject, ofKey(item)]), { a: { body: {} } });
    expect(read).toEqual(['a']);
    expect(records).toEqual([]);
  });

  test('keys of Google are not keys that anybody holds', async () => {
    expect((await look(listed([ofProject, ofKey(key('a', 'aa', { keyType: 'SYSTEM_MANAGED' }))]))).records).toEqual([]);
  });

  test('of a project that it does not speak of, it says nothing', async () => {
    const { records, read } = await look(listed([]), { b: { body: { keys: [key('b', 'bb')] } } });
    expect(read).toEqual(['a', 'b']);
    expect(records.map(({ name }) => name)).toEqual(['bb']);
  });

  test('refused, it closes the surface and names its permission', async () => {
    const { records, coverage } = await look(refused(403, 'PERMISSION_DENIED', 'The caller does not have permission'));
    expect(records).toEqual([]);
    expect(coverage[0]).toMatchObject({ state: 'denied', requires: expect.arrayContaining(['cloudasset.assets.listResource']) as unknown });
  });
});
