import { describe, expect, test } from 'vitest';
import { answer, edited, look, refusal } from './rig.ts';

const owners = 'GET /v1.0/applications/{id}/owners';
const storefront = '4a3daf6b-85eb-4c4c-8f97-b15e8aac4d04';

/** Changes the batch that asks for the owners of legacy-sync (0) and storefront-web (1). */
async function storefrontWith(change: (recorded: { responses: Record<string, unknown>[] }) => unknown) {
  const { of } = await look((request, operation, recorded) => {
    if (operation !== owners || request.body?.includes(storefront) !== true) return undefined;
    return recorded().then((response) => answer(200, change(JSON.parse(response.body) as { responses: Record<string, unknown>[] })));
  });
  return of('azure.app_registration', 'storefront-web');
}
const inside = (status: number, body: unknown) => (recorded: { responses: Record<string, unknown>[] }) => ({
  responses: recorded.responses.map((each) => (each['id'] === '1' ? { ...each, status, body } : each)),
});

describe('owners of applications', () => {
  test.each([
    ['refused inside a batch', inside(403, { error: { code: 'Authorization_RequestDenied', message: 'no' } }), 'permission-denied'],
    ['throttled inside a batch for ever', inside(429, { error: { code: 'TooManyRequests', message: 'slow' } }), 'throttled'],
    [
      'left out of a batch',
      (recorded: { responses: Record<string, unknown>[] }) => ({ responses: recorded.responses.slice(0, 1) }),
      'malformed-response',
    ],
    ['answered without a list', inside(200, { value: null }), 'malformed-response'],
    ['answered with something else', inside(200, 'none'), 'malformed-response'],
    ['without an id', inside(200, { value: [{ displayName: 'Lee' }] }), 'malformed-response'],
    ['continued at another place', inside(200, { value: [], '@odata.nextLink': 'https://graph.example/v1.0/x' }), 'malformed-response'],
  ])('are unknown, not none, when %s', async (_name, change, why) => {
    expect(await storefrontWith(change)).toMatchObject({ owners: [], unknown: { owners: { why } } });
  });

  test('are unknown when the batch itself is refused, and the rest of the record stays', async () => {
    const { of, rows } = await look((_request, operation) =>
      operation === owners ? refusal(403, 'Authorization_RequestDenied') : undefined,
    );
    expect(of('azure.app_registration', 'legacy-sync')).toMatchObject({
      createdAt: '2020-09-21T06:18:03Z',
      unknown: { owners: { why: 'permission-denied' } },
    });
    expect(rows('azure.application')).toMatchObject([{ state: 'complete' }]);
  });

  test('are asked again when one request of a batch was throttled', async () => {
    let asked = 0;
    const { of } = await look((request, operation, recorded) => {
      if (operation !== owners || request.body?.includes(storefront) !== true || (asked += 1) > 1) return undefined;
      return recorded().then((response) =>
        answer(200, inside(429, { error: {} })(JSON.parse(response.body) as { responses: Record<string, unknown>[] })),
      );
    });
    expect(asked).toBe(2);
    expect(of('azure.app_registration', 'storefront-web')).toMatchObject({ owners: [{ ref: 'lee.sandoval@larkspur.example' }] });
  });

  test.each([
    [
      'by mail before login',
      { id: '1', mail: 'lee@larkspur.example', userPrincipalName: 'l@larkspur.onmicrosoft.com' },
      'lee@larkspur.example',
    ],
    ['by login', { id: '1', mail: null, userPrincipalName: 'lee.sandoval@larkspur.example' }, 'lee.sandoval@larkspur.example'],
    [
      'a guest without mail by id, since the login names this tenant',
      { id: '1', userPrincipalName: 'lee_gmail.com#EXT#@larkspur.onmicrosoft.com' },
      '1',
    ],
    ['an application by its own id', { id: '1', appId: 'a2c07a1f', displayName: 'deployer' }, 'a2c07a1f'],
    ['who may not be read by id', { id: '1', displayName: null, userPrincipalName: null, mail: null }, '1'],
  ])('are named %s', async (_name, owner, ref) => {
    expect(await storefrontWith(inside(200, { value: [owner] }))).toMatchObject({ owners: [{ role: 'technical', ref }] });
  });

  test('are read from every page of an answer inside a batch', async () => {
    const next = 'https://graph.microsoft.com/v1.0/applications/x/owners?$skiptoken=2';
    const { of } = await look((request, operation, recorded) => {
      if (request.url === next) return answer(200, { value: [{ id: '2', mail: 'tomas.lind@larkspur.example' }] });
      if (operation !== owners || request.body?.includes(storefront) !== true) return undefined;
      return edited(recorded, '"@odata.context":', `"@odata.nextLink":"${next}","@odata.context":`);
    });
    expect(of('azure.app_registration', 'legacy-sync')).toMatchObject({ owners: [{ ref: 'tomas.lind@larkspur.example' }] });
  });
});
