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

describe('a service principal', () => {
  test('without sign-in is inactive', async () => {
    const { of } = await change('GET /v1.0/servicePrincipals', '"accountEnabled":true', '"accountEnabled":false');
    expect(of('azure.service_principal', 'checkout-api')?.status).toBe('inactive');
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
