import { describe, expect, test } from 'vitest';
import { denialsIn, policyTitle, principalOf, restraintOn } from '../../../connectors/gcp/denial.ts';
import { known, unknown } from '../../../src/model/fact.ts';

const name = 'policies/cloudresourcemanager.googleapis.com%2Forganizations%2F1/denypolicies/no-keys';
const everybody = 'principalSet://goog/public:all';
const keys = 'iam.googleapis.com/serviceAccountKeys.create';
const rule = (more: object) => ({ name, rules: [{ denyRule: { deniedPrincipals: [everybody], deniedPermissions: [keys], ...more } }] });
const keyAdmin = 'roles/iam.serviceAccountKeyAdmin';
const tokenCreator = 'roles/iam.serviceAccountTokenCreator';

describe('what deny policies leave of a role on a service account', () => {
  const user = 'user:lee@larkspur.example';
  test.each<[string, object, string, string, 'write' | 'read' | 'whole']>([
    ['everybody is denied', {}, keyAdmin, user, 'write'],
    ['another permission is denied', { deniedPermissions: ['iam.googleapis.com/roles.create'] }, keyAdmin, user, 'whole'],
    ['a group of permissions is denied', { deniedPermissions: ['iam.googleapis.com/serviceAccountKeys.*'] }, keyAdmin, user, 'write'],
    ['all of a service is denied', { deniedPermissions: ['iam.googleapis.com/*.*'] }, tokenCreator, user, 'read'],
    ['the same of another service is denied', { deniedPermissions: ['storage.googleapis.com/*.*'] }, tokenCreator, user, 'whole'],
    [
      'only one of several powers is denied',
      { deniedPermissions: ['iam.googleapis.com/serviceAccounts.getAccessToken'] },
      tokenCreator,
      user,
      'whole',
    ],
    [
      'the permission is excepted',
      { deniedPermissions: ['iam.googleapis.com/*.*'], exceptionPermissions: [keys] },
      keyAdmin,
      user,
      'whole',
    ],
    ['the principal is excepted', { exceptionPrincipals: ['principal://goog/subject/lee@larkspur.example'] }, keyAdmin, user, 'whole'],
    ['another principal is excepted', { exceptionPrincipals: ['principal://goog/subject/dana@larkspur.example'] }, keyAdmin, user, 'write'],
    // Who is in a group is not read: the denial is not certain.
    ['a group is excepted', { exceptionPrincipals: ['principalSet://goog/group/admins@larkspur.example'] }, keyAdmin, user, 'whole'],
    [
      'it holds for tagged resources only',
      { denialCondition: { expression: "resource.matchTag('1/env', 'prod')" } },
      keyAdmin,
      user,
      'whole',
    ],
    ['somebody else is denied', { deniedPrincipals: ['principal://goog/subject/dana@larkspur.example'] }, keyAdmin, user, 'whole'],
    ['a role without such powers', {}, 'roles/viewer', user, 'whole'],
    ['a role that is called like a part of the language', {}, 'constructor', user, 'whole'],
    [
      'one service account is denied',
      { deniedPrincipals: ['principal://iam.googleapis.com/projects/-/serviceAccounts/a@p.iam.gserviceaccount.com'] },
      keyAdmin,
      'serviceAccount:a@p.iam.gserviceaccount.com',
      'write',
    ],
    [
      'a whole pool is denied',
      { deniedPrincipals: ['principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/gh/*'] },
      keyAdmin,
      'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/gh/attribute.repository/a/b',
      'write',
    ],
    [
      'some of the same pool are excepted',
      { exceptionPrincipals: ['principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/gh/group/ops'] },
      keyAdmin,
      'principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/gh/subject/x',
      'whole',
    ],
    [
      'another pool is excepted',
      { exceptionPrincipals: ['principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/other/*'] },
      keyAdmin,
      'principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/gh/subject/x',
      'write',
    ],
  ])('%s', (_case, more, role, member, expected) => {
    const { privilege } = restraintOn(role, member, known(denialsIn(rule(more))));
    expect(privilege).toEqual(expected === 'whole' ? undefined : known(expected));
  });

  test('names the policies, also where some power is left', () => {
    const policy = rule({ deniedPermissions: ['iam.googleapis.com/serviceAccounts.signBlob'] });
    expect(restraintOn(tokenCreator, user, known(denialsIn(policy)))).toEqual({ deniedBy: ['no-keys on organizations/1'] });
    expect(policyTitle(policy)).toBe('no-keys on organizations/1');
  });

  test('is unknown where they could not be read, and what it was where nobody asked for them', () => {
    expect(restraintOn(keyAdmin, user, unknown('permission-denied')).privilege).toMatchObject({
      state: 'unknown',
      why: 'permission-denied',
    });
    expect(restraintOn('roles/viewer', user, unknown('permission-denied')).privilege).toBeUndefined();
    expect(restraintOn(keyAdmin, user, undefined)).toEqual({ deniedBy: [] });
  });
});

test.each([
  ['user:a@b.example', 'principal://goog/subject/a@b.example'],
  ['group:a@b.example', 'principalSet://goog/group/a@b.example'],
  ['serviceAccount:a@p.iam.gserviceaccount.com', 'principal://iam.googleapis.com/projects/-/serviceAccounts/a@p.iam.gserviceaccount.com'],
  ['serviceAccount:p.svc.id.goog[shop/images]', 'serviceAccount:p.svc.id.goog[shop/images]'],
  ['deleted:user:a@b.example?uid=1', 'deleted:user:a@b.example?uid=1'],
])('deny policies call %s %s', (member, principal) => {
  expect(principalOf(member)).toBe(principal);
});
