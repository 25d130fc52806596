import { describe, expect, test } from 'vitest';
import { fact } from '../../../src/model/record.ts';
import { type Answer, lookAtGoogle, refused } from './rig.ts';

const provider = {
  name: 'projects/larkspur-analytics/locations/l/authProviders/crm',
  state: 'ENABLED',
  createTime: '2026-01-01T00:00:00Z',
};
const granted = {
  name: `${provider.name}/authorizations/1`,
  clientUserId: 'a@b.example',
  state: 'SUSPENDED',
  createTime: '2026-01-02T00:00:00Z',
};
const summary = (userId: string, lastAccessTime: string, workloadId?: string) => ({
  authProvider: 'projects/481516234200/locations/l/authProviders/crm',
  userId,
  lastAccessTime,
  ...(workloadId === undefined ? {} : { workloadId }),
});

async function look(accesses: Answer) {
  const { records, coverage } = await lookAtGoogle(
    ({ url }) => {
      const { pathname } = new URL(url);
      if (pathname.endsWith('/accessSummaries')) return accesses;
      if (pathname.endsWith('/authorizations')) return { body: { authorizations: [granted] } };
      return { body: { authProviders: [provider], unreachable: ['projects/p/locations/us-west1'] } };
    },
    { surfaces: ['gcp.agent_auth_provider'] },
  );
  const facts = records.map((record) => {
    const read = { ...record } as Readonly<Record<string, unknown>>;
    return { lastUsedAt: fact(read, 'lastUsedAt'), consumers: fact(read, 'consumers') };
  });
  return { records, coverage, facts };
}

describe('credentials of agents', () => {
  test('were last used by the latest of their users, and each authorization by its own, whether a project has its number or its id', async () => {
    const { facts } = await look({
      body: {
        accessSummaries: [
          summary('a@b.example', '2026-03-01T09:00:00Z', 'spiffe://x/two'),
          summary('c@d.example', '2026-05-01T09:00:00Z', 'spiffe://x/one'),
        ],
      },
    });
    expect(facts).toMatchObject([
      {
        lastUsedAt: { state: 'known', value: '2026-05-01T09:00:00Z' },
        consumers: { state: 'known', value: ['spiffe://x/one', 'spiffe://x/two'] },
      },
      { lastUsedAt: { state: 'known', value: '2026-03-01T09:00:00Z' } },
    ]);
  });

  test.each<[string, Answer, string]>([
    ['no access is on record', { body: {} }, 'not-offered'],
    ['the summaries are closed', refused(403, 'PERMISSION_DENIED', 'no'), 'permission-denied'],
    ['a summary cannot be read', { body: { accessSummaries: [{}] } }, 'malformed-response'],
  ])('where %s, nobody says that they were never used', async (_case, answer, why) => {
    const { facts, records } = await look(answer);
    expect(records).toHaveLength(2);
    for (const { lastUsedAt } of facts) expect(lastUsedAt).toMatchObject({ state: 'unknown', why });
  });

  test('that are suspended open nothing, and a location that is not reached is a gap', async () => {
    const { records, coverage } = await look({ body: {} });
    expect(records.map(({ status }) => status)).toEqual(['active', 'inactive']);
    expect(coverage.map(({ scope, state }) => `${scope} ${state}`)).toEqual([
      'project/larkspur-analytics/us-west1 partial',
      'project/larkspur-analytics partial',
    ]);
  });
});
