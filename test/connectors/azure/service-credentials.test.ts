import { describe, expect, test } from 'vitest';
import { httpDate } from '../../../connectors/azure/http-date.ts';
import { azure } from '../../../connectors/azure/index.ts';
import { type Fact, known } from '../../../src/model/fact.ts';
import { fact } from '../../../src/model/record.ts';
import { answer, edited, look, refusal } from './rig.ts';

const graph = 'POST /providers/Microsoft.ResourceGraph/resources';

describe('a date as HTTP writes it', () => {
  test.each([
    ['Thu, 31 Dec 2026 23:59:59 GMT', '2026-12-31T23:59:59Z'],
    ['Sun, 29 Feb 2032 00:00:00 GMT', '2032-02-29T00:00:00Z'],
  ])('%s', (text, expected) => {
    expect(httpDate(text)).toEqual(known(expected));
  });

  test.each([
    'Thu, 31 Dez 2026 23:59:59 GMT',
    'Thu, 30 Feb 2026 23:59:59 GMT',
    'Thu, 31 Dec 2026 23:59:59 +0100',
    '2026-12-31T23:59:59Z',
    1,
    null,
    undefined,
  ])('%s is none', (value) => {
    expect(httpDate(value)).toMatchObject({ state: 'unknown', why: 'malformed-response' });
  });
});

describe('certificates of services', () => {
  test('that an IoT hub has not verified let nobody in yet', async () => {
    const { of } = await look();
    expect(of('azure.iothub_certificate', 'scales-root')).toMatchObject({ status: 'active', expiresAt: '2026-12-31T23:59:59Z' });
    expect(of('azure.iothub_certificate', 'scales-next')).toMatchObject({ status: 'inactive', createdAt: '2026-11-02T14:00:00Z' });
  });

  test('of one service that refuses leave those of the others', async () => {
    const { rows, of } = await look((_request, operation) =>
      operation === 'GET {iotHubId}/certificates' ? refusal(403, 'AuthorizationFailed') : undefined,
    );
    expect(rows('azure.service_certificate')).toContainEqual(
      expect.objectContaining({ scope: 'iothubs/larkspur-scales', reason: 'permission-denied', requires: ['Reader'] }),
    );
    expect(of('azure.automation_certificate', 'AzureRunAsCertificate')).toMatchObject({ status: 'expired' });
  });
});

describe('named values of API Management', () => {
  test('that are no secrets are no records, and none has a value', async () => {
    const { records } = await look((request, operation, recorded) =>
      operation === 'GET {apiManagementId}/namedValues' && !request.url.includes('$skip')
        ? edited(recorded, '[scrubbed]', 'correct horse')
        : undefined,
    );
    const named = records.filter(({ kind }) => kind === 'azure.apim_named_value');
    expect(named.map(({ name, managedBy }) => [name, managedBy])).toEqual([
      ['paywell-signing-secret', 'customer'],
      ['shipfast-api-key', 'service'],
    ]);
    expect(JSON.stringify(records)).not.toContain('correct horse');
  });

  test('end where the link to the next page is empty', async () => {
    const { rows } = await look();
    expect(rows('azure.api_management')).toEqual([expect.objectContaining({ state: 'complete', count: 4 })]);
  });
});

describe('a subscription of API Management', () => {
  test.each([
    ['cancelled', 'inactive', '2026-07-01T00:00:00Z'],
    ['suspended', 'quarantined', undefined],
  ])('that is %s is %s, since when only where that is told', async (state, status, since) => {
    const { of } = await look((request, operation, recorded) =>
      operation === 'GET {apiManagementId}/subscriptions' && request.url.includes('$skiptoken')
        ? edited(recorded, '"state":"suspended"', `"state":"${state}"`).then(({ body, ...rest }) => ({
            ...rest,
            body: body.replace('"endDate":null', '"endDate":"2026-07-01T00:00:00Z"'),
          }))
        : undefined,
    );
    const subscription = of('azure.apim_subscription_key', 'brightmetrics feed');
    expect([subscription?.status, subscription?.statusSince]).toEqual([status, since]);
  });
});

describe('the publishing password of an app', () => {
  const policies = (ftp: unknown, scm: unknown) =>
    answer(200, { value: Object.entries({ ftp, scm }).map(([name, allow]) => ({ id: `/${name}`, name, properties: { allow } })) });

  test.each([
    ['is off where both ways refuse it', false, false, 'inactive'],
    ['is on where one way takes it', true, false, 'active'],
    ['is not off where one way does not say', null, false, 'unknown'],
  ])('%s', async (_name, ftp, scm, status) => {
    const { of } = await look((request, operation) =>
      operation === 'GET {siteId}/basicPublishingCredentialsPolicies' && request.url.includes('larkspur-export-fn')
        ? policies(ftp, scm)
        : undefined,
    );
    expect(of('azure.webapp_publishing_profile', 'larkspur-export-fn')).toMatchObject({ status });
  });

  test('is another one for a slot', async () => {
    const { of } = await look();
    expect(of('azure.webapp_publishing_profile', 'larkspur-storefront')).toMatchObject({ status: 'active', details: { scm: 'true' } });
    expect(of('azure.webapp_publishing_profile', 'larkspur-storefront/staging')).toMatchObject({ status: 'inactive' });
  });
});

