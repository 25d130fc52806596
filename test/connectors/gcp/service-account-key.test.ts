import { describe, expect, test } from 'vitest';
import { fact } from '../../../src/model/record.ts';
import { account, email, errorInfo, google, key, lookAtGoogle, refused } from './rig.ts';

const keySurface = 'gcp.service_account_key';
const denied = refused(403, 'PERMISSION_DENIED', "Permission 'iam.serviceAccountKeys.list' denied on resource (or it may not exist).");
const analyzerOff = refused(
  403,
  'PERMISSION_DENIED',
  'Policy Analyzer API has not been used in project 481516234200 before or it is disabled.',
  errorInfo('SERVICE_DISABLED', { service: 'policyanalyzer.googleapis.com' }),
);

describe('service account keys', () => {
  test('one unreadable service account is a gap of its own and hides no other', async () => {
    const { records, coverage } = await lookAtGoogle(
      google({
        accounts: [account('first'), account('closed'), account('last')],
        keys: { first: { body: { keys: [key('first', 'aa')] } }, closed: denied, last: { body: { keys: [key('last', 'bb')] } } },
      }),
    );
    expect(records.filter(({ kind }) => kind === keySurface).map(({ name }) => name)).toEqual(['aa', 'bb']);
    expect(coverage.filter(({ surface }) => surface === keySurface)).toEqual([
      expect.objectContaining({ scope: `service-account/${email('closed')}`, state: 'denied', requires: ['iam.serviceAccountKeys.list'] }),
      expect.objectContaining({ scope: 'project/larkspur-analytics', state: 'partial', count: 2 }),
    ]);
  });

  test('when no service account can be read, the surface is denied in one row', async () => {
    const { coverage } = await lookAtGoogle(google({ accounts: [account('a'), account('b')], keys: { a: denied, b: denied } }));
    expect(coverage.filter(({ surface }) => surface === keySurface)).toEqual([
      expect.objectContaining({
        scope: 'project/larkspur-analytics',
        state: 'denied',
        count: 0,
        requires: ['iam.serviceAccountKeys.list'],
      }),
    ]);
  });

  test('a service account without an address is a gap, not the end of the others', async () => {
    const { coverage } = await lookAtGoogle(
      google({
        accounts: [account('good'), { name: 'projects/p/serviceAccounts/x' }, 7],
        keys: { good: { body: { keys: [key('good', 'aa')] } } },
      }),
    );
    const rows = coverage.filter(({ surface }) => surface === keySurface);
    expect(rows.map(({ scope }) => scope)).toEqual(['service-account/unnamed', 'service-account/unnamed', 'project/larkspur-analytics']);
  });

  test('a project without service accounts, or without keys, is completely read', async () => {
    for (const accounts of [[], [account('keyless')]]) {
      const { coverage, requests } = await lookAtGoogle(google({ accounts }));
      expect(coverage.map(({ state }) => state)).toEqual(['complete', 'complete']);
      expect(requests.filter(({ url }) => url.includes('serviceAccountKeyLastAuthentication'))).toEqual([]);
    }
  });

  test('asks for the service accounts once, and once for the last use of all keys', async () => {
    const { requests } = await lookAtGoogle(
      google({
        accounts: [account('a'), account('b')],
        keys: { a: { body: { keys: [key('a', 'aa'), key('a', 'ab')] } }, b: { body: { keys: [key('b', 'ba')] } } },
      }),
    );
    const paths = requests.map(({ url }) => new URL(url).pathname);
    expect(paths.filter((path) => path.endsWith('/serviceAccounts'))).toHaveLength(1);
    expect(paths.filter((path) => path.endsWith('/activities:query'))).toHaveLength(2);
    expect(paths.filter((path) => path.endsWith('/keys'))).toHaveLength(2);
  });

  test.each([
    ['is off', analyzerOff, { state: 'unknown', why: 'not-enabled' }],
    ['refuses', refused(403, 'PERMISSION_DENIED', 'The caller does not have permission'), { state: 'unknown', why: 'permission-denied' }],
    ['knows nothing at all', { body: {} }, { state: 'unknown', why: 'not-offered' }],
  ])('where Activity Analyzer %s, the last use is unknown and the keys are not', async (_case, answer, expected) => {
    const uses = { serviceAccountLastAuthentication: answer, serviceAccountKeyLastAuthentication: answer };
    const { records, coverage } = await lookAtGoogle(
      google({ accounts: [account('a')], keys: { a: { body: { keys: [key('a', 'aa')] } } }, uses }),
    );
    expect(records).toHaveLength(2);
    for (const record of records) expect(fact(record as { lastUsedAt?: string }, 'lastUsedAt')).toMatchObject(expected);
    expect(coverage.map(({ state }) => state)).toEqual(['complete', 'complete']);
  });

  test('one public key uploaded to two service accounts keeps two last uses', async () => {
    const entry = (name: string, lastAuthenticatedTime: string) => ({
      fullResourceName: `//iam.googleapis.com/projects/larkspur-analytics/serviceAccounts/${email(name)}/keys/aa`,
      observationPeriod: { startTime: '2025-06-01T07:00:00Z', endTime: '2026-11-20T08:00:00Z' },
      activity: { lastAuthenticatedTime },
    });
    const { records } = await lookAtGoogle(
      google({
        accounts: [account('a'), account('b')],
        keys: { a: { body: { keys: [key('a', 'aa')] } }, b: { body: { keys: [key('b', 'aa')] } } },
        uses: {
          serviceAccountKeyLastAuthentication: {
            body: { activities: [entry('b', '2026-11-01T07:00:00Z'), entry('a', '2026-01-01T08:00:00Z')] },
          },
        },
      }),
    );
    expect(records.filter(({ kind }) => kind === keySurface).map(({ lastUsedAt }) => lastUsedAt)).toEqual([
      '2026-01-01T08:00:00Z',
      '2026-11-01T07:00:00Z',
    ]);
  });

  test('a private key in a hostile answer goes nowhere', async () => {
    const { records, coverage } = await lookAtGoogle(
      google({ accounts: [account('a')], keys: { a: { body: { keys: [key('a', 'aa', { privateKeyData: 'c2VjcmV0LW1hdGVyaWFs' })] } } } }),
    );
    expect(JSON.stringify([records, coverage])).not.toContain('c2VjcmV0LW1hdGVyaWFs');
  });

  test('a key that Google rotates by itself is the provider’s', async () => {
    const keys = { a: { body: { keys: [key('a', 'aa', { keyType: 'SYSTEM_MANAGED' })] } } };
    const { records } = await lookAtGoogle(google({ accounts: [account('a')], keys }));
    expect(records.at(-1)?.managedBy).toBe('provider');
  });

  test('an address with a slash cannot lead the request elsewhere', async () => {
    const seen = await lookAtGoogle(google({ accounts: [account('a', { email: 'a/../../projects/other?x=' })] }));
    expect(seen.requests.map(({ url }) => new URL(url).pathname).filter((path) => path.endsWith('/keys'))).toEqual([]);
    expect(seen.coverage.find(({ surface }) => surface === keySurface)).toMatchObject({ state: 'partial', reason: 'malformed-response' });
  });
});
