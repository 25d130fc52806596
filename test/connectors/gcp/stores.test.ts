import { describe, expect, test } from 'vitest';
import type { InventoryRecord } from '../../../src/model/inventory.ts';
import { fact } from '../../../src/model/record.ts';
import { type Answer, lookAtGoogle, refused } from './rig.ts';

const denied = refused(403, 'PERMISSION_DENIED', 'The caller does not have permission');

/** One surface over answers by the end of the path. */
async function look(surface: string, answers: Readonly<Record<string, Answer>>) {
  const answer = (url: string): Answer => {
    const path = decodeURIComponent(new URL(url).pathname);
    return Object.entries(answers).find(([end]) => path.endsWith(end))?.[1] ?? { body: {} };
  };
  return lookAtGoogle((request) => answer(request.url), { surfaces: [surface] });
}
const first = ({ records }: { readonly records: readonly InventoryRecord[] }): InventoryRecord => {
  const [record] = records;
  if (!record) throw new Error('no record');
  return record;
};
const at = (record: InventoryRecord, name: string) => fact(record as Readonly<Record<string, unknown>>, name);

describe('secrets', () => {
  const secret = (more: object = {}): Answer => ({
    body: { secrets: [{ name: 'projects/1/secrets/s', createTime: '2024-01-01T00:00:00Z', ...more }] },
  });
  const version = (createTime: string): object => ({ name: 'projects/1/secrets/s/versions/1', state: 'ENABLED', createTime });

  test('are as old as their newest version that can be read, in whatever order', async () => {
    const versions = {
      body: { versions: [version('2025-01-01T00:00:00Z'), version('2026-01-01T00:00:00Z'), version('2024-01-01T00:00:00Z')] },
    };
    const record = first(await look('gcp.secret', { '/secrets': secret(), '/versions': versions }));
    expect(at(record, 'rotatedAt')).toEqual({ state: 'known', value: '2026-01-01T00:00:00Z' });
    expect(record.status).toBe('active');
  });

  test('with only disabled and destroyed versions are dead, not stale', async () => {
    expect(first(await look('gcp.secret', { '/secrets': secret(), '/versions': { body: {} } })).status).toBe('inactive');
  });

  test('whose versions are closed are neither', async () => {
    const record = first(await look('gcp.secret', { '/secrets': secret(), '/versions': denied }));
    expect(record.status).toBe('unknown');
    expect(at(record, 'rotatedAt')).toMatchObject({ state: 'unknown', why: 'permission-denied' });
  });

  test('a rotation schedule is a notice: nothing is due by it, and nothing was rotated', async () => {
    const rotation = { rotation: { nextRotationTime: '2026-01-01T00:00:00Z', rotationPeriod: '2592000s' } };
    const versions = { body: { versions: [version('2024-01-01T00:00:00Z')] } };
    const record = first(await look('gcp.secret', { '/secrets': secret(rotation), '/versions': versions }));
    expect(record).not.toHaveProperty('rotationDueAt');
    expect(at(record, 'rotatedAt')).toEqual({ state: 'known', value: '2024-01-01T00:00:00Z' });
    expect(record.details).toMatchObject({ rotation: 'notices only', nextNoticeAt: '2026-01-01T00:00:00Z' });
  });

  test('managed rotation is due at its date', async () => {
    const rotation = { rotation: { nextRotationTime: '2026-12-01T00:00:00Z', managedRotationStatus: { state: 'ACTIVE' } } };
    const record = first(await look('gcp.secret', { '/secrets': secret(rotation) }));
    expect(at(record, 'rotationDueAt')).toEqual({ state: 'known', value: '2026-12-01T00:00:00Z' });
  });

  test('a location that does not answer is a gap, and global secrets stay', async () => {
    const { records, coverage } = await lookAtGoogle(
      ({ url }) => {
        if (url.includes('rep.googleapis.com')) return denied;
        return url.includes('/versions') ? { body: {} } : secret();
      },
      { surfaces: ['gcp.secret'], settings: { projects: ['larkspur-analytics'], secretLocations: ['europe-west1'] } },
    );
    expect(records).toHaveLength(1);
    expect(coverage.map(({ scope, state }) => `${scope} ${state}`)).toEqual([
      'project/larkspur-analytics/europe-west1 denied',
      'project/larkspur-analytics partial',
    ]);
  });
});

