import { describe, expect, test } from 'vitest';
import { answer, edited, look } from './rig.ts';

const applications = 'GET /v1.0/applications';
const principals = 'GET /v1.0/servicePrincipals';
const lastSignIns = 'GET /beta/reports/servicePrincipalSignInActivities';

/** The recorded tenant with some text of one call's answers replaced. */
const change = (operation: string, ...edits: readonly (readonly [string, string])[]) =>
  look(async (_request, each, recorded) => {
    const response = await recorded();
    if (each !== operation) return response;
    return { ...response, body: edits.reduce((body, [find, replace]) => body.replace(find, replace), response.body) };
  });

describe('what is easily taken for something else', () => {
  test("a service principal of Microsoft's is kept by the provider", async () => {
    const { of } = await look();
    expect(of('azure.service_principal', 'Microsoft Graph')).toMatchObject({ managedBy: 'provider', details: { origin: 'microsoft' } });
  });

  test("a vendor's application says that its own secrets are not seen here", async () => {
    const { of } = await look();
    expect(of('azure.service_principal', 'Brightmetrics')).toMatchObject({
      managedBy: 'customer',
      details: { origin: 'vendor', secretsElsewhere: expect.stringContaining('its tenant') as unknown },
    });
  });

  test('the certificate of a managed identity is the platform’s to renew', async () => {
    const { of } = await look();
    expect(of('azure.sp_certificate', 'CN=e6a4be5d-cf5c-4fb9-8ca7-b16e5f80d606')).toMatchObject({ managedBy: 'provider' });
  });

  test('an end in the year 9999 is no end', async () => {
    const { of } = await change(applications, ['"2027-02-01T10:00:00Z"', '"9999-12-31T23:59:59Z"']);
    expect(of('azure.app_secret', 'web')).toMatchObject({ expiresAt: null });
  });

  test('an end of a stored secret in the year 9999 is none either', async () => {
    const { of } = await look(async (_request, operation, recorded) => {
      const response = await recorded();
      return operation === 'GET {vaultUrl}/secrets'
        ? { ...response, body: response.body.replace(/"exp":\d+/g, '"exp":253402300799') }
        : response;
    });
    expect(of('azure.keyvault_secret', 'reporting-sftp-password')).toMatchObject({ expiresAt: null });
  });

  test('the first moment of all, which .NET writes for none, is no sign-in', async () => {
    const first = '"lastSignInDateTime":"0001-01-01T00:00:00Z"';
    const { of } = await look(async (_request, operation, recorded) => {
      const response = await recorded();
      return operation.startsWith('GET /beta/reports/')
        ? { ...response, body: response.body.replace(/"lastSignInDateTime":"[^"]+"/g, first) }
        : response;
    });
    expect(of('azure.app_secret', 'web')).toMatchObject({ lastUsedAt: null });
    expect(of('azure.app_registration', 'storefront-web')).toMatchObject({ unknown: { lastUsedAt: { why: 'not-offered' } } });
  });

  test('a back-dated start moves no creation date', async () => {
    const { of } = await change(applications, ['"2026-10-07T09:12:00Z"', '"2016-01-01T00:00:00Z"']);
    expect(of('azure.app_secret', 'production 2026-10')).toMatchObject({
      notBefore: '2016-01-01T00:00:00Z',
      createdAt: '2026-10-07T09:12:31Z',
      rotatedAt: '2026-10-07T09:12:31Z',
    });
  });

  test('an offset as in the official samples is unknown, and takes nothing else with it', async () => {
    const { of, rows } = await change(applications, ['"2027-09-17T09:12:00Z"', '"2027-09-17T09:12:00-8:00"']);
    const secret = of('azure.app_secret', 'production 2026-10');
    expect(secret).toMatchObject({ status: 'active', unknown: { expiresAt: { why: 'malformed-response' } } });
    expect(rows('azure.application')).toMatchObject([{ state: 'complete' }]);
  });

  test('an application that other tenants use too is not called dormant by what this one sees', async () => {
    const audience = '"signInAudience":"AzureADMultipleOrgs"';
    const { of } = await look(async (_request, operation, recorded) => {
      const response = await recorded();
      if (operation !== applications) return response;
      return { ...response, body: response.body.replaceAll('"signInAudience":"AzureADMyOrg"', audience) };
    });
    const elsewhere = { lastUsedAt: { why: 'not-offered', detail: expect.stringContaining('other tenants') as unknown } };
    expect(of('azure.app_registration', 'storefront-web')).toMatchObject({ unknown: elsewhere });
    expect(of('azure.app_secret', 'web')).toMatchObject({ unknown: elsewhere });
    expect(of('azure.app_registration', 'checkout-api')).toMatchObject({ lastUsedAt: '2026-11-20T22:41:07Z' });
  });

  test.each([
    ['a deactivated application', applications, 'azure.app_registration'],
    ['a deactivated service principal', principals, 'azure.service_principal'],
  ])('%s is set aside, not gone: its kind says how long tokens live', async (_name, operation, kind) => {
    const { of } = await change(operation, ['"isDisabled":null', '"isDisabled":true']);
    expect(of(kind, 'checkout-api')).toMatchObject({ status: 'quarantined' });
  });

  test('a deleted application is not gone while it can be restored, with its secrets', async () => {
    const { of } = await look();
    expect(of('azure.app_registration', 'loyalty-mailer')).toMatchObject({
      status: 'deleted-recoverable',
      statusSince: '2026-11-05T14:22:09Z',
      expiresAt: '2026-12-05T14:22:09Z',
      details: { comesBackWith: 'secrets: 1, certificates: 0' },
    });
    expect(of('azure.service_principal', 'loyalty-mailer')).toMatchObject({ status: 'deleted-recoverable' });
  });

  test('two secrets of one name are two records', async () => {
    const { records } = await change(applications, ['"displayName":"export (no end)"', '"displayName":"export"']);
    const same = records.filter(({ kind, name }) => kind === 'azure.app_secret' && name === 'export');
    expect(new Set(same.map(({ id }) => id)).size).toBe(2);
    expect(same.map(({ expiresAt }) => expiresAt)).toEqual(['2026-11-01T07:00:00Z', null]);
  });

  test('an expired secret is expired, not one that has an end', async () => {
    const { of } = await look();
    expect(of('azure.app_secret', 'export')).toMatchObject({ status: 'expired', expiresAt: '2026-11-01T07:00:00Z' });
  });

  test('a SAML certificate is one credential of its own kind', async () => {
    const { records } = await look();
    expect(records.filter(({ id }) => id.startsWith('77777f0a')).map(({ kind }) => kind)).toEqual(['azure.saml_signing_certificate']);
  });
});

describe('the last sign-in of a principal', () => {
  test('is unknown without a row, never "never"', async () => {
    const { of } = await look();
    expect(of('azure.managed_identity', 'larkspur-aks-kubelet')).toMatchObject({ unknown: { lastUsedAt: { why: 'not-offered' } } });
  });

  test.each([
    [
      'not licensed',
      () =>
        answer(403, {
          error: {
            code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
            message: 'Neither tenant is B2C or tenant doesn’t have premium license',
          },
        }),
      'not-licensed',
    ],
    ['refused', () => answer(403, { error: { code: 'Authorization_RequestDenied', message: 'no' } }), 'permission-denied'],
    ['without its list', () => answer(200, { rows: [] }), 'malformed-response'],
  ])('is unknown with its reason when the report is %s', async (_name, say, why) => {
    const { of, rows } = await look((_request, operation) => (operation === lastSignIns ? say() : undefined));
    for (const kind of ['azure.app_registration', 'azure.service_principal'])
      expect(of(kind, 'checkout-api')).toMatchObject({ unknown: { lastUsedAt: { why } } });
    expect(rows('azure.service_principal')).toMatchObject([
      { state: 'complete', detail: expect.stringContaining('some facts are unknown') as unknown },
    ]);
  });

  test('with an offset that is none is unknown', async () => {
    const { of } = await look((_request, operation, recorded) =>
      operation === lastSignIns
        ? recorded().then((each) => ({ ...each, body: each.body.replaceAll('2026-11-20T22:41:07Z', '2026-11-20T22:41:07-8:00') }))
        : undefined,
    );
    expect(of('azure.service_principal', 'checkout-api')).toMatchObject({ unknown: { lastUsedAt: { why: 'malformed-response' } } });
  });
});

describe('agents', () => {
  test('have sponsors for the business and owners for the technique, and come once', async () => {
    const { of, records } = await look();
    expect(of('azure.agent_identity', 'menu-writer')).toMatchObject({
      owners: [
        { role: 'business', ref: 'priya.nair@larkspur.example', by: 'sponsor' },
        { role: 'technical', ref: 'tomas.lind@larkspur.example', by: 'service principal owner' },
      ],
    });
    expect(records.filter(({ name, record }) => record === 'identity' && name.startsWith('menu-')).map(({ kind }) => kind)).toEqual([
      'azure.agent_identity_blueprint',
      'azure.agent_identity',
    ]);
  });

  test('leave the credentials of their blueprint to the list of applications', async () => {
    const secret = { keyId: 'blue', displayName: 'agents', startDateTime: '2026-06-02T00:00:00Z', endDateTime: null };
    const { records } = await look((request, operation, recorded) => {
      if (operation === 'GET /v1.0/applications/{id}/owners' && request.body?.includes('7c4eb17d') === true)
        return answer(200, { responses: [] });
      if (operation !== applications || !request.url.includes('skiptoken')) return undefined;
      return edited(recorded, '"passwordCredentials":[]}]', `"passwordCredentials":[${JSON.stringify(secret)}]}]`);
    });
    expect(records.find(({ id }) => id === 'blue')).toMatchObject({
      kind: 'azure.app_secret',
      identity: '7c4eb17d-97fd-4e5e-8a19-d37aacce6f05',
      expiresAt: null,
    });
  });
});

describe('a user account used as a service account', () => {
  test('is guessed by its name, and says so', async () => {
    const { of, records } = await look();
    expect(of('azure.service_account_user', 'svc-backup@larkspur.example')).toMatchObject({
      lastUsedAt: '2026-11-19T02:00:11Z',
      details: { heuristic: 'its name says "svc", and it has no employee number' },
    });
    expect(of('azure.user_password', 'password of svc-backup@larkspur.example')).toMatchObject({
      rotatedAt: '2021-03-02T10:15:00Z',
      expiresAt: null,
    });
    expect(records.filter(({ name }) => name.includes('tomas.lind@') || name.includes('priya.nair@'))).toEqual([]);
  });

  test('was last used when it signed in, not when somebody tried', async () => {
    const { of } = await look();
    expect(of('azure.service_account_user', 'svc-till-import@larkspur.example')).toMatchObject({ lastUsedAt: '2025-12-18T22:10:00Z' });
  });

  test('without a licence has no last use, and is listed all the same', async () => {
    const { of, rows } = await look((_request, operation) =>
      operation === 'GET /v1.0/users/{id}'
        ? answer(403, { error: { code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', message: 'no premium license' } })
        : undefined,
    );
    expect(of('azure.service_account_user', 'svc-backup@larkspur.example')).toMatchObject({
      unknown: { lastUsedAt: { why: 'not-licensed' } },
    });
    expect(rows('azure.service_account_user')).toMatchObject([{ state: 'complete', count: 4 }]);
  });
});
