import { describe, expect, test } from 'vitest';
import { furthest, levelOfPermission, levelOfRole } from '../../../connectors/azure/privilege.ts';
import { edited, look, refusal } from './rig.ts';

test.each([
  ['RoleManagement.ReadWrite.Directory', 'admin'],
  ['AppRoleAssignment.ReadWrite.All', 'admin'],
  ['Application.ReadWrite.All', 'escalation'],
  ['UserAuthenticationMethod.ReadWrite.All', 'escalation'],
  ['Directory.ReadWrite.All', 'write'],
  ['Mail.Send', 'write'],
  ['Sites.FullControl.All', 'write'],
  ['Application.ReadWrite.OwnedBy', 'write'],
  ['0e5d1e3c-0000-4000-8000-000000000000', 'write'],
  ['Directory.Read.All', 'read'],
  ['User.Read', 'read'],
  ['Mail.ReadBasic.All', 'read'],
  ['User-LifeCycleInfo.Read.All', 'read'],
  ['openid', 'none'],
  ['offline_access', 'none'],
])('the permission %s reaches as far as %s', (permission, level) => {
  expect(levelOfPermission(permission)).toBe(level);
});

test.each([
  ['the Global Administrator, whatever it lists', '62e90394-69f5-4237-9190-012177145e10', [], 'admin'],
  ['one that assigns roles', undefined, ['microsoft.directory/roleAssignments/allProperties/allTasks'], 'admin'],
  ['one that makes credentials', undefined, ['microsoft.directory/applications/credentials/update'], 'escalation'],
  ['one that writes', undefined, ['microsoft.directory/groups/create', 'microsoft.directory/users/standard/read'], 'write'],
  [
    'one that reads',
    undefined,
    ['microsoft.directory/users/standard/read', 'microsoft.office365.webPortal/allEntities/standard/read'],
    'read',
  ],
  ['one that allows nothing', undefined, [], 'none'],
])('a directory role: %s', (_name, template, actions, level) => {
  expect(levelOfRole(template, actions)).toBe(level);
});

test('the furthest grant decides, and those that reach as far are the evidence', () => {
  const grants = [
    { level: 'read', because: ['a'] },
    { level: 'write', because: ['b'] },
    { level: 'write', because: ['c'] },
  ] as const;
  expect(furthest(grants)).toEqual({ level: 'write', because: ['b', 'c'] });
  expect(furthest([])).toEqual({ level: 'none', because: [] });
});

describe('the privilege of a service principal', () => {
  const evidence = ['Graph: Application.ReadWrite.All'];

  test('reaches its application and the credentials on both, with its evidence', async () => {
    const { records } = await look();
    const own = records.filter(
      ({ id, kind, details }) =>
        kind !== 'azure.federated_credential' &&
        (details['holder'] === 'legacy-sync' ||
          ['3f2c9e5a-74da-4b3b-9e86-a04d7f9b3c03', '6c5fc18d-a70d-4e6e-8fb9-d37aacce6f06'].includes(id)),
    );
    expect(own.map(({ kind }) => kind).toSorted()).toEqual([
      'azure.app_certificate',
      'azure.app_registration',
      'azure.app_secret',
      'azure.service_principal',
      'azure.sp_secret',
    ]);
    for (const each of own) expect(each).toMatchObject({ privilege: 'escalation', privileges: evidence });
  });

  test('is not known to be nothing where the directory grants nothing: Azure may', async () => {
    const { of } = await look();
    expect(of('azure.managed_identity', 'larkspur-aks-kubelet')).toMatchObject({ unknown: { privilege: { why: 'not-looked' } } });
  });

  test.each([
    ['directory roles', 'GET /v1.0/roleManagement/directory/roleAssignments'],
    ['role definitions', 'GET /v1.0/roleManagement/directory/roleDefinitions'],
    ['permissions', 'GET /v1.0/servicePrincipals/{id}/appRoleAssignedTo'],
  ])('is unknown where its %s could not be read', async (_name, call) => {
    const { of } = await look((_request, operation) => (operation === call ? refusal(403, 'Authorization_RequestDenied') : undefined));
    expect(of('azure.service_principal', 'legacy-sync')).toMatchObject({ unknown: { privilege: { why: 'permission-denied' } } });
  });

  test('is admin all the same, where one part says so', async () => {
    const { of } = await look((_request, operation, recorded) => {
      if (operation === 'GET /v1.0/roleManagement/directory/roleAssignments') return refusal(403, 'Authorization_RequestDenied');
      if (!operation.startsWith('GET /v1.0/servicePrincipals(appId')) return undefined;
      return edited(recorded, '"value":"Application.ReadWrite.All"', '"value":"RoleManagement.ReadWrite.Directory"');
    });
    expect(of('azure.service_principal', 'legacy-sync')).toMatchObject({ privilege: 'admin' });
  });
});

describe('grants', () => {
  test('of directory roles are those of service principals, with their end', async () => {
    const { records } = await look();
    const grants = records.filter(({ kind }) => kind === 'azure.directory_role_assignment');
    expect(grants.map(({ name, expiresAt }) => [name, expiresAt])).toEqual([
      ['Directory Readers of legacy-sync', null],
      ['Global Reader of Brightmetrics', '2026-12-31T23:00:00Z'],
    ]);
  });

  test('of directory roles have no known end without a licence for schedules', async () => {
    const { records, rows } = await look((_request, operation) =>
      operation === 'GET /v1.0/roleManagement/directory/roleAssignmentScheduleInstances'
        ? refusal(400, 'AadPremiumLicenseRequired')
        : undefined,
    );
    const grants = records.filter(({ kind }) => kind === 'azure.directory_role_assignment');
    for (const grant of grants) expect(grant).toMatchObject({ unknown: { expiresAt: { why: 'not-licensed' } } });
    expect(rows('azure.directory_role_assignment')).toMatchObject([{ state: 'complete', count: 2 }]);
  });

  test('that people consented to say for whom', async () => {
    const { records } = await look();
    expect(records.filter(({ kind }) => kind === 'azure.oauth2_grant')).toMatchObject([
      { permission: 'User.Read Mail.Read offline_access', privilege: 'read', details: { consentType: 'AllPrincipals' } },
      { permission: 'openid profile Files.ReadWrite.All', privilege: 'write', details: { consentType: 'Principal' } },
    ]);
  });
});
