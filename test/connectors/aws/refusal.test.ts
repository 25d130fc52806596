import { describe, expect, test } from 'vitest';
import { classify } from '../../../connectors/aws/refusal.ts';
import { MalformedError, UnreachableError } from '../../../src/connector/refusal.ts';
import type { WireResponse } from '../../../src/connector/wire.ts';
import { iamOver, json, refused, secretsManagerOver, xml } from './client.ts';

/** What the real SDK throws for an answer of IAM, and for one of Secrets Manager. */
const thrownByIam = (answer: WireResponse): Promise<unknown> => thrown(iamOver(() => Promise.resolve(answer)).listAccessKeys({}));
const thrownBySecrets = (answer: WireResponse): Promise<unknown> =>
  thrown(secretsManagerOver(() => Promise.resolve(answer)).listSecrets({}));

async function thrown(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a refusal of IAM', () => {
  test.each([
    [403, 'AccessDenied', 'permission-denied'],
    [403, 'ExpiredToken', 'login-failed'],
    [403, 'InvalidClientTokenId', 'login-failed'],
    [403, 'SignatureDoesNotMatch', 'login-failed'],
    [403, 'OptInRequired', 'not-enabled'],
    [400, 'Throttling', 'throttled'],
    [400, 'RequestLimitExceeded', 'throttled'],
    [409, 'LimitExceeded', 'throttled'],
    [500, 'ServiceFailure', 'unreachable'],
    [503, 'ServiceUnavailable', 'unreachable'],
    [400, 'ValidationError', 'malformed-response'],
    [400, 'InvalidAction', 'not-enabled'],
  ])('with status %i and code %s is %s', async (status, code, why) => {
    const refusal = classify(await thrownByIam(refused(status, code, 'in words')));
    expect(refusal?.why).toBe(why);
    expect(refusal?.detail).toContain('in words');
  });

  test('names the permission that AWS names', async () => {
    const message =
      'User: arn:aws:iam::111122223333:user/u is not authorized to perform: iam:ListAccessKeys on resource: user alice because no identity-based policy allows it';
    expect(classify(await thrownByIam(refused(403, 'AccessDenied', message)))).toEqual({
      why: 'permission-denied',
      detail: `AccessDenied: ${message}`,
      requires: ['iam:ListAccessKeys'],
    });
  });
});

describe('a refusal of Secrets Manager', () => {
  test.each([
    [400, 'AccessDeniedException', 'permission-denied'],
    [400, 'ThrottlingException', 'throttled'],
    [400, 'ExpiredTokenException', 'login-failed'],
    [400, 'UnrecognizedClientException', 'login-failed'],
    [500, 'InternalServiceError', 'unreachable'],
    [400, 'InvalidNextTokenException', 'malformed-response'],
  ])('with status %i and type %s is %s', async (status, type, why) => {
    const refusal = classify(await thrownBySecrets(json({ __type: type, Message: 'in words' }, status)));
    expect(refusal?.why).toBe(why);
    expect(refusal?.detail).toContain('in words');
  });

  test('by a region that may be off says so', async () => {
    const error = await thrownBySecrets(
      json({ __type: 'UnrecognizedClientException', message: 'The security token included in the request is invalid.' }, 400),
    );
    expect(classify(error)?.detail).toContain('a region that is not enabled for the account');
  });
});

describe('an answer that is not of AWS', () => {
  test.each([
    ['a proxy that asks to sign in', xml('<html><p>sign in as alice, token abc<p></html>', 403), 'permission-denied'],
    ['a gateway without a backend', xml('Bad Gateway', 502), 'unreachable'],
    ['half an answer', xml('<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata><member>', 200), 'malformed-response'],
    [
      'a time that is none',
      xml(
        '<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata><member><CreateDate>soon</CreateDate></member></AccessKeyMetadata></ListAccessKeysResult></ListAccessKeysResponse>',
        200,
      ),
      'malformed-response',
    ],
  ])('from IAM: %s', async (_what, answer, why) => {
    expect(classify(await thrownByIam(answer))?.why).toBe(why);
  });

  test.each([
    ['half an answer', { status: 200, headers: {}, body: '{"SecretList":[{"Name":"the-secret-pla' }, 'malformed-response'],
    ['a refusal in another language', refused(403, 'AccessDenied', 'no'), 'permission-denied'],
  ])('from Secrets Manager: %s', async (_what, answer, why) => {
    const refusal = classify(await thrownBySecrets(answer));
    expect(refusal?.why).toBe(why);
    expect(refusal?.detail).not.toContain('the-secret-pla');
  });
});

describe('other errors', () => {
  test('of the network and of items keep their meaning under the SDK', async () => {
    const offline = await thrown(
      iamOver(() => Promise.reject(new UnreachableError('iam.amazonaws.com did not answer (ECONNRESET)'))).listAccessKeys({}),
    );
    expect(classify(offline)).toEqual({ why: 'unreachable', detail: 'iam.amazonaws.com did not answer (ECONNRESET)' });
    expect(classify(new MalformedError('an item without Arn'))).toEqual({ why: 'malformed-response', detail: 'an item without Arn' });
  });

  test('of the login are a failed login', () => {
    const expired = Object.assign(new Error('The SSO session associated with this profile has expired.'), {
      name: 'CredentialsProviderError',
    });
    expect(classify(new Error('outer', { cause: expired }))).toMatchObject({ why: 'login-failed' });
  });

  test('are ours', () => {
    expect(classify(new TypeError('x is not a function'))).toBeUndefined();
    expect(classify('text')).toBeUndefined();
  });
});
