import fc from 'fast-check';
import { OAuth2Client } from 'google-auth-library';
import { describe, expect, test } from 'vitest';
import { LoginError, classify } from '../../../connectors/gcp/refusal.ts';
import { askJson } from '../../../connectors/gcp/transport.ts';
import { UnreachableError } from '../../../src/connector/refusal.ts';
import type { Wire } from '../../../src/connector/wire.ts';
import { errorInfo, refused } from './rig.ts';

/** What the real library makes of an answer. */
async function errorOver(wire: Wire): Promise<unknown> {
  const client = new OAuth2Client();
  client.setCredentials({ access_token: 'placeholder' });
  const url = new URL('https://iam.googleapis.com/v1/projects/p/serviceAccounts');
  return askJson(client, wire, { method: 'GET', url, signal: new AbortController().signal }).then(
    () => undefined,
    (error: unknown) => error,
  );
}
function answering(status: number, body: string, type = 'application/json; charset=UTF-8'): Wire {
  return () => Promise.resolve({ status, headers: { 'content-type': type }, body });
}

describe('refusals', () => {
  test.each([
    [
      'a denied call',
      refused(403, 'PERMISSION_DENIED', 'The caller does not have permission'),
      { why: 'permission-denied', detail: 'The caller does not have permission' },
    ],
    [
      'a denied call that names the permission in its message',
      refused(
        403,
        'PERMISSION_DENIED',
        "Permission 'iam.serviceAccounts.list' denied on resource '//cloudresourcemanager.googleapis.com/projects/p' (or it may not exist).",
      ),
      { why: 'permission-denied', requires: ['iam.serviceAccounts.list'] },
    ],
    [
      'a denied call that names the permission as data',
      refused(403, 'PERMISSION_DENIED', 'Denied.', errorInfo('IAM_PERMISSION_DENIED', { permission: 'iam.serviceAccountKeys.list' })),
      { why: 'permission-denied', requires: ['iam.serviceAccountKeys.list'] },
    ],
    [
      'an API that is off',
      refused(
        403,
        'PERMISSION_DENIED',
        'Policy Analyzer API has not been used in project 1 before or it is disabled.',
        errorInfo('SERVICE_DISABLED'),
      ),
      { why: 'not-enabled' },
    ],
    [
      'billing that is off',
      refused(403, 'PERMISSION_DENIED', 'This API method requires billing to be enabled.', errorInfo('BILLING_DISABLED')),
      { why: 'not-enabled' },
    ],
    [
      'a quota project that may not be used',
      refused(403, 'PERMISSION_DENIED', 'Caller does not have required permission to use project q.', errorInfo('USER_PROJECT_DENIED')),
      { why: 'permission-denied', requires: ['serviceusage.services.use'] },
    ],
    [
      'a token without the scope',
      refused(403, 'PERMISSION_DENIED', 'Request had insufficient authentication scopes.', errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT')),
      { why: 'login-failed' },
    ],
    [
      'a token that is not accepted',
      refused(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.'),
      { why: 'login-failed' },
    ],
    [
      'a project that is not there',
      refused(404, 'NOT_FOUND', 'Unknown service account'),
      { why: 'unreachable', detail: 'Unknown service account' },
    ],
    ['too many requests', refused(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.'), { why: 'throttled' }],
    [
      'too many requests, in the old way',
      { status: 403, body: { error: { message: 'Rate Limit Exceeded', errors: [{ reason: 'rateLimitExceeded' }] } } },
      { why: 'throttled' },
    ],
    ['a fault at Google', refused(503, 'UNAVAILABLE', 'The service is currently unavailable.'), { why: 'unreachable' }],
    [
      'an expired login',
      { status: 400, body: { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' } },
      { why: 'login-failed', detail: 'invalid_grant: Token has been expired or revoked.' },
    ],
  ])('%s', async (_case, { status = 200, body }, expected) => {
    expect(classify(await errorOver(answering(status, JSON.stringify(body))))).toMatchObject(expected);
  });

  test.each([
    ['a body that was cut off', answering(200, '{"accounts":[{"na')],
    ['an empty body', answering(200, '')],
    ['a list', answering(200, '[]')],
    ['a page of a proxy', answering(200, '<html>sign in</html>', 'text/html')],
  ])('%s is a malformed answer', async (_case, wire) => {
    expect(classify(await errorOver(wire))).toMatchObject({ why: 'malformed-response' });
  });

  test('a page of a proxy that says no is a refusal', async () => {
    expect(classify(await errorOver(answering(403, '<html>no</html>', 'text/html')))).toEqual({
      why: 'permission-denied',
      detail: 'Google answered with HTTP 403',
    });
  });

  test('no answer is found under what the library wraps around it', async () => {
    expect(classify(await errorOver(() => Promise.reject(new UnreachableError('iam.googleapis.com did not answer'))))).toEqual({
      why: 'unreachable',
      detail: 'iam.googleapis.com did not answer',
    });
  });

  test('a credential that cannot sign is a failed login', () => {
    expect(classify(new LoginError('refused', { cause: new Error('DECODER routines::unsupported') }))).toEqual({
      why: 'login-failed',
      detail: 'DECODER routines::unsupported',
    });
  });

  test('a bug of ours is no refusal', () => {
    expect(classify(new TypeError('x is undefined'))).toBeUndefined();
  });

  test('law: any error answer is classified, on one line', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 300, max: 599 }), fc.oneof(fc.json(), fc.string()), async (status, body) => {
        const refusal = classify(await errorOver(answering(status, body)));
        expect(refusal?.detail).toMatch(/^[^\n\r]{0,300}$/);
      }),
      { numRuns: 60 },
    );
  });
});
