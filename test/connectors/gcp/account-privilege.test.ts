import { expect, test } from 'vitest';
import { accountIdOf } from '../../../connectors/gcp/account-id.ts';
import { privilegeOf } from '../../../connectors/gcp/account-privilege.ts';
import { levelOfPermissions, levelOfRole } from '../../../connectors/gcp/role-level.ts';
import { known, unknown } from '../../../src/model/fact.ts';

test.each([
  ['roles/owner', 'admin'],
  ['roles/iam.securityAdmin', 'admin'],
  ['roles/editor', 'escalation'],
  ['roles/iam.serviceAccountTokenCreator', 'escalation'],
  ['roles/iam.serviceAccountKeyAdmin', 'escalation'],
  ['roles/storage.admin', 'write'],
  ['roles/bigquery.dataEditor', 'write'],
  ['roles/viewer', 'read'],
  ['roles/storage.objectViewer', 'read'],
])('%s reaches as far as %s', (role, level) => {
  expect(levelOfRole(role)).toEqual(known(level));
});

const on = 'projects/p';
const privileges = (...roles: string[]) => privilegeOf({ held: roles.map((role) => ({ role, on, level: levelOfRole(role) })) });

test('the furthest role counts, with all of them as evidence', () => {
  expect(privileges('roles/viewer', 'roles/storage.admin')).toEqual({
    privilege: known('write'),
    privileges: ['roles/storage.admin on project p', 'roles/viewer on project p'],
  });
});

test('a custom role that cannot be read may reach further than what is known, except admin', () => {
  expect(privileges('roles/viewer', 'projects/p/roles/mine').privilege.state).toBe('unknown');
  expect(privileges('roles/owner', 'projects/p/roles/mine').privilege).toEqual(known('admin'));
});

test('without a role here nothing is claimed', () => {
  expect(privileges().privilege.state).toBe('unknown');
});

test('a refused policy is the reason, unless nothing could reach further', () => {
  const unread = unknown('permission-denied');
  const held = (role: string) => [{ role, on: 'organizations/1', level: levelOfRole(role) }];
  expect(privilegeOf({ held: [], unread }).privilege).toEqual(unread);
  expect(privilegeOf({ held: held('roles/viewer'), unread }).privilege).toEqual(unread);
  expect(privilegeOf({ held: held('roles/owner'), unread })).toEqual({
    privilege: known('admin'),
    privileges: ['roles/owner on organization 1'],
  });
});

test.each([
  [['resourcemanager.projects.setIamPolicy', 'compute.instances.list'], 'admin'],
  [['iam.serviceAccounts.actAs'], 'escalation'],
  [['iam.serviceAccountKeys.create'], 'escalation'],
  [['storage.buckets.setIamPolicy'], 'escalation'],
  [['storage.objects.create', 'storage.objects.get'], 'write'],
  [['secretmanager.versions.access'], 'write'],
  [['storage.objects.get', 'storage.buckets.getIamPolicy', 'cloudasset.assets.searchAllResources'], 'read'],
  [[], 'none'],
])('a custom role with %j reaches as far as %s', (permissions, level) => {
  expect(levelOfPermissions(permissions)).toBe(level);
});

test.each([
  ['a@p.iam.gserviceaccount.com', 'projects/p/serviceAccounts/a@p.iam.gserviceaccount.com'],
  ['a@other.iam.gserviceaccount.com', 'projects/other/serviceAccounts/a@other.iam.gserviceaccount.com'],
  [
    'a@legacy.example.com.iam.gserviceaccount.com',
    'projects/example.com:legacy/serviceAccounts/a@legacy.example.com.iam.gserviceaccount.com',
  ],
  ['1-compute@developer.gserviceaccount.com', 'projects/p/serviceAccounts/1-compute@developer.gserviceaccount.com'],
])('%s is the service account %s', (email, id) => {
  expect(accountIdOf(email, 'p')).toBe(id);
});