describe('what Automation keeps', () => {
  test('has its first password where it was never changed, and else nobody knows', async () => {
    const { of } = await look();
    expect(of('azure.automation_credential', 'erp-import')).toMatchObject({ rotatedAt: '2024-02-01T08:00:00.910Z' });
    expect(of('azure.automation_credential', 'lee-sftp')).toMatchObject({ unknown: { rotatedAt: { why: 'not-offered' } } });
  });

  test('a webhook that was never called was watched since it was made', async () => {
    const { of } = await look();
    expect(of('azure.automation_webhook', 'start-export')).toMatchObject({ lastUsedAt: '2026-11-20T22:00:04.101Z', status: 'active' });
    expect(of('azure.automation_webhook', 'refresh-reporting')).toMatchObject({
      lastUsedAt: null,
      since: { lastUsedAt: '2024-12-01T10:00:00.575Z' },
    });
  });
});

describe('keys that Resource Graph shows', () => {
  test('function apps have host keys, other apps have none', async () => {
    const { records } = await look();
    expect(records.filter(({ kind }) => kind === 'azure.function_host_key').map(({ name }) => name)).toEqual(['larkspur-export-fn']);
  });

  test('an SSH key that is no key has no fingerprint', async () => {
    const { of } = await look((request, operation, recorded) =>
      operation === graph && request.body?.includes('sshpublickeys') === true && !request.body.includes('$skipToken')
        ? edited(recorded, '"publicKey":"ssh-ed25519 ', '"publicKey":"ssh-ed25519,')
        : undefined,
    );
    expect(of('azure.vm_ssh_key', 'lee-laptop')).toMatchObject({ unknown: { fingerprint: { why: 'malformed-response' } } });
    expect(of('azure.vm_ssh_key', 'ci-runners')).toMatchObject({ fingerprint: 'SHA256:HULevISzVzgL6FuBF+O/mE+9/ib/aCvCFK+hokY1pT0' });
  });

  test.each([
    ['larkspurlegacy signatures', 'active', 'the account sets no limit on how long they live', 'none'],
    ['larkspurassets signatures', 'inactive', 'those that live longer than 1.00:00:00 are refused', '1.00:00:00'],
  ])('%s: what their limit is worth', async (name, status, words, limit) => {
    const { of } = await look();
    expect(of('azure.storage_sas_policy', name)).toMatchObject({
      status,
      details: { limit },
      unknown: { expiresAt: { why: 'not-offered', detail: expect.stringContaining(words) as unknown } },
    });
  });

  test('a limit that is only logged holds nobody to it', async () => {
    const { of } = await look((request, operation, recorded) =>
      operation === graph && request.body?.includes('sshpublickeys') === true && request.body.includes('$skipToken')
        ? edited(recorded, '"expirationAction":"Block"', '"expirationAction":"Log"')
        : undefined,
    );
    expect(of('azure.storage_sas_policy', 'larkspurassets signatures')).toMatchObject({
      unknown: { expiresAt: { detail: expect.stringContaining('are only logged') as unknown } },
    });
  });

  test.each([
    ['"Enabled"', 'active', 'allowed'],
    ['"Disabled"', 'inactive', 'disabled'],
    ['null', 'unknown', 'not told'],
  ])('a Redis database whose switch is %s is %s', async (value, status, localAuthentication) => {
    const { of } = await look((request, operation, recorded) =>
      operation === 'GET {redisEnterpriseId}/databases' && request.url.includes('larkspur-catalog')
        ? edited(recorded, '"accessKeysAuthentication":"Enabled"', `"accessKeysAuthentication":${value}`)
        : undefined,
    );
    expect(of('azure.redis_enterprise_key', 'larkspur-catalog default')).toMatchObject({ status, details: { localAuthentication } });
  });
});

test('every service with keys says what its switch is, and why its keys have no date', async () => {
  const { records } = await look();
  const kinds = azure.surfaces.find(({ id }) => id === 'azure.service_key')?.kinds.map(({ kind }) => kind.id) ?? [];
  const keys = records.filter(({ kind, status }) => kinds.includes(kind) && status !== 'deleted-recoverable');
  expect(new Set(keys.map(({ kind }) => kind))).toEqual(new Set(kinds));
  for (const key of keys) {
    const { kind, details } = key;
    expect(details['localAuthentication'] ?? details['sharedKeyAccess'] ?? details['adminUser'], kind).toBeDefined();
    expect(fact<Readonly<Record<string, unknown>>, string>(key, 'rotatedAt'), kind).toSatisfy(
      (rotated: Fact<unknown>) => rotated.state === 'known' || (rotated.state === 'unknown' && rotated.detail !== undefined),
    );
  }
});
