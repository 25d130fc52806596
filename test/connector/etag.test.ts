import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AnswerStore, type KeptAnswer, conditionalWire } from '../../src/connector/etag.ts';
import { type WireRequest, type WireResponse, liveWire } from '../../src/connector/wire.ts';

/** What the server holds, and how it was asked. Its ETags vary with the token, as GitHub's do, unless the path says otherwise. */
const pages = new Map<string, { body: string; link?: string; status?: number }>();
let asked: { path: string; status: number }[] = [];
let server: Server;
let base = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    const page = pages.get(path);
    const body = page?.body ?? '{"message":"Not Found"}';
    const etag = path.startsWith('/own') ? '"of-its-own"' : etagOf(request.headers.accept, request.headers.authorization, body);
    const status = page === undefined ? 404 : request.headers['if-none-match'] === etag.replace('W/', '') ? 304 : (page.status ?? 200);
    asked.push({ path, status });
    response.writeHead(status, {
      ...(status === 304
        ? {}
        : { 'content-type': 'application/json; charset=utf-8', ...(page?.link === undefined ? {} : { link: page.link }) }),
      ...(path.startsWith('/plain') ? {} : { etag }),
      'x-ratelimit-remaining': String(5000 - asked.filter((each) => each.status !== 304).length),
    });
    response.end(status === 304 ? undefined : body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address !== null && typeof address === 'object') base = `http://127.0.0.1:${String(address.port)}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  pages.clear();
  asked = [];
});

function etagOf(accept: string | undefined, authorization: string | undefined, body: string): string {
  const varies = [accept, authorization].filter((each) => each !== undefined).map((each) => `${each}:`);
  return `W/"${createHash('sha256')
    .update(`${varies.join('')}${body}`)
    .digest('hex')}"`;
}

function memory(): AnswerStore & { readonly kept: Map<string, KeptAnswer> } {
  const kept = new Map<string, KeptAnswer>();
  return {
    kept,
    read: (key) => Promise.resolve(kept.get(key)),
    write: (key, answer) => {
      kept.set(key, answer);
      return Promise.resolve();
    },
  };
}

const live = liveWire(globalThis.fetch);

function ask(store: AnswerStore, path: string, { login = 'app/7/acme', token = 'one', method = 'GET' } = {}): Promise<WireResponse> {
  const headers = { accept: 'application/vnd.github.v3+json', authorization: `token ${token}` };
  const request: WireRequest = { method, url: `${base}${path}`, headers };
  return conditionalWire(live, login, store)(request);
}

const list = '/orgs/acme/actions/secrets?per_page=100';

describe('an answer that has not changed', () => {
  test('is asked for by its ETag, costs nothing, and is the one of before', async () => {
    const store = memory();
    pages.set(list, { body: '{"total_count":1,"secrets":[{"name":"A"}]}', link: '<https://x.example/2>; rel="next"' });
    const first = await ask(store, list);
    const second = await ask(store, list);
    expect(asked.map(({ status }) => status)).toEqual([200, 304]);
    expect(second).toMatchObject({
      status: 200,
      body: first.body,
      headers: { link: first.headers['link'], 'content-type': first.headers['content-type'] },
    });
    expect(second.headers['x-ratelimit-remaining']).toBe('4999');
  });

  test('is known again under another token of the same login', async () => {
    const store = memory();
    pages.set(list, { body: '{"total_count":0,"secrets":[]}' });
    await ask(store, list, { token: 'of this hour' });
    await ask(store, list, { token: 'of the next' });
    expect(asked.map(({ status }) => status)).toEqual([200, 304]);
  });

  test('is known by the tag that was given, where that is of another making', async () => {
    const store = memory();
    pages.set('/own', { body: '{"a":1}' });
    await ask(store, '/own', { token: 'one' });
    await ask(store, '/own', { token: 'two' });
    expect(asked.map(({ status }) => status)).toEqual([200, 304]);
    expect([...store.kept.values()]).toMatchObject([{ derived: false, etag: '"of-its-own"' }]);
  });

  test('is never shown to another login', async () => {
    const store = memory();
    pages.set(list, { body: '{"total_count":0,"secrets":[]}' });
    await ask(store, list, { login: 'app/7/acme' });
    await ask(store, list, { login: 'app/7/other' });
    expect(asked.map(({ status }) => status)).toEqual([200, 200]);
  });
});

test('an answer that has changed is the new one, and is kept in place of the old', async () => {
  const store = memory();
  pages.set(list, { body: '{"secrets":["A"]}' });
  await ask(store, list);
  pages.set(list, { body: '{"secrets":["A","B"]}' });
  expect((await ask(store, list)).body).toBe('{"secrets":["A","B"]}');
  expect((await ask(store, list)).body).toBe('{"secrets":["A","B"]}');
  expect(asked.map(({ status }) => status)).toEqual([200, 200, 304]);
});

test('a refusal is passed on, also where an answer is kept', async () => {
  const store = memory();
  pages.set(list, { body: '{"secrets":[]}' });
  await ask(store, list);
  pages.set(list, { body: '{"message":"Forbidden"}', status: 403 });
  expect((await ask(store, list)).status).toBe(403);
  pages.set(list, { body: '{"secrets":[]}' });
  expect((await ask(store, list)).body).toBe('{"secrets":[]}');
});

describe('nothing is kept', () => {
  const shaped = `ghp_${'a'.repeat(36)}`;

  test.each([
    ['with a secret by its name', '/a', '[{"token":"abc"}]'],
    ['with a secret by its shape', '/a', `{"note":"${shaped}"}`],
    ['with half of a token', '/a', '[{"token_last_eight":"12345678"}]'],
    ['with the address of a webhook', '/a', '[{"config":{"url":"https://hooks.example/T0/B0/abc","insecure_ssl":"0"}}]'],
    ['that is no JSON', '/a', '<html></html>'],
    ['that is JSON without a list or an object', '/a', '"text"'],
    ['without an ETag', '/plain', '{"a":1}'],
    ['of a list that is full, and has no next page yet', '/a?per_page=2', '[1,2]'],
  ])('%s', async (_name, path, body) => {
    const store = memory();
    pages.set(path, { body });
    await ask(store, path);
    expect(store.kept.size).toBe(0);
    expect((await ask(store, path)).body).toBe(body);
    expect(asked.map(({ status }) => status)).toEqual([200, 200]);
  });

  test('of what was not found, or was not asked with GET', async () => {
    const store = memory();
    await ask(store, '/nothing');
    pages.set('/graphql', { body: '{"data":{}}' });
    await ask(store, '/graphql', { method: 'POST' });
    expect(store.kept.size).toBe(0);
  });
});

test.each([
  ['full, and goes on', '[1,2]', '<https://x.example/2>; rel="next"'],
  ['not full', '[1]', undefined],
  ['of webhooks without addresses', '[]', undefined],
])('a page that is %s is kept', async (_name, body, link) => {
  const store = memory();
  pages.set('/a?per_page=2', { body, ...(link === undefined ? {} : { link }) });
  await ask(store, '/a?per_page=2');
  expect(store.kept.size).toBe(1);
});

test('no token is kept, nor anything made of it alone', async () => {
  const store = memory();
  pages.set(list, { body: '{"secrets":[]}' });
  await ask(store, list, { token: 'very-secret-token' });
  const text = JSON.stringify([...store.kept]);
  expect(text).not.toContain('very-secret-token');
  expect(text).not.toContain(createHash('sha256').update('very-secret-token').digest('hex'));
});
