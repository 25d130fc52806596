import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../src/connector/recording.ts';
import { exchangeKey } from '../../src/connector/recording.ts';
import { recordingWire } from '../../src/connector/record.ts';
import { replayWire } from '../../src/connector/replay.ts';
import type { WireRequest, WireResponse } from '../../src/connector/wire.ts';
import type { OperatorError } from '../../src/model/operator-error.ts';

const get = (url: string): WireRequest => ({ method: 'GET', url, headers: {} });

describe('two requests are the same when', () => {
  test.each([
    ['the query is in another order', 'https://a.example/x?b=2&a=1', 'https://a.example/x?a=1&b=2'],
    ['the path is encoded otherwise', 'https://a.example/a%2Fb', 'https://a.example/a/b'],
    ['a request id differs', 'https://a.example/x?client-request-id=1', 'https://a.example/x?client-request-id=2'],
    ['a signature differs', 'https://a.example/x?X-Amz-Signature=1', 'https://a.example/x?X-Amz-Signature=2'],
  ])('%s', (_name, one, other) => {
    expect(exchangeKey(get(one))).toBe(exchangeKey(get(other)));
  });

  test('a form is in another order, or JSON keys are', () => {
    const post = (body: string) => exchangeKey({ method: 'POST', url: 'https://a.example/', body });
    expect(post('Action=ListUsers&Version=1')).toBe(post('Version=1&Action=ListUsers'));
    expect(post('{"a":1,"b":{"c":2,"d":3}}')).toBe(post('{"b":{"d":3,"c":2},"a":1}'));
  });

  test('and differ when the body, the operation or the page differs', () => {
    const keys = [
      exchangeKey({ method: 'POST', url: 'https://a.example/', body: '{"NextToken":"1"}' }),
      exchangeKey({ method: 'POST', url: 'https://a.example/', body: '{"NextToken":"2"}' }),
      exchangeKey({ method: 'POST', url: 'https://a.example/', body: '{"NextToken":"2"}', target: 'x.List' }),
      exchangeKey(get('https://a.example/?page=2')),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('a recording', () => {
  const secret = `ghp_${'a'.repeat(36)}`;

  async function record(request: WireRequest, response: WireResponse): Promise<{ name: string; exchange: Exchange }> {
    const saved: { name: string; exchange: Exchange }[] = [];
    const wire = recordingWire(
      () => Promise.resolve(response),
      'aws',
      (name, exchange) => {
        saved.push({ name, exchange });
        return Promise.resolve();
      },
    );
    expect(await wire(request)).toBe(response);
    const [first] = saved;
    if (!first) throw new Error('nothing was saved');
    return first;
  }

  test.each<[string, WireRequest, WireResponse]>([
    [
      'authorization headers',
      { ...get('https://a.example/'), headers: { authorization: `Bearer ${secret}` } },
      { status: 200, headers: {}, body: '{}' },
    ],
    ['set-cookie headers', get('https://a.example/'), { status: 200, headers: { 'set-cookie': secret }, body: '{}' }],
    ['signed addresses', get(`https://a.example/?sig=${secret}&X-Amz-Security-Token=${secret}`), { status: 200, headers: {}, body: '{}' }],
    [
      'token answers',
      get('https://a.example/'),
      { status: 200, headers: {}, body: JSON.stringify({ access_token: secret, nested: [{ secretText: secret }] }) },
    ],
    [
      'secret text in any field',
      get('https://a.example/'),
      { status: 200, headers: {}, body: JSON.stringify({ note: `my token is ${secret}` }) },
    ],
    [
      'login forms',
      { method: 'POST', url: 'https://a.example/', headers: {}, body: `client_id=1&client_secret=${secret}` },
      { status: 200, headers: {}, body: '{}' },
    ],
    ['XML values', get('https://a.example/'), { status: 200, headers: {}, body: `<R><SecretAccessKey>${secret}</SecretAccessKey></R>` }],
  ])('holds no %s', async (_name, request, response) => {
    const { exchange } = await record(request, response);
    expect(JSON.stringify(exchange)).not.toContain(secret);
  });

  test('tells the API keys of AppSync apart without holding them, since their ids are the keys', async () => {
    const keys = ['da2-aaaaaaaaaaaaaaaaaaaaaaaaaa', 'da2-bbbbbbbbbbbbbbbbbbbbbbbbbb'];
    const { exchange } = await record(get('https://a.example/'), { status: 200, headers: {}, body: JSON.stringify(keys) });
    const [answer] = exchange.responses;
    expect(answer?.body).toEqual([expect.stringMatching(/^da2-scrubbed-/), expect.stringMatching(/^da2-scrubbed-/)]);
    expect(new Set(answer?.body as readonly string[]).size).toBe(2);
  });

  test('keeps no value of a named value, secret or not: nobody is kept from writing a password there', async () => {
    const listed = { value: [{ name: 'a', properties: { displayName: 'a', secret: false, value: 'correct horse' } }] };
    const { exchange } = await record(get('https://a.example/'), { status: 200, headers: {}, body: JSON.stringify(listed) });
    expect(JSON.stringify(exchange)).not.toContain('correct horse');
    expect(JSON.stringify(exchange)).toContain('"displayName":"a"');
  });

  test('answers again what it was asked, through the same key', async () => {
    const request: WireRequest = { method: 'POST', url: 'https://iam.example/', headers: {}, body: 'Action=ListUsers&Version=2010-05-08' };
    const { name, exchange } = await record(request, { status: 200, headers: { 'content-type': 'text/xml' }, body: '<Users>\n</Users>' });
    expect(name).toMatch(/^aws\/iam\.example-ListUsers-[0-9a-f]{8}\.json$/);
    const replay = replayWire([{ file: name, exchange }], () => undefined);
    expect(await replay(request)).toEqual({ status: 200, headers: { 'content-type': 'text/xml' }, body: '<Users>\n</Users>' });
  });
});

describe('a replay', () => {
  test('fails loudly with the request it wanted', async () => {
    const missed: OperatorError[] = [];
    const replay = replayWire([], (error) => missed.push(error));
    await expect(replay(get('https://a.example/users?page=2'))).rejects.toThrow('no recording answers: GET a.example/users?page=2');
    expect(missed).toHaveLength(1);
  });

  test('serves several answers in turn, the last one for ever', async () => {
    const exchange: Exchange = {
      request: { method: 'GET', url: 'https://a.example/' },
      responses: [{ status: 202 }, { status: 200, body: { done: true } }],
    };
    const replay = replayWire([{ file: 'a.json', exchange }], () => undefined);
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await replay(get('https://a.example/'))).status);
    expect(statuses).toEqual([202, 200, 200]);
  });

  test('refuses two recordings of one request', () => {
    const exchange: Exchange = { request: { method: 'GET', url: 'https://a.example/' }, responses: [{ status: 200 }] };
    expect(() =>
      replayWire(
        [
          { file: 'a.json', exchange },
          { file: 'b.json', exchange },
        ],
        () => undefined,
      ),
    ).toThrow('two recordings answer the same request');
  });
});
