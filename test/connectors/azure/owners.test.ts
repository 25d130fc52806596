import { describe, expect, test } from 'vitest';
import { askBatch } from '../../../connectors/azure/batch.ts';
import { answer, edited, look, observed, refusal } from './rig.ts';

const owners = 'GET /v1.0/applications/{id}/owners';
const storefront = '4a3daf6b-85eb-4c4c-8f97-b15e8aac4d04';
type Batch = { responses: Record<string, unknown>[] };

/** Changes the batch that asks for the owners of storefront-web alone, since legacy-sync is known to have none. */
async function storefrontWith(change: (recorded: Batch) => unknown) {
  let first: Batch | undefined;
  const { of } = await look((request, operation, recorded) => {
    if (operation !== owners || request.body?.includes(storefront) !== true) return undefined;
    const batch = first ? Promise.resolve(first) : recorded().then((response) => JSON.parse(response.body) as Batch);
    return batch.then((each) => {
      first = each;
      return answer(200, change(each));
    });
  });
  return of('azure.app_registration', 'storefront-web');
}
const inside =
  (status: number, body: unknown, headers: unknown = {}) =>
  (recorded: Batch): Batch => ({ responses: recorded.responses.map((each) => ({ ...each, status, body, headers })) });

describe('owners of applications', () => {
  test.each([
    ['refused inside a batch', inside(403, { error: { code: 'Authorization_RequestDenied', message: 'no' } }), 'permission-denied'],
    ['throttled inside a batch for ever', inside(429, { error: { code: 'TooManyRequests', message: 'slow' } }), 'throttled'],
    ['left out of a batch', () => ({ responses: [] }), 'malformed-response'],
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
    expect(of('azure.app_registration', 'storefront-web')).toMatchObject({
      createdAt: '2021-03-09T13:27:50Z',
      unknown: { owners: { why: 'permission-denied' } },
    });
    expect(rows('azure.application')).toMatchObject([{ state: 'complete' }]);
  });

  test('are known to be none by one query, of applications without credentials too', async () => {
    const asked: Parameters<typeof look>[1] = [];
    const { of } = await look(undefined, asked);
    expect(of('azure.app_registration', 'shelf-labels')).toMatchObject({ owners: [] });
    expect(of('azure.app_registration', 'shelf-labels')?.unknown).not.toHaveProperty('owners');
    expect(
      asked.filter(({ url, body }) => url.endsWith('$batch') && body?.includes('3f2c9e5a-74da-4b3b-9e86-a04d7f9b3c03/owners')),
    ).toEqual([]);
  });

  test('control the application, and do not thereby answer for it', async () => {
    const { of } = await look();
    expect(of('azure.app_registration', 'storefront-web')?.owners).toContainEqual({
      role: 'technical',
      ref: 'lee.sandoval@larkspur.example',
      by: 'application owner',
      control: true,
    });
  });

  test('are asked for by the header that counting needs, on every page', async () => {
    const next = 'https://graph.microsoft.com/v1.0/applications?$filter=owners/$count eq 0&$count=true&$skiptoken=2';
    const asked: NonNullable<Parameters<typeof look>[1]> = [];
    await look((request, operation, recorded) => {
      if (operation !== 'GET /v1.0/applications?$filter=owners/$count eq 0') return undefined;
      if (request.url.includes('skiptoken')) return answer(200, { value: [] });
      return edited(recorded, '"@odata.context":', `"@odata.nextLink":"${next}","@odata.context":`);
    }, asked);
    const counting = asked.filter(({ url }) => url.includes('/applications?') && /owners(?:\/|%2F)\$count/.test(url));
    expect(counting.map(({ headers }) => headers['consistencylevel'])).toEqual(['eventual', 'eventual']);
  });
});

describe('owners of service principals', () => {
  const nobody = 'GET /v1.0/servicePrincipals?$filter=owners/$count eq 0';

  test('are known to be none by one query too', async () => {
    const { of } = await look();
    const principal = of('azure.service_principal', 'storefront-web');
    expect(principal).toMatchObject({ owners: [] });
    expect(principal?.unknown).not.toHaveProperty('owners');
    expect(principal?.evidence).toContainEqual({ operation: nobody, observedAt: observed, fields: ['owners'] });
  });

  test('are unknown, not none, where that query is refused', async () => {
    const { of, rows } = await look((_request, operation) =>
      operation === nobody ? refusal(403, 'Authorization_RequestDenied') : undefined,
    );
    expect(of('azure.service_principal', 'storefront-web')).toMatchObject({ owners: [], unknown: { owners: { why: 'not-looked' } } });
    expect(rows('azure.service_principal')).toMatchObject([{ state: 'complete' }]);
  });

  test('come before whom Entra writes to about certificates, which is a weaker word', async () => {
    const { of } = await look();
    expect(of('azure.service_principal', 'Brightmetrics')?.owners.at(-1)).toEqual({
      role: 'technical',
      ref: 'priya.nair@larkspur.example',
      by: 'notification address',
    });
  });
});

describe('a request that is refused for the moment inside a batch', () => {
  test.each([429, 503, 504])('by %i is asked again alone, after as long as it asks for itself', async (status) => {
    const waits: number[] = [];
    const bodies: unknown[] = [];
    const answers = await askBatch(['/a', '/b'], {
      signal: new AbortController().signal,
      sleep: (wait) => Promise.resolve(waits.push(wait)).then(() => undefined),
      graph: () =>
        Promise.resolve({
          post: (_address: string, body: unknown) => {
            bodies.push(body);
            const again = { id: '1', status, headers: { 'Retry-After': '7' } };
            return Promise.resolve({
              responses: bodies.length > 1 ? [{ id: '1', status: 200, body: {} }] : [again, { id: '0', status: 200, body: {} }],
            });
          },
        }),
    });
    expect(waits).toEqual([7000]);
    expect(bodies[1]).toEqual({ requests: [{ id: '1', method: 'GET', url: '/b' }] });
    expect(answers.map((each) => each?.['status'])).toEqual([200, 200]);
  });
});

describe('people who own applications', () => {
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
  ])('are named %s', async (_name, owner, ref) => {
    expect(await storefrontWith(inside(200, { value: [owner] }))).toMatchObject({ owners: [{ role: 'technical', ref }] });
  });

  test('who may not be read are nobody that a roster could know', async () => {
    const unnamed = { id: '1', displayName: null, userPrincipalName: null, mail: null };
    expect(await storefrontWith(inside(200, { value: [unnamed, { id: '2', mail: 'tomas.lind@larkspur.example' }] }))).toMatchObject({
      owners: [{ ref: 'tomas.lind@larkspur.example' }],
      unknown: { owners: { why: 'permission-denied', detail: expect.stringContaining('User.Read.All') as unknown } },
    });
  });

  test('are read from every page of an answer inside a batch', async () => {
    const next = 'https://graph.microsoft.com/v1.0/applications/x/owners?$skiptoken=2';
    const { of } = await look((request, operation, recorded) => {
      if (request.url === next) return answer(200, { value: [{ id: '2', mail: 'tomas.lind@larkspur.example' }] });
      if (operation !== owners || request.body?.includes(storefront) !== true) return undefined;
      return edited(recorded, '"@odata.context":', `"@odata.nextLink":"${next}","@odata.context":`);
    });
    expect(of('azure.app_registration', 'storefront-web')?.owners).toContainEqual(
      expect.objectContaining({ ref: 'tomas.lind@larkspur.example' }),
    );
  });
});
