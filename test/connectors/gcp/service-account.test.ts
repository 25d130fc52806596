import { describe, expect, test } from 'vitest';
import { account, google, lookAtGoogle } from './rig.ts';

describe('service accounts', () => {
  test.each([
    ['an own one', account('shop'), { status: 'active', managedBy: 'customer', purpose: null }],
    ['a disabled one', account('shop', { disabled: true }), { status: 'inactive' }],
    ['a described one', account('shop', { description: 'Resizes images' }), { purpose: 'Resizes images' }],
    [
      'a named one has no purpose by that',
      account('shop', { displayName: 'Shop' }),
      { purpose: null, details: { uniqueId: '1000-shop', displayName: 'Shop' } },
    ],
    [
      'the default one of Compute Engine',
      account('x', { email: '481516234200-compute@developer.gserviceaccount.com' }),
      { managedBy: 'service', details: { uniqueId: '1000-x', defaultOf: 'Compute Engine' } },
    ],
    [
      'the default one of App Engine',
      account('x', { email: 'larkspur-analytics@appspot.gserviceaccount.com' }),
      { managedBy: 'service', details: { uniqueId: '1000-x', defaultOf: 'App Engine' } },
    ],
  ])('%s', async (_case, item, expected) => {
    const { records } = await lookAtGoogle(google({ accounts: [item] }));
    expect(records[0]).toMatchObject(expected);
  });

  test('a list whose pages go in circles is broken off, and what was read stays', async () => {
    const { records, coverage } = await lookAtGoogle((request) =>
      request.url.includes('activities:query') || request.url.includes('/keys')
        ? { body: {} }
        : { body: { accounts: [account('a')], nextPageToken: 'again' } },
    );
    expect(records.length).toBeGreaterThan(0);
    expect(coverage).toEqual([
      expect.objectContaining({ surface: 'gcp.service_account', state: 'partial', reason: 'malformed-response', count: 3 }),
      expect.objectContaining({ surface: 'gcp.service_account_key', state: 'partial', reason: 'malformed-response' }),
    ]);
  });

  test('every project has coverage of its own, and a missing one stops no other', async () => {
    const { coverage } = await lookAtGoogle(
      ({ url }) =>
        url.includes('/projects/gone/')
          ? { status: 404, body: { error: { code: 404, message: 'Unknown project: gone', status: 'NOT_FOUND' } } }
          : { body: { accounts: [account('a')] } },
      { settings: { projects: ['gone', 'larkspur-analytics'] } },
    );
    expect(coverage.filter(({ surface }) => surface === 'gcp.service_account')).toEqual([
      expect.objectContaining({ scope: 'project/gone', state: 'partial', reason: 'unreachable', detail: 'Unknown project: gone' }),
      expect.objectContaining({ scope: 'project/larkspur-analytics', state: 'complete' }),
    ]);
  });
});
