import { describe, expect, test } from 'vitest';
import { edited, look, refusal } from './rig.ts';

const applications = 'GET /v1.0/applications';
const nextLink = /"@odata.nextLink":"[^"]+"/;

describe('pages of the directory', () => {
  test.each([
    ['another host', 'https://graph.example/v1.0/applications'],
    ['plain http', 'http://graph.microsoft.com/v1.0/applications'],
    ['no address', 'page two'],
    ['a list', ['https://graph.microsoft.com/v1.0/applications']],
  ])('are not followed to %s, and what came before stays', async (_name, link) => {
    const asked: Parameters<typeof look>[1] = [];
    const { rows } = await look((request, operation, recorded) => {
      if (operation !== applications || request.url.includes('skiptoken')) return undefined;
      return recorded().then((response) => ({
        ...response,
        body: response.body.replace(nextLink, `"@odata.nextLink":${JSON.stringify(link)}`),
      }));
    }, asked);
    expect(rows('azure.application')).toMatchObject([{ state: 'partial', reason: 'malformed-response', count: 5 }]);
    expect(asked.map(({ url }) => new URL(url).host)).not.toContain('graph.example');
    expect(asked.every(({ url }) => url.startsWith('https://'))).toBe(true);
  });

  test('end when a link leads back', async () => {
    const { rows } = await look((request, operation, recorded) => {
      if (operation !== applications || request.url.includes('skiptoken')) return undefined;
      return edited(recorded, '"@odata.nextLink":', `"@odata.nextLink":${JSON.stringify(request.url)},"@odata.before":`);
    });
    expect(rows('azure.application')).toMatchObject([{ state: 'partial', reason: 'malformed-response' }]);
  });

  test('are asked for after those of whoever else works in the tenant', async () => {
    const asked: NonNullable<Parameters<typeof look>[1]> = [];
    await look(undefined, asked);
    const priorities = (host: string) =>
      new Set(asked.filter(({ url }) => new URL(url).host === host).map(({ headers }) => headers['x-ms-throttle-priority']));
    expect(priorities('graph.microsoft.com')).toEqual(new Set(['low']));
    expect(priorities('management.azure.com')).toEqual(new Set([undefined]));
  });

  test('are partial when the second is refused', async () => {
    const { rows } = await look((request, operation) => {
      return operation === applications && request.url.includes('skiptoken') ? refusal(403, 'Authorization_RequestDenied') : undefined;
    });
    expect(rows('azure.application')).toMatchObject([
      { state: 'partial', reason: 'permission-denied', requires: ['Application.Read.All'], count: 5 },
    ]);
  });

  test('without the lists that were asked for are unread, never empty', async () => {
    const { rows, of } = await look((request, operation, recorded) => {
      if (operation !== applications || request.url.includes('skiptoken')) return undefined;
      return edited(recorded, '"keyCredentials":', '"keys":');
    });
    expect(rows('azure.application')).toMatchObject([{ state: 'partial', reason: 'malformed-response', count: 9 }]);
    expect(of('azure.app_registration', 'checkout-api')).toBeUndefined();
  });
});
