import { describe, expect, test } from 'vitest';
import { answer, look, refusal } from './rig.ts';

const kind = 'azure.service_principal';
const confirm = 'GET /v1.0/applications(appId={appId})';

describe('a service principal whose application is gone', () => {
  test('gets no token any more, although the directory calls it enabled', async () => {
    const { of, rows } = await look();
    expect(of(kind, 'old-storefront')).toMatchObject({ status: 'inactive', details: { application: 'gone' } });
    expect(of(kind, 'checkout-api')).toMatchObject({ status: 'active' });
    expect(of(kind, 'checkout-api')?.details).not.toHaveProperty('application');
    expect(rows(kind)).toMatchObject([{ state: 'complete' }]);
  });

  test('is asked for by name, since the application may be newer than the list', async () => {
    const found = { responses: [{ id: '0', status: 200, body: { id: '1' } }] };
    const { of } = await look((_request, operation) => (operation === confirm ? answer(200, found) : undefined));
    expect(of(kind, 'old-storefront')).toMatchObject({ status: 'active' });
  });

  test.each([
    ['refused', 403, 'Authorization_RequestDenied', 'permission-denied'],
    ['not found by something on the way', 404, 'NotFound', 'unreachable'],
  ])('is not called gone where that is %s: a gap', async (_what, status, code, reason) => {
    const inner = { responses: [{ id: '0', status, body: { error: { code, message: 'no' } } }] };
    const { of, rows } = await look((_request, operation) => (operation === confirm ? answer(200, inner) : undefined));
    expect(of(kind, 'old-storefront')).toMatchObject({ status: 'active' });
    expect(rows(kind)).toContainEqual(expect.objectContaining({ scope: 'application/4c581232-b41a-4e0e-81fc-06bbed22f220', reason }));
  });

  test('is asked for no one where the list of applications is refused, which is one gap', async () => {
    const asked: string[] = [];
    const { of, rows } = await look((_request, operation) => {
      asked.push(operation);
      return operation === 'GET /v1.0/applications' ? refusal(403, 'Authorization_RequestDenied') : undefined;
    });
    expect(asked).not.toContain(confirm);
    expect(of(kind, 'checkout-api')).toMatchObject({ status: 'active' });
    expect(rows(kind).map(({ scope }) => scope)).toEqual(['application/*', expect.stringMatching(/^tenant/)]);
  });

  test('is asked for by nothing but a client id', async () => {
    const asked: string[] = [];
    const { of } = await look(async (_request, operation, recorded) => {
      asked.push(operation);
      const response = await recorded();
      return operation === 'GET /v1.0/servicePrincipals'
        ? { ...response, body: response.body.replace('4c581232-b41a-4e0e-81fc-06bbed22f220', "x') or (appId='y") }
        : response;
    });
    expect(asked).not.toContain(confirm);
    expect(of(kind, 'old-storefront')).toMatchObject({ status: 'active' });
  });
});
