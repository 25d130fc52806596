import { type Server, createServer } from 'node:http';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UnreachableError } from '../../src/connector/refusal.ts';
import { fetchOver, liveWire } from '../../src/connector/wire.ts';

let server: Server;
let base = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/gzip')
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}'));
    else if (request.url === '/away') response.writeHead(302, { location: 'https://elsewhere.example/' }).end();
    else if (request.url === '/hang') return;
    else request.pipe(response.writeHead(404, { 'x-answer': 'yes' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address !== null && typeof address === 'object') base = `http://127.0.0.1:${String(address.port)}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const wire = liveWire(globalThis.fetch);

test('every status is an answer, with its body and lower-case headers', async () => {
  const answer = await wire({ method: 'POST', url: `${base}/x`, headers: {}, body: 'hello' });
  expect(answer).toMatchObject({ status: 404, body: 'hello', headers: { 'x-answer': 'yes' } });
});

test('a compressed body is text, and no longer called compressed', async () => {
  const answer = await wire({ method: 'GET', url: `${base}/gzip`, headers: {} });
  expect(answer.body).toBe('{"a":1}');
  expect(answer.headers).not.toHaveProperty('content-encoding');
});

test('a redirect is not followed: credentials go nowhere else', async () => {
  const answer = await wire({ method: 'GET', url: `${base}/away`, headers: { authorization: 'x' } });
  expect(answer.status).toBe(302);
});

test('no answer at all is unreachable, and says which host and why', async () => {
  server.unref();
  await expect(wire({ method: 'GET', url: 'http://127.0.0.1:1/', headers: {} })).rejects.toThrow(UnreachableError);
  await expect(wire({ method: 'GET', url: 'http://127.0.0.1:1/', headers: {} })).rejects.toThrow('127.0.0.1:1 did not answer');
});

test('an aborted request is an abort, not an unreachable host', async () => {
  const abort = new AbortController();
  const asked = wire({ method: 'GET', url: `${base}/hang`, headers: {}, signal: abort.signal });
  abort.abort(new Error('stopped'));
  await expect(asked).rejects.toThrow('stopped');
});

test('a fetch over a wire carries method, headers, body and address', async () => {
  const fetch = fetchOver((request) =>
    Promise.resolve({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...request, signal: undefined }),
    }),
  );
  const response = await fetch('https://api.example.com/a?b=1', { method: 'POST', headers: { 'X-One': '1' }, body: 'text' });
  expect(response.url).toBe('https://api.example.com/a?b=1');
  expect(await response.json()).toMatchObject({
    method: 'POST',
    url: 'https://api.example.com/a?b=1',
    headers: { 'x-one': '1' },
    body: 'text',
  });
});

test('a fetch over a wire gives an empty body where HTTP has none', async () => {
  const fetch = fetchOver(() => Promise.resolve({ status: 304, headers: {}, body: '' }));
  expect((await fetch('https://api.example.com/')).body).toBeNull();
});
