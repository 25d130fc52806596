import { describe, expect, test } from 'vitest';
import { azure } from '../../../connectors/azure/index.ts';
import { createdAtOf, lastUsedAtOf } from '../../../connectors/azure/sign-in-report.ts';
import { known } from '../../../src/model/fact.ts';
import { run } from '../../contract/rig.ts';
import { answer, look, refusal, tenant } from './rig.ts';

const report = 'GET /beta/reports/appCredentialSignInActivities';

describe('the sign-in report', () => {
  test.each([
    ['refused', () => refusal(403, 'Authorization_RequestDenied'), 'permission-denied'],
    ['not licensed', () => refusal(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant'), 'not-licensed'],
    ['throttled for ever', () => refusal(429, 'TooManyRequests'), 'throttled'],
    ['no report at all', () => answer(200, { rows: [] }), 'malformed-response'],
  ])('costs last use and creation when it is %s, and nothing else', async (_name, say, why) => {
    const { of, rows } = await look((_request, operation) => (operation === report ? say() : undefined));
    expect(of('azure.app_secret', 'web')).toMatchObject({
      expiresAt: '2027-02-01T10:00:00Z',
      unknown: { createdAt: { why }, rotatedAt: { why }, lastUsedAt: { why } },
    });
    expect([...rows('azure.application'), ...rows('azure.service_principal')].map(({ state }) => state)).toEqual(['complete', 'complete']);
  });

  test('is read once for all surfaces', async () => {
    const asked: Parameters<typeof look>[1] = [];
    await look(undefined, asked);
    expect(asked.filter(({ url }) => url.includes('/beta/reports/appCredential'))).toHaveLength(2);
  });

  test('is not asked for outside the global cloud', async () => {
    const { records, operations } = await run(azure, { tenants: [{ id: tenant }], cloud: 'usgov' }, ({ url }) => {
      expect(new URL(url).hostname).toMatch(/\.(us|net)$/);
      expect(url).not.toContain('verifiedPublisher');
      if (!url.includes('/applications'))
        return answer(200, { value: [], data: [], count: 0, totalRecords: 0, resultTruncated: 'false', responses: [] });
      const secret = { keyId: 'k', displayName: 'gov', startDateTime: '2026-01-01T00:00:00Z', endDateTime: null };
      return answer(200, { value: [{ id: 'a', displayName: 'app', passwordCredentials: [secret], keyCredentials: [] }] });
    });
    expect([...operations]).not.toContain(report);
    expect(records.find(({ id }) => id === 'k')).toMatchObject({
      expiresAt: null,
      unknown: { lastUsedAt: { why: 'not-offered' }, createdAt: { why: 'not-offered' } },
    });
  });

  const watchedSince = '2026-10-22T00:00:00Z';
  const reading = (createdAt: unknown, lastSignInAt: unknown) =>
    known({ readAt: '2026-11-21T00:00:00Z', watchedSince, rows: new Map([['k', { createdAt, lastSignInAt }]]) });

  test.each([
    ['a time', '2026-11-20T22:41:07Z', { state: 'known', value: '2026-11-20T22:41:07Z' }],
    ['a row without a sign-in', null, { state: 'absent', since: watchedSince }],
    ['the offset of the official samples', '2021-03-18T00:00:00-8:00', { state: 'unknown', why: 'malformed-response' }],
    ['a number', 1_700_000_000, { state: 'unknown', why: 'malformed-response' }],
  ])('gives last use from %s', (_name, lastSignInAt, expected) => {
    expect(lastUsedAtOf(reading(undefined, lastSignInAt), 'k')).toMatchObject(expected);
  });

  test('claims "not used" for its window only, and no creation, where it has no row', () => {
    expect(lastUsedAtOf(reading(undefined, undefined), 'other')).toEqual({ state: 'absent', since: watchedSince });
    expect(createdAtOf(reading('2026-01-01T00:00:00Z', undefined), 'other')).toMatchObject({ state: 'unknown', why: 'not-offered' });
  });
});
