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
    { level: 'read', because: ['a'], operations: ['GET one'] },
    { level: 'write', because: ['b'], operations: ['GET two'] },
    { level: 'write', because: ['c'], operations: ['GET two'] },
  ] as const;
  expect(furthest(grants)).toEqual({ level: 'write', because: ['b', 'c'], operations: ['GET two'] });
  expect(furthest([])).toEqual({ level: 'none', because: [], operations: [] });
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
    ['Azure roles', 'POST /providers/Microsoft.ResourceGraph/resources'],
  ])('is unknown where its %s could not be read', async (_name, call) => {
    const { of } = await look((_request, operation) => (operation === call ? refusal(403, 'Authorization_RequestDenied') : undefined));
    expect(of('azure.service_principal', 'legacy-sync')).toMatchObject({ unknown: { privilege: { why: 'permission-denied' } } });
  });

  test('is what its Azure roles say, over a subscription', async () => {
    const { of } = await look();
    expect(of('azure.service_principal', 'checkout-api')).toMatchObject({
      privilege: 'admin',
      privileges: ['Azure role: Owner over /subscriptions/7c1d9f52-2a4e-4b0d-8f63-5e9a1b2c3d4e'],
      evidence: expect.arrayContaining([
        expect.objectContaining({ operation: 'POST /providers/Microsoft.ResourceGraph/resources', fields: ['privilege'] }),
      ]) as unknown,
    });
  });

  test('is not that of an owner, over less than a subscription', async () => {
    const { of } = await look((request, _operation, recorded) =>
      request.body?.includes('roleassignments') === true && !request.body.includes('$skipToken')
        ? edited(
            recorded,
            '"assignedTo":"/subscriptions/7c1d9f52-2a4e-4b0d-8f63-5e9a1b2c3d4e"',
            '"assignedTo":"/subscriptions/7/resourceGroups/a"',
          )
        : undefined,
    );
    expect(of('azure.service_principal', 'checkout-api')).toMatchObject({
      privilege: 'write',
      privileges: expect.arrayContaining(['Azure role: Owner over /subscriptions/7/resourceGroups/a']) as unknown,
    });
  });

  test('is what the roles of any API say, and of none more than writing', async () => {
    const { of } = await look();
    expect(of('azure.service_principal', 'storefront-web')).toMatchObject({ privilege: 'read', privileges: ['checkout-api: Orders.Read'] });
    const { of: same } = await look((request, operation, recorded) =>
      operation === 'GET /v1.0/servicePrincipals' && !request.url.includes('skiptoken')
        ? edited(recorded, '"value":"Orders.Read"', '"value":"RoleManagement.ReadWrite.Directory"')
        : undefined,
    );
    expect(same('azure.service_principal', 'storefront-web')).toMatchObject({ privilege: 'write' });
  });

  test('is what people let it do for them, and no more than writing', async () => {
    const { of } = await look((_request, operation, recorded) =>
      operation === 'GET /v1.0/oauth2PermissionGrants'
        ? recorded().then((each) => ({ ...each, body: each.body.replace(' Mail.Read ', ' RoleManagement.ReadWrite.Directory ') }))
        : undefined,
    );
    expect(of('azure.service_principal', 'Brightmetrics')).toMatchObject({
      privilege: 'write',
      privileges: ['delegated by everybody: RoleManagement.ReadWrite.Directory'],
    });
  });

  test('stays known where consents, which give no more, could not be read', async () => {
    const { of } = await look((_request, operation) =>
      operation === 'GET /v1.0/oauth2PermissionGrants' ? refusal(403, 'Authorization_RequestDenied') : undefined,
    );
    expect(of('azure.service_principal', 'legacy-sync')).toMatchObject({ privilege: 'escalation' });
    expect(of('azure.service_principal', 'storefront-web')).toMatchObject({ unknown: { privilege: { why: 'permission-denied' } } });
  });

  test('costs one read of each of its sources, for all surfaces', async () => {
    const asked: NonNullable<Parameters<typeof look>[1]> = [];
    await look(undefined, asked);
    const count = (part: string) => asked.filter(({ url, body }) => `${url} ${body ?? ''}`.includes(part)).length;
    expect([
      count('/roleManagement/directory/roleAssignments?'),
      count('/oauth2PermissionGrants?'),
      count('microsoft.authorization/roleassignments'),
      count('/appRoleAssignedTo?'),
    ]).toEqual([2, 2, 2, 2]);
  });

  test('is admin all the same, where one part says so', async () => {
    const { of } = await look((request, operation, recorded) => {
      if (operation === 'GET /v1.0/roleManagement/directory/roleAssignments') return refusal(403, 'Authorization_RequestDenied');
      if (operation !== 'GET /v1.0/servicePrincipals' || !request.url.includes('skiptoken')) return undefined;
      return edited(recorded, '"value":"Application.ReadWrite.All"', '"value":"RoleManagement.ReadWrite.Directory"');
    });
    expect(of('azure.service_principal', 'legacy-sync')).toMatchObject({ privilege: 'admin' });
  });
});

describe('the privilege of a user account used as a service account', () => {
  const eligible = 'GET /v1.0/roleManagement/directory/roleEligibilityScheduleInstances';

  test('counts roles that it can switch on by itself', async () => {
    const { of } = await look();
    expect(of('azure.service_account_user', 'svc-backup@larkspur.example')).toMatchObject({
      privilege: 'read',
      privileges: ['eligible directory role: Global Reader'],
    });
  });

  test.each([
    ['is unknown where those are refused', refusal(403, 'Authorization_RequestDenied'), 'permission-denied'],
    ['has none of them without the licence for it', refusal(400, 'AadPremiumLicenseRequired'), 'not-looked'],
  ])('%s', async (_name, said, why) => {
    const { of } = await look((_request, operation) => (operation === eligible ? said : undefined));
    expect(of('azure.service_account_user', 'svc-backup@larkspur.example')).toMatchObject({ unknown: { privilege: { why } } });
  });
});

describe('grants', () => {
  test('of application permissions are those of every API, to applications alone', async () => {
    const { records } = await look();
    const grants = records.filter(({ kind }) => kind === 'azure.app_role_assignment');
    expect(grants.map(({ name, privilege, details }) => [name, privilege, details['resource']])).toEqual([
      ['Orders.Read of storefront-web', 'read', 'checkout-api'],
      ['Application.ReadWrite.All of legacy-sync', 'escalation', 'Microsoft Graph'],
      ['User.Read.All of checkout-api', 'read', 'Microsoft Graph'],
      ['Mail.Read of stock-forecaster', 'read', 'Microsoft Graph'],
    ]);
  });

  test('of one API that is refused are a gap, and leave those of the others', async () => {
    const { records, rows } = await look((request, operation, recorded) =>
      operation === 'GET /v1.0/servicePrincipals/{id}/appRoleAssignedTo' && request.method === 'POST'
        ? recorded().then((each) => ({ ...each, body: each.body.replace('"id":"0","status":200', '"id":"0","status":403') }))
        : undefined,
    );
    expect(records.filter(({ kind }) => kind === 'azure.app_role_assignment')).toHaveLength(3);
    expect(rows('azure.app_role_assignment')).toMatchObject([
      { scope: 'api/checkout-api', state: 'denied', reason: 'permission-denied' },
      { state: 'partial', count: 3 },
    ]);
  });

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
