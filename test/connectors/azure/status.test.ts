import { describe, expect, test } from 'vitest';
import { edited, look } from './rig.ts';

const change = (operation: string, find: string, replace: string) =>
  look((request, each, recorded) =>
    each === operation && !request.url.includes('skiptoken') ? edited(recorded, find, replace) : undefined,
  );

describe('an application', () => {
  test.each([
    ['that was deactivated', '"isDisabled":null', '"isDisabled":true', 'quarantined'],
    [
      'that Microsoft disabled',
      '"disabledByMicrosoftStatus":null',
      '"disabledByMicrosoftStatus":"DisabledDueToViolationOfServicesAgreement"',
      'inactive',
    ],
    ['that Microsoft did not disable', '"disabledByMicrosoftStatus":null', '"disabledByMicrosoftStatus":"NotDisabled"', 'active'],
  ])('%s hands its status to its credentials', async (_name, find, replace, status) => {
    const { of } = await change('GET /v1.0/applications', find, replace);
    expect([of('azure.app_registration', 'checkout-api')?.status, of('azure.app_secret', 'production 2026-10')?.status]).toEqual([
      status,
      status,
    ]);
  });
});

describe('a user account used as a service account', () => {
  test('that may not sign in is set aside, with its password', async () => {
    const { of } = await look((_request, operation, recorded) =>
      operation === 'GET /v1.0/users'
        ? recorded().then((each) => ({ ...each, body: each.body.replaceAll('"accountEnabled":true', '"accountEnabled":false') }))
        : undefined,
    );
    expect(of('azure.service_account_user', 'svc-backup@larkspur.example')?.status).toBe('quarantined');
    expect(of('azure.user_password', 'password of svc-backup@larkspur.example')?.status).toBe('quarantined');
  });
});

describe('a service principal', () => {
  test.each([
    ['that may not sign in is set aside', '"accountEnabled":true', '"accountEnabled":false', 'quarantined'],
    ['that was deactivated too', '"isDisabled":null', '"isDisabled":true', 'quarantined'],
    [
      'that Microsoft disabled is not',
      '"disabledByMicrosoftStatus":null',
      '"disabledByMicrosoftStatus":"DisabledDueToViolationOfServicesAgreement"',
      'inactive',
    ],
  ])('%s', async (_name, find, replace, status) => {
    const { of } = await change('GET /v1.0/servicePrincipals', find, replace);
    expect(of('azure.service_principal', 'checkout-api')).toMatchObject({ status });
    expect(of('azure.service_principal', 'checkout-api')).not.toHaveProperty('statusSince');
  });

  test('that is deleted says since when, and until when it can be restored', async () => {
    const { of } = await look();
    expect(of('azure.service_principal', 'loyalty-mailer')).toMatchObject({
      status: 'deleted-recoverable',
      statusSince: '2026-11-05T14:22:09Z',
      expiresAt: '2026-12-05T14:22:09Z',
    });
  });

  test('has SAML certificates in use and to spare', async () => {
    const { of } = await look((request, operation, recorded) => {
      if (operation !== 'GET /v1.0/servicePrincipals' || !request.url.includes('skiptoken')) return undefined;
      return recorded().then((response) => ({
        ...response,
        body: response.body.replace(/"preferredTokenSigningKeyThumbprint":"[^"]+"/, '"preferredTokenSigningKeyThumbprint":"00"'),
      }));
    });
    expect(of('azure.saml_signing_certificate', 'CN=Microsoft Azure Federated SSO Certificate')).toMatchObject({ status: 'inactive' });
  });
});
