import { describe, expect, test } from 'vitest';
import type { WireRequest } from '../../../src/connector/wire.ts';
import { type Answer, type Seen, lookAtGoogle, refused } from './rig.ts';

const project = 'larkspur-analytics';
const attached = 'policies/cloudresourcemanager.googleapis.com%2Fprojects%2Flarkspur-analytics/denypolicies';
const named = (id: string, more: object = {}) => ({
  name: `${attached}/${id}`,
  kind: 'DenyPolicy',
  createTime: '2024-02-01T09:00:00.5Z',
  ...more,
});
const excepting = (...exceptionPrincipals: readonly string[]) => ({
  rules: [
    {
      denyRule: {
        deniedPrincipals: ['principalSet://goog/public:all'],
        exceptionPrincipals,
        deniedPermissions: ['iam.googleapis.com/roles.create'],
      },
    },
  ],
});
const denied = refused(403, 'PERMISSION_DENIED', "Permission 'iam.denypolicies.get' denied on resource (or it may not exist).");

/** The real library of Google over answers by the end of the decoded address, its query included. */
async function look(surface: string, answers: Readonly<Record<string, Answer>>, settings: object = {}): Promise<Seen> {
  const answer = ({ url }: WireRequest): Answer => {
    const { pathname, search } = new URL(url);
    const address = decodeURIComponent(`${pathname}${search.replace('$alt=json%3Benum-encoding=int', '')}`).replace(/[?&]$/, '');
    return Object.entries(answers).find(([end]) => address.endsWith(end))?.[1] ?? { body: {} };
  };
  const wanted = { projects: [project], assetInventory: false, denyPolicies: true, accessBoundaries: true, ...settings };
  return lookAtGoogle(answer, { surfaces: [surface], settings: wanted });
}

describe('deny policies', () => {
  test('are listed page by page, and each is read for its rules', async () => {
    const { records, coverage, requests } = await look('gcp.deny_policy', {
      '/denypolicies?pageToken=2': { body: { policies: [named('b')] } },
      '/denypolicies': { body: { policies: [named('a')], nextPageToken: '2' } },
      '/denypolicies/a': { body: named('a', excepting('principal://goog/subject/dana@larkspur.example')) },
      '/denypolicies/b': { body: named('b', excepting('principalSet://goog/group/ops@larkspur.example')) },
    });
    expect(records.map(({ name }) => name)).toEqual([
      'principal://goog/subject/dana@larkspur.example excepted from a on projects/larkspur-analytics',
      'principalSet://goog/group/ops@larkspur.example excepted from b on projects/larkspur-analytics',
    ]);
    expect(coverage.map(({ scope, state, count }) => [scope, state, count])).toEqual([['project/larkspur-analytics', 'complete', 2]]);
    expect(requests.every(({ method }) => method === 'GET')).toBe(true);
    // A slash inside a resource name is encoded once for the name and once for the address.
    expect(requests[0]?.url).toContain('/v2/policies/cloudresourcemanager.googleapis.com%252Fprojects%252Flarkspur-analytics/denypolicies');
  });

  test('times that the library turned into seconds come out as times, and its empty texts as nothing', async () => {
    const { records } = await look('gcp.deny_policy', {
      '/denypolicies': { body: { policies: [named('a')] } },
      '/denypolicies/a': { body: named('a', excepting('principal://goog/subject/dana@larkspur.example')) },
    });
    expect(records[0]?.details).toEqual({
      policy: 'a on projects/larkspur-analytics',
      deniedTo: 'principalSet://goog/public:all',
      policyCreatedAt: '2024-02-01T09:00:00.500Z',
    });
  });

  test('one that cannot be read is a gap, and hides no other', async () => {
    const { records, coverage } = await look('gcp.deny_policy', {
      '/denypolicies': { body: { policies: [named('closed'), named('open')] } },
      '/denypolicies/closed': denied,
      '/denypolicies/open': { body: named('open', excepting('principal://goog/subject/dana@larkspur.example')) },
    });
    expect(records).toHaveLength(1);
    expect(coverage).toMatchObject([
      { scope: 'deny-policy/closed', state: 'denied', requires: ['iam.denypolicies.get'] },
      { scope: 'project/larkspur-analytics', state: 'partial' },
    ]);
  });

  test.each<[string, Answer, object]>([
    ['that is refused', denied, { state: 'denied', reason: 'permission-denied' }],
    ['that the library cannot decode', { body: { policies: { not: 'a list' } } }, { state: 'partial', reason: 'malformed-response' }],
    ['whose pages go in circles', { body: { policies: [], nextPageToken: 'again' } }, { state: 'partial', reason: 'malformed-response' }],
  ])('a list %s is not an empty one', async (_case, answer, row) => {
    const { coverage } = await look('gcp.deny_policy', { '/denypolicies': answer, '/denypolicies?pageToken=again': answer });
    expect(coverage).toMatchObject([row]);
  });

  test('stand at a private endpoint too', async () => {
    const { requests } = await look('gcp.deny_policy', {}, { endpoints: { iam: 'https://iam.private.example/google/' } });
    expect(requests.map(({ url }) => url.slice(0, 46))).toEqual(['https://iam.private.example/google/v2/policies']);
  });

  test('and boundaries are left alone unless the settings ask', async () => {
    const { requests, coverage } = await look('gcp.deny_policy', {}, { denyPolicies: false, accessBoundaries: false });
    expect(requests).toEqual([]);
    expect(coverage).toEqual([]);
  });
});

describe('access boundaries', () => {
  const root = 'organizations/1/locations/global/principalAccessBoundaryPolicies';
  const boundary = {
    name: `${root}/shop`,
    details: { rules: [{ resources: ['//cloudresourcemanager.googleapis.com/folders/2'], effect: 1 }] },
  };
  const bound = (principalSet: string) => ({
    name: 'projects/3/locations/global/policyBindings/b',
    target: { principalSet },
    policyKind: 1,
    createTime: '2025-03-01T10:05:00Z',
  });

  test('name the pool that they bind as its own record does', async () => {
    const { records } = await look(
      'gcp.access_boundary',
      {
        'principalAccessBoundaryPolicies?pageSize=1000': { body: { principalAccessBoundaryPolicies: [boundary] } },
        'shop:searchPolicyBindings?pageSize=1000': {
          body: { policyBindings: [bound('//iam.googleapis.com/projects/3/locations/global/workloadIdentityPools/gh')] },
        },
      },
      { organizations: ['1'] },
    );
    expect(records).toMatchObject([
      {
        identity: 'projects/3/locations/global/workloadIdentityPools/gh',
        permission: 'shop',
        createdAt: '2025-03-01T10:05:00Z',
        privileges: ['reaches folders/2, and nothing outside of what the boundary names'],
      },
    ]);
  });
});
