import { describe, expect, test } from 'vitest';
import { json } from './client.ts';
import { lookAt, seconds } from './one-surface.ts';

const made = { createdDate: seconds('2026-01-01T00:00:00Z') };

describe('an API key', () => {
  const keyed = (key: object) =>
    lookAt('aws.apigateway_api_key', { 'apigateway:GetApiKeys': json({ item: [{ id: 'k1', ...made, ...key }] }) });

  test('is listed without its value, and one that comes unasked is left behind', async () => {
    const { credentials, requests } = await keyed({ value: 'correct horse', enabled: true });
    expect(requests.every(({ url }) => !/includeValues?/i.test(url))).toBe(true);
    expect(JSON.stringify(credentials)).not.toContain('correct horse');
  });

  test('is as old as the day it was made, whatever was changed since', async () => {
    const { credentials } = await keyed({ enabled: true, lastUpdatedDate: seconds('2026-11-20T00:00:00Z') });
    expect(credentials).toMatchObject([{ rotatedAt: '2026-01-01T00:00:00Z', details: { updatedAt: '2026-11-20T00:00:00Z' } }]);
  });

  test.each([
    [true, 'active'],
    [false, 'inactive'],
    [undefined, 'unknown'],
  ])('that says enabled: %s is %s', async (enabled, status) => {
    expect((await keyed({ enabled })).credentials).toMatchObject([{ status }]);
  });
});

describe('a client certificate', () => {
  const certified = (certificate: object) =>
    lookAt('aws.apigateway_client_certificate', {
      'apigateway:GetClientCertificates': json({ item: [{ clientCertificateId: 'c1', ...made, ...certificate }] }),
    });

  test.each([
    ['2026-11-21T00:00:00Z', 'expired'],
    ['2026-11-21T00:00:01Z', 'active'],
  ])('that ends at %s is %s', async (end, status) => {
    expect((await certified({ expirationDate: seconds(end) })).credentials).toMatchObject([{ expiresAt: end, status }]);
  });

  test('that cannot be parsed has an unknown fingerprint', async () => {
    const { credentials } = await certified({ pemEncodedCertificate: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' });
    expect(credentials[0]?.unknown).toMatchObject({ fingerprint: { why: 'malformed-response' } });
  });
});

test('an answer without a list is not an empty list', async () => {
  const { rows } = await lookAt('aws.apigateway_api_key', { 'apigateway:GetApiKeys': json({}) });
  expect(rows).toMatchObject([{ state: 'partial', reason: 'malformed-response' }]);
});
