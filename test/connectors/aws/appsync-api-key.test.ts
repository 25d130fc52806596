import { describe, expect, test } from 'vitest';
import { json } from './client.ts';
import { type Answer, deniedTo, lookAt, seconds } from './one-surface.ts';

const apiArn = 'arn:aws:appsync:eu-west-1:111122223333:apis/shop';
const key = `da2-${'k7'.repeat(13)}`;

const shop = { apiId: 'shop', arn: apiArn, name: 'shop', tags: { workload: 'storefront' } };
const keysOf = (apiKeys: Answer, api: object = {}) =>
  lookAt('aws.appsync_api_key', {
    'appsync:ListGraphqlApis': json({ graphqlApis: [{ ...shop, ...api }] }),
    'appsync:ListApiKeys': apiKeys,
  });

test('a key, which is its own id, goes no further than its digest', async () => {
  const { credentials } = await keysOf(json({ apiKeys: [{ id: key, expires: seconds('2027-01-01T00:00:00Z') }] }));
  expect(JSON.stringify(credentials)).not.toContain(key.slice(4));
  expect(credentials.map(({ id }) => id)).toEqual([
    expect.stringMatching(/^arn:aws:appsync:eu-west-1:111122223333:apis\/shop\/apikeys\/da2-[0-9a-f]{16}$/),
  ]);
});

test('two keys of one API have two ids, the same ones in every run', async () => {
  const listed = json({ apiKeys: [{ id: key }, { id: key.replace('k7', 'x1') }] });
  const [one, other] = [await keysOf(listed), await keysOf(listed)].map(({ credentials }) => credentials.map(({ id }) => id));
  expect(new Set(one).size).toBe(2);
  expect(other).toEqual(one);
});

describe('the end of a key', () => {
  test.each([
    ['of the present version is in seconds', key, seconds('2027-01-01T00:00:00Z'), '2027-01-01T00:00:00Z', 'active'],
    [
      'of the first version is in milliseconds',
      `da1-${'k7'.repeat(13)}`,
      Date.parse('2018-02-21T00:00:00Z'),
      '2018-02-21T00:00:00Z',
      'expired',
    ],
    ['is reached at its very second', key, seconds('2026-11-21T00:00:00Z'), '2026-11-21T00:00:00Z', 'expired'],
    ['is not reached a second before', key, seconds('2026-11-21T00:00:01Z'), '2026-11-21T00:00:01Z', 'active'],
  ])('%s', async (_what, id, expires, expiresAt, status) => {
    expect((await keysOf(json({ apiKeys: [{ id, expires }] }))).credentials).toMatchObject([{ expiresAt, status }]);
  });

  test('is unknown where AWS leaves it out, as it always has one', async () => {
    const { credentials } = await keysOf(json({ apiKeys: [{ id: key }] }));
    expect(credentials[0]?.unknown).toMatchObject({ expiresAt: { why: 'malformed-response' } });
  });
});

test('the owner contact of the API is a claim of an owner', async () => {
  const { credentials } = await keysOf(json({ apiKeys: [{ id: key }] }), { ownerContact: 'platform-team' });
  expect(credentials).toMatchObject([{ owners: [{ role: 'technical', ref: 'platform-team' }], tags: { workload: 'storefront' } }]);
});

describe('an API whose keys may not be listed', () => {
  const apis = json({ graphqlApis: [shop, { ...shop, apiId: 'closed', arn: `${apiArn}-closed` }] });

  test('has a row of its own beside those that may', async () => {
    const { credentials, rows } = await lookAt('aws.appsync_api_key', {
      'appsync:ListGraphqlApis': apis,
      'appsync:ListApiKeys': ({ url }) => (url.includes('closed') ? deniedTo('appsync:ListApiKeys') : json({ apiKeys: [{ id: key }] })),
    });
    expect(credentials).toHaveLength(1);
    expect(rows).toMatchObject([
      { scope: 'account/111122223333/eu-west-1/api/closed', state: 'denied', requires: ['appsync:ListApiKeys'] },
      { scope: 'account/111122223333/eu-west-1', state: 'partial', count: 1 },
    ]);
  });

  test('closes the place where none may', async () => {
    const { rows } = await lookAt('aws.appsync_api_key', {
      'appsync:ListGraphqlApis': apis,
      'appsync:ListApiKeys': deniedTo('appsync:ListApiKeys'),
    });
    expect(rows).toMatchObject([{ scope: 'account/111122223333/eu-west-1', state: 'denied', requires: ['appsync:ListApiKeys'] }]);
  });
});