describe('API keys', () => {
  const key = (more: object): Answer => ({
    body: { keys: [{ name: 'projects/1/locations/global/keys/u', uid: 'u', createTime: '2024-01-01T00:00:00Z', ...more }] },
  });

  test('soft-deleted ones can come back for 30 days', async () => {
    expect(first(await look('gcp.api_key', { '/keys': key({ deleteTime: '2026-11-01T00:00:00Z' }) })).status).toBe('deleted-recoverable');
  });

  test('those that Firebase makes are public by design: their age is not the customer’s', async () => {
    expect(first(await look('gcp.api_key', { '/keys': key({ displayName: 'Browser key (auto created by Firebase)' }) })).managedBy).toBe(
      'service',
    );
  });

  test('without restrictions they open everything', async () => {
    const record = first(await look('gcp.api_key', { '/keys': key({}) }));
    expect(record.details).toMatchObject({ apiRestriction: 'none', clientRestriction: 'none' });
    expect(record.privileges?.[0]).toContain('every API');
  });

  test('bound to a service account they prove it', async () => {
    const record = first(await look('gcp.api_key', { '/keys': key({ serviceAccountEmail: 'a@p.iam.gserviceaccount.com' }) }));
    expect(at(record, 'identity')).toEqual({ state: 'known', value: 'projects/p/serviceAccounts/a@p.iam.gserviceaccount.com' });
  });
});

describe('KMS keys', () => {
  const key = (more: object): Answer => ({
    body: { cryptoKeys: [{ name: 'projects/p/locations/l/keyRings/r/cryptoKeys/k', createTime: '2024-01-01T00:00:00Z', ...more }] },
  });

  test('for signing have no primary version: when they were rotated is unknown, and no schedule is expected', async () => {
    const record = first(await look('gcp.kms_key', { '/cryptoKeys': key({ purpose: 'ASYMMETRIC_SIGN' }) }));
    expect(at(record, 'rotatedAt')).toMatchObject({ state: 'unknown', why: 'not-offered' });
    expect(record).not.toHaveProperty('rotationDueAt');
  });

  test('for encryption without a schedule say so', async () => {
    const primary = { state: 'ENABLED', createTime: '2024-01-01T00:00:00Z' };
    const record = first(await look('gcp.kms_key', { '/cryptoKeys': key({ purpose: 'ENCRYPT_DECRYPT', primary }) }));
    expect(at(record, 'rotationDueAt')).toEqual({ state: 'absent' });
    expect(record.status).toBe('active');
  });
});

test('the secret of an OAuth client is not asked for, and not kept where it comes all the same', async () => {
  const seen = await look('gcp.iam_oauth_client', {
    '/oauthClients': { body: { oauthClients: [{ name: 'projects/1/locations/global/oauthClients/c', state: 'ACTIVE' }] } },
    '/credentials': {
      body: {
        oauthClientCredentials: [
          {
            name: 'projects/1/locations/global/oauthClients/c/credentials/x',
            clientSecret: 'c2VjcmV0',
            createTime: '2024-01-01T00:00:00Z',
          },
        ],
      },
    },
  });
  expect(JSON.stringify(seen.records)).not.toContain('c2VjcmV0');
  expect(seen.requests.find(({ url }) => url.includes('/credentials'))?.url).not.toContain('clientSecret');
  expect(seen.records).toHaveLength(2);
});

test('a certificate that is still being made is not one without an end', async () => {
  const item = {
    name: 'projects/p/locations/global/certificates/c',
    createTime: '2026-11-20T00:00:00Z',
    managed: { state: 'PROVISIONING' },
  };
  const record = first(await look('gcp.certificate', { '/certificates': { body: { certificates: [item] } } }));
  expect(record.status).toBe('inactive');
  expect(at(record, 'expiresAt').state).toBe('unknown');
});

test('a location that Google could not reach is a gap', async () => {
  const { coverage } = await look('gcp.certificate', { '/certificates': { body: { unreachable: ['projects/p/locations/us-west1'] } } });
  expect(coverage.map(({ state }) => state)).toEqual(['partial', 'partial']);
});

test('a stopped database hides no other', async () => {
  const { records, coverage } = await look('gcp.sql_user', {
    '/instances': { body: { items: [{ name: 'stopped' }, { name: 'running' }] } },
    'stopped/users': refused(400, 'FAILED_PRECONDITION', 'Invalid request since instance is not running.'),
    'running/users': { body: { items: [{ name: 'shop' }] } },
  });
  expect(records.map(({ kind }) => kind)).toEqual(['gcp.sql_user', 'gcp.sql_password']);
  expect(coverage.map(({ scope, state }) => `${scope} ${state}`)).toEqual([
    'sql-instance/stopped partial',
    'project/larkspur-analytics partial',
  ]);
});
