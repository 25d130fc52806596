import { expect, test } from 'vitest';
import type { WireResponse } from '../../../src/connector/wire.ts';
import { json } from './client.ts';
import { deniedTo, lookAt, seconds } from './one-surface.ts';

const pool = { Id: 'eu-west-1_Pool', Name: 'shoppers' };
const made = (id: string, at: string) => ({ ClientSecretId: `c1--${id}`, ClientSecretCreateDate: seconds(at) });
const clientWith = (
  secrets: WireResponse,
  described: WireResponse = json({ UserPool: { Id: pool.Id, UserPoolTags: { owner: 'payments-team' } } }),
) =>
  lookAt('aws.cognito_app_client', {
    'cognito-idp:ListUserPools': json({ UserPools: [pool] }),
    'cognito-idp:DescribeUserPool': described,
    'cognito-idp:ListUserPoolClients': json({ UserPoolClients: [{ ClientId: 'c1', ClientName: 'web', UserPoolId: pool.Id }] }),
    'cognito-idp:ListUserPoolClientSecrets': secrets,
  });

test('each secret of a client has an age of its own, so that an old one does not hide behind its successor', async () => {
  const { identities, credentials } = await clientWith(
    json({ ClientSecrets: [made('1', '2025-01-01T00:00:00Z'), made('2', '2026-11-20T00:00:00Z')] }),
  );
  expect(identities).toMatchObject([{ id: 'c1', name: 'shoppers/web', tags: { owner: 'payments-team' } }]);
  expect(credentials).toMatchObject([
    { id: 'c1--1', identity: 'c1', rotatedAt: '2025-01-01T00:00:00Z' },
    { id: 'c1--2', identity: 'c1', rotatedAt: '2026-11-20T00:00:00Z' },
  ]);
});

test('a client without a secret is an identity without credentials', async () => {
  const { identities, credentials, rows } = await clientWith(json({ ClientSecrets: [] }));
  expect([identities.length, credentials.length]).toEqual([1, 0]);
  expect(rows).toMatchObject([{ state: 'complete', count: 1 }]);
});

test('no call is made that hands out a secret, and a value that comes unasked is left behind', async () => {
  const { credentials, identities, asked } = await clientWith(
    json({ ClientSecrets: [{ ...made('1', '2026-11-20T00:00:00Z'), ClientSecretValue: 'correct horse' }] }),
  );
  expect(asked).not.toContain('cognito-idp:DescribeUserPoolClient');
  expect(JSON.stringify([credentials, identities])).not.toContain('correct horse');
});

test('a pool that may not be described keeps its clients, with owners unknown', async () => {
  const { identities, rows } = await clientWith(json({ ClientSecrets: [] }), deniedTo('cognito-idp:DescribeUserPool', 400));
  expect(identities[0]?.unknown).toMatchObject({ owners: { why: 'permission-denied' } });
  expect(rows).toMatchObject([{ state: 'complete' }]);
});

test('clients whose secrets may not be listed are not clients without secrets', async () => {
  const { rows } = await clientWith(deniedTo('cognito-idp:ListUserPoolClientSecrets', 400));
  expect(rows).toMatchObject([{ state: 'denied', requires: ['cognito-idp:ListUserPoolClientSecrets'] }]);
});
