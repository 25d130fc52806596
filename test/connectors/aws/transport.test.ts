import { describe, expect, test } from 'vitest';
import { iamBudget } from '../../../connectors/aws/budget.ts';
import { operationOf } from '../../../connectors/aws/index.ts';
import { handlerOver } from '../../../connectors/aws/transport.ts';
import type { WireRequest } from '../../../src/connector/wire.ts';
import { iamOver, json, refused, result, secretsManagerOver, xml } from './client.ts';

const signal = new AbortController().signal;
const request = {
  method: 'GET',
  protocol: 'https:',
  hostname: 'portal.sso.eu-west-1.amazonaws.com',
  path: '/a',
  headers: { Host: 'h', 'Content-Length': '0', 'X-Amz-Date': 'd' },
};

async function sent(more: object): Promise<WireRequest> {
  const requests: WireRequest[] = [];
  const wire = (each: WireRequest) => {
    requests.push(each);
    return Promise.resolve(json({}));
  };
  await handlerOver(wire, signal).handle({ ...request, ...more });
  const [only] = requests;
  if (!only) throw new Error('nothing was sent');
  return only;
}

describe('a request of the SDK', () => {
  test.each([
    ['an address', {}, 'https://portal.sso.eu-west-1.amazonaws.com/a'],
    ['a port', { protocol: 'http:', hostname: '127.0.0.1', port: 5000, path: '/' }, 'http://127.0.0.1:5000/'],
    [
      'a query',
      { query: { role: "o'r (1)", list: ['a', 'b&c'], flag: null } },
      'https://portal.sso.eu-west-1.amazonaws.com/a?role=o%27r%20%281%29&list=a&list=b%26c&flag=',
    ],
  ])('reaches the wire with %s', async (_what, more, url) => {
    expect((await sent(more)).url).toBe(url);
  });

  test.each([
    ['text', 'a=b', 'a=b'],
    ['bytes', new TextEncoder().encode('{"a":"ü"}'), '{"a":"ü"}'],
    ['nothing', undefined, undefined],
  ])('carries %s', async (_what, body, text) => {
    expect((await sent({ body })).body).toBe(text);
  });

  test('leaves out the headers that the runtime sets', async () => {
    expect((await sent({})).headers).toEqual({ 'x-amz-date': 'd' });
  });

  test('ends when the run ends, also when the wire does not hear it', async () => {
    const abort = new AbortController();
    const pending = handlerOver(() => new Promise(() => undefined), abort.signal).handle(request);
    abort.abort(new DOMException('cancelled', 'AbortError'));
    await expect(pending).rejects.toThrow('cancelled');
  });
});

describe('the name of an operation', () => {
  const nameOf = async (call: (wire: (each: WireRequest) => Promise<never>) => Promise<unknown>): Promise<string> => {
    let name = '';
    await call((each) => {
      name = operationOf(each);
      return Promise.reject(new Error('asked'));
    }).catch(() => undefined);
    return name;
  };

  test('is that of the permission', async () => {
    expect(await nameOf((wire) => iamOver(wire).listAccessKeys({}))).toBe('iam:ListAccessKeys');
    expect(await nameOf((wire) => secretsManagerOver(wire).listSecrets({}))).toBe('secretsmanager:ListSecrets');
  });

  test.each([
    ['STS', { body: 'Action=GetCallerIdentity&Version=2011-06-15' }],
    ['single sign-on', { method: 'GET', url: 'https://portal.sso.eu-west-1.amazonaws.com/federation/credentials?role_name=audit' }],
  ])('is none for a login: %s', (_what, each) => {
    expect(operationOf({ method: 'POST', url: 'https://sts.eu-west-1.amazonaws.com/', headers: {}, ...each })).toBe('');
  });
});

describe('an answer that asks to slow down', () => {
  test.each([
    ['IAM', refused(400, 'Throttling', 'Rate exceeded'), true],
    ['IAM, of a limit on jobs', refused(409, 'LimitExceeded', 'Too many'), true],
    ['Secrets Manager', json({ __type: 'ThrottlingException', message: 'Rate exceeded' }, 400), true],
    ['a service with its namespace', json({ __type: 'com.amazonaws.x#RequestLimitExceeded', message: '' }, 400), true],
    ['a header', { status: 400, headers: { 'x-amzn-errortype': 'ThrottlingException:http://x' }, body: '{}' }, true],
    ['a refusal', refused(403, 'AccessDenied', 'Throttling'), false],
    ['a mistake', refused(400, 'ValidationError', 'Throttling'), false],
    ['a good answer that speaks of it', result('ListUsers', '<Code>Throttling</Code>'), false],
    ['a page of HTML', xml('<html>', 400), false],
  ])('is seen in %s: %#', (_what, answer, expected) => {
    expect(iamBudget.isThrottled?.(answer)).toBe(expected);
  });
});
