import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../connectors/gcp/settings.ts';
import { type Answer, account, email, google, lookAtGoogle, refused } from './rig.ts';

const project = 'larkspur-analytics';
const member = (name: string): string => `serviceAccount:${email(name)}`;
const granting = (role: string, name = 'shop'): Answer => ({ body: { bindings: [{ role, members: [member(name)] }] } });
const denied = refused(403, 'PERMISSION_DENIED', 'The caller does not have permission');
const type = (name: string): string => `cloudresourcemanager.googleapis.com/${name}`;

async function look(answers: Readonly<Record<string, Answer>>, settings: Settings = { projects: [project] }) {
  const rest = google({ accounts: [account('shop')] });
  const seen = await lookAtGoogle(
    (request) => {
      const path = decodeURIComponent(request.url).replace(/^https:\/\/[^/]+\//, '');
      return Object.entries(answers).find(([part]) => path.includes(part))?.[1] ?? rest(request);
    },
    { settings, surfaces: ['gcp.service_account'] },
  );
  const asked = seen.requests.map(({ url }) => decodeURIComponent(url).replace(/^https:\/\/[^/]+\//, ''));
  return { ...seen, asked, privilege: seen.records[0] as { privilege?: string; privileges?: readonly string[] } };
}

const ancestry: Answer = {
  body: {
    ancestor: [
      { resourceId: { type: 'project', id: project } },
      { resourceId: { type: 'folder', id: '8' } },
      { resourceId: { type: 'organization', id: '1' } },
    ],
  },
};

describe('roles of service accounts', () => {
  test('on the folder and the organisation that a project is in count as those on the project', async () => {
    const { privilege } = await look({
      ':getAncestry': ancestry,
      [`projects/${project}:getIamPolicy`]: granting('roles/viewer'),
      'folders/8:getIamPolicy': granting('roles/storage.admin'),
      'organizations/1:getIamPolicy': granting('roles/iam.securityAdmin'),
    });
    expect(privilege).toMatchObject({
      privilege: 'admin',
      privileges: ['roles/iam.securityAdmin on organization 1', 'roles/storage.admin on folder 8', `roles/viewer on project ${project}`],
    });
  });

  test('on a folder that cannot be read may reach further than what is known', async () => {
    const { records } = await look({
      ':getAncestry': ancestry,
      [`projects/${project}:getIamPolicy`]: granting('roles/viewer'),
      'folders/8:getIamPolicy': denied,
    });
    expect(records[0]?.unknown).toMatchObject({ privilege: { why: 'permission-denied' } });
  });

  test('of a name that is none of a role lead to no request', async () => {
    const role = 'projects/larkspur-analytics/secrets/orders-db/versions/latest:access';
    const { records, asked } = await look({ [`projects/${project}:getIamPolicy`]: granting(role) });
    expect(asked.filter((path) => path.includes('secrets'))).toEqual([]);
    expect(records[0]?.unknown).toMatchObject({ privilege: { why: 'malformed-response' } });
  });

  test('made by the customer are read, each once', async () => {
    const mine = `projects/${project}/roles/mine`;
    const { privilege, asked } = await look({
      [`projects/${project}:getIamPolicy`]: {
        body: {
          bindings: [
            { role: mine, members: [member('shop')] },
            { role: mine, members: ['user:x'] },
          ],
        },
      },
      [mine]: { body: { name: mine, includedPermissions: ['iam.serviceAccounts.getAccessToken'] } },
    });
    expect(privilege.privilege).toBe('escalation');
    expect(asked.filter((path) => path.includes('/roles/'))).toEqual([`v1/${mine}`]);
  });

  describe('by Cloud Asset Inventory', () => {
    const settings = { organizations: ['1'], projects: [project] };
    const readTime = '2026-11-20T23:40:00Z';
    const resources: Answer = {
      body: {
        readTime,
        assets: [
          {
            assetType: type('Project'),
            ancestors: ['projects/48', 'folders/8', 'organizations/1'],
            resource: { data: { projectId: project, projectNumber: '48' } },
          },
          { assetType: 'iam.googleapis.com/ServiceAccount', resource: { data: account('shop') } },
        ],
      },
    };
    const policies = (...policies: readonly (readonly [string, string])[]): Answer => ({
      body: {
        readTime,
        assets: policies.map(([name, role]) => ({
          name: `//cloudresourcemanager.googleapis.com/${name}`,
          iamPolicy: { bindings: [{ role, members: [member('shop')] }] },
        })),
      },
    });

    test('tell of every project, folder and organisation, and no policy is asked for', async () => {
      const { privilege, records, asked } = await look(
        {
          'contentType=RESOURCE': resources,
          'contentType=IAM_POLICY': policies(['projects/48', 'roles/viewer'], ['projects/77', 'roles/storage.admin']),
        },
        settings,
      );
      expect(privilege).toMatchObject({
        privilege: 'write',
        privileges: ['roles/storage.admin on project 77', `roles/viewer on project ${project}`],
      });
      expect(records[0]?.evidence).toContainEqual({ operation: 'cloudasset.assets.list', observedAt: readTime, fields: ['privilege'] });
      expect(asked.filter((path) => path.includes('getIamPolicy'))).toEqual([]);
    });

    test.each([
      ['and is so still', granting('roles/owner'), { privilege: 'admin' }],
      ['and is no more', granting('roles/viewer', 'other'), { unknown: { privilege: { why: 'not-looked' } } }],
      ['and cannot be read', denied, { unknown: { privilege: { why: 'permission-denied' } } }],
    ])('an account is an administrator, %s by the policy itself', async (_case, answer, expected) => {
      const { records } = await look(
        {
          'contentType=RESOURCE': resources,
          'contentType=IAM_POLICY': policies(['organizations/1', 'roles/owner']),
          'organizations/1:getIamPolicy': answer,
        },
        settings,
      );
      expect(records[0]).toMatchObject(expected);
    });

    test('of a folder say nothing of what is above it: those policies are read themselves, once', async () => {
      const { privilege, asked } = await look(
        {
          'contentType=RESOURCE': resources,
          'contentType=IAM_POLICY': policies(['projects/48', 'roles/viewer']),
          'organizations/1:getIamPolicy': granting('roles/storage.admin'),
        },
        { folders: ['8'], projects: [project] },
      );
      expect(privilege).toMatchObject({
        privilege: 'write',
        privileges: ['roles/storage.admin on organization 1', `roles/viewer on project ${project}`],
      });
      expect(asked.filter((path) => path.includes('getIamPolicy'))).toEqual(['v3/organizations/1:getIamPolicy']);
    });

    test('refused, they are read from the policies', async () => {
      const { privilege } = await look(
        {
          'contentType=RESOURCE': resources,
          'contentType=IAM_POLICY': denied,
          [`projects/${project}:getIamPolicy`]: granting('roles/storage.admin'),
        },
        settings,
      );
      expect(privilege.privilege).toBe('write');
    });
  });
});
