import { describe, expect, test } from 'vitest';
import type { WireRequest } from '../../../src/connector/wire.ts';
import { type Answer, account, email, google, lookAtGoogle, refused } from './rig.ts';

const organization = 'organizations/1';
const path = ['projects/larkspur-analytics', 'folders/2', organization];
const everybody = 'principalSet://goog/public:all';
const self = `principal://iam.googleapis.com/projects/-/serviceAccounts/${email('shop')}`;
const accountsOf = (resource: string): string => `principalSet://cloudresourcemanager.googleapis.com/${resource}/type/ServiceAccount`;
const denyPolicy = (rule: object): object => ({
  name: 'policies/cloudresourcemanager.googleapis.com%2Forganizations%2F1/denypolicies/no-keys',
  rules: [{ denyRule: { deniedPermissions: ['iam.googleapis.com/serviceAccountKeys.create'], ...rule } }],
});
const boundary = {
  name: `${organization}/locations/global/principalAccessBoundaryPolicies/shop-only`,
  details: { rules: [{ resources: ['//cloudresourcemanager.googleapis.com/folders/2'] }] },
};
const binding = (resource: string, expression?: string): object => ({
  name: `${organization}/locations/global/policyBindings/b`,
  target: { principalSet: `//cloudresourcemanager.googleapis.com/${resource}` },
  ...(expression === undefined ? {} : { condition: { expression } }),
});

type World = { readonly policy?: object; readonly bound?: object; readonly closed?: string };

async function look({ policy, bound, closed }: World) {
  const rest = google({ accounts: [account('shop')] });
  const answer = (request: WireRequest): Answer => {
    const url = decodeURIComponent(decodeURIComponent(request.url));
    if (closed !== undefined && url.includes(closed)) return refused(403, 'PERMISSION_DENIED', 'The caller does not have permission');
    if (url.endsWith(':getAncestry'))
      return {
        body: { ancestor: path.map((each) => ({ resourceId: { type: each.replace(/s\/.*/, ''), id: each.replace(/.*\//, '') } })) },
      };
    if (/v3\/projects\/[^/]+$/.test(url)) return { body: { name: 'projects/481516234200', projectId: 'larkspur-analytics' } };
    if (url.includes('organizations/1/denypolicies/no-keys')) return { body: policy };
    if (url.includes('organizations/1/denypolicies')) return { body: { policies: policy ? [policy] : [] } };
    if (url.includes(':searchPolicyBindings')) return { body: { policyBindings: bound ? [bound] : [] } };
    if (url.includes('principalAccessBoundaryPolicies')) return { body: { principalAccessBoundaryPolicies: [boundary] } };
    return rest(request);
  };
  const settings = {
    projects: ['larkspur-analytics'],
    organizations: ['1'],
    assetInventory: false,
    denyPolicies: true,
    accessBoundaries: true,
  };
  return lookAtGoogle(answer, { surfaces: ['gcp.service_account'], settings });
}

describe('what deny policies take from a service account', () => {
  const denied = 'denied iam.googleapis.com/serviceAccountKeys.create by deny policy no-keys on organizations/1';

  test.each<[string, object]>([
    ['everybody', { deniedPrincipals: [everybody] }],
    ['it by name', { deniedPrincipals: [self] }],
    ['the service accounts of its folder', { deniedPrincipals: [accountsOf('folders/2')] }],
    ['those of its project, by number', { deniedPrincipals: [accountsOf('projects/481516234200')] }],
    [
      'everybody but somebody else',
      { deniedPrincipals: [everybody], exceptionPrincipals: ['principal://goog/subject/dana@larkspur.example'] },
    ],
  ])('is told beside its roles where a rule denies %s', async (_case, rule) => {
    const { records } = await look({ policy: denyPolicy(rule) });
    expect(records).toMatchObject([{ privileges: [denied], details: { deniedBy: 'no-keys on organizations/1' } }]);
    expect(records[0]?.evidence).toContainEqual(expect.objectContaining({ operation: 'iam.policies.get', fields: ['privileges'] }));
  });

  test.each<[string, object]>([
    ['it is excepted', { deniedPrincipals: [everybody], exceptionPrincipals: [self] }],
    [
      'a group is excepted, which it may be in',
      { deniedPrincipals: [everybody], exceptionPrincipals: ['principalSet://goog/group/ops@larkspur.example'] },
    ],
    [
      'the service accounts of its project are excepted',
      { deniedPrincipals: [everybody], exceptionPrincipals: [accountsOf('projects/481516234200')] },
    ],
    [
      'the rule holds for tagged resources only',
      { deniedPrincipals: [everybody], denialCondition: { expression: "resource.matchTag('1/env', 'prod')" } },
    ],
    ['those of another project are denied', { deniedPrincipals: [accountsOf('projects/3')] }],
  ])('is not claimed where %s', async (_case, rule) => {
    const { records } = await look({ policy: denyPolicy(rule) });
    expect(records).toHaveLength(1);
    expect(records[0]?.privileges).toBeUndefined();
  });
});

describe('what a boundary lets a service account reach', () => {
  test.each([
    ['its project', 'projects/481516234200', undefined],
    ['its organisation', organization, "principal.type == 'iam.googleapis.com/ServiceAccount'"],
  ])('is told where it binds the principals of %s', async (_case, resource, condition) => {
    const { records } = await look({ bound: binding(resource, condition) });
    expect(records).toMatchObject([
      { privileges: ['reaches folders/2 only, by access boundary shop-only'], details: { boundTo: 'shop-only' } },
    ]);
  });

  test.each([
    ['another project', 'projects/3', undefined],
    ['others by a condition', organization, "principal.type == 'iam.googleapis.com/WorkforcePoolIdentity'"],
  ])('is not claimed where it binds %s', async (_case, resource, condition) => {
    expect((await look({ bound: binding(resource, condition) })).records[0]?.privileges).toBeUndefined();
  });
});

test.each(['denypolicies/no-keys', 'principalAccessBoundaryPolicies'])('where %s is closed, the row says so', async (closed) => {
  const { records, coverage } = await look({ policy: denyPolicy({ deniedPrincipals: [everybody] }), closed });
  expect(records).toHaveLength(1);
  expect(coverage).toMatchObject([
    { state: 'complete', detail: 'what may hold service accounts back could not be read: The caller does not have permission' },
  ]);
});
