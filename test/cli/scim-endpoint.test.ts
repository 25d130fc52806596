import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Interruption } from '../../src/cli/interruption.ts';
import { fetchUsers } from '../../src/cli/scim-endpoint.ts';
import type { ConnectContext, Connector } from '../../src/connector/contract.ts';
import type { Wire } from '../../src/connector/wire.ts';
import { folderWith } from './folder-with.ts';
import { listening } from './listening.ts';
import { type Told, overdue } from './overdue.ts';

const token = 'not-a-real-token';
const user = (number: number, active = true) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id: `u${String(number)}`,
  userName: `p${String(number)}@larkspur.example`,
  active,
});
const people = Array.from({ length: 5 }, (_, index) => user(index + 1, index !== 3));

/** Answers like a service that gives no more than two users a page, whatever is asked for. */
function directory(asked: URL[] = [], list: readonly object[] = people) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '', 'http://directory.example');
    asked.push(url);
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401, { 'content-type': 'application/scim+json' }).end('{"detail":"no"}');
      return;
    }
    const start = Number(url.searchParams.get('startIndex'));
    const page = list.slice(start - 1, start + 1);
    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: list.length,
      startIndex: start,
      Resources: page,
    };
    response.writeHead(200, { 'content-type': 'application/scim+json' }).end(JSON.stringify(body));
  };
}

const config = (endpoint: string) =>
  `apiVersion: overdue/v1\nkind: Config\nsources:\n  people: { endpoint: "${endpoint}", tokenFrom: SCIM_TOKEN, format: scim, complete: true }\n`;

async function resolved(endpoint: string, name: string, env: Record<string, string> = { SCIM_TOKEN: token }): Promise<Told> {
  const cwd = await folderWith({ 'overdue.yaml': config(endpoint) });
  return overdue(['owners', 'resolve', name, '-f', 'json'], { cwd, env });
}

describe('people of a live directory', () => {
  test('are read to the last page, and no more is asked of them than is read', async () => {
    const asked: URL[] = [];
    const endpoint = `${await listening(directory(asked))}/scim/v2/Users`;
    const { code, stdout, stderr } = await resolved(endpoint, 'p5@larkspur.example');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ owner: { state: 'active', person: 'u5', source: `${endpoint}#5` } });
    expect(asked.map(({ searchParams }) => searchParams.get('startIndex'))).toEqual(['1', '3', '5']);
    expect(asked[0]?.searchParams.get('attributes')).toContain('userName');
    expect(asked[0]?.searchParams.get('attributes')).not.toMatch(/phone|address|password/i);
  });

  test('whose account is off are suspended, which is not active', async () => {
    const { stdout } = await resolved(`${await listening(directory())}/Users`, 'p4@larkspur.example');
    expect(JSON.parse(stdout)).toMatchObject({ owner: { state: 'inactive', status: 'suspended' } });
  });

  test.each<[string, (request: IncomingMessage, response: ServerResponse) => void, readonly string[]]>([
    [
      'a token that is not accepted',
      (_, response) => response.writeHead(401).end(),
      ['source-refused', 'not accepted (401)', 'renew the token in SCIM_TOKEN'],
    ],
    ['a right that is missing', (_, response) => response.writeHead(403).end(), ['source-refused', 'may not list users (403)']],
    [
      'another address',
      (_, response) => response.writeHead(302, { location: 'https://elsewhere.example/' }).end(),
      ['source-refused', 'https://elsewhere.example/'],
    ],
    ['nothing there', (_, response) => response.writeHead(404).end(), ['source-refused', '404', '/Users']],
    ['a web page', (_, response) => response.writeHead(200).end('<html>'), ['source-invalid', 'no readable JSON']],
    ['JSON that is no list', (_, response) => response.writeHead(200).end('{"id":"u1"}'), ['source-invalid', 'totalResults']],
    ['a connection that breaks', (request) => request.socket.destroy(), ['source-unreachable', '--roster']],
    [
      'fewer people than it counts',
      (_, response) => response.writeHead(200).end('{"totalResults":3,"Resources":[]}'),
      ['source-invalid', 'counts 3 users, and 0 are here'],
    ],
  ])('%s ends the run with 2: with a part of them, everybody else would have left', async (_name, answer, parts) => {
    const { code, stdout, stderr } = await resolved(`${await listening(answer)}/Users`, 'x');
    for (const part of parts) expect(stderr).toContain(part);
    expect(stderr).not.toContain(token);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test.each([
    ['is not set', {}],
    ['holds no token', { SCIM_TOKEN: 'two\nlines' }],
  ])('need a token: the variable %s', async (problem, env) => {
    const { code, stderr } = await resolved('https://idp.larkspur.example/scim/v2/Users', 'x', env);
    expect(stderr).toContain(`SCIM_TOKEN ${problem}`);
    expect(code).toBe(2);
  });

  test.each([
    ['http://idp.larkspur.example/scim/v2/Users', 'is not an https address'],
    ['https://user:pass@idp.larkspur.example/Users', 'is not an https address'],
    ['http://127.0.0.1.idp.larkspur.example/Users', 'is not an https address'],
  ])('are not asked for at %s', async (endpoint, problem) => {
    const { code, stderr } = await resolved(endpoint, 'x');
    expect(stderr).toContain(problem);
    expect(code).toBe(2);
  });
});

test('an interrupt while a directory is asked ends the run with its own code', async () => {
  const stop = new AbortController();
  const endpoint = await listening(() => {
    stop.abort(new Interruption(130));
  });
  const cwd = await folderWith({ 'overdue.yaml': config(`${endpoint}/Users`) });
  expect(await overdue(['owners', 'check'], { cwd, env: { SCIM_TOKEN: token }, signal: stop.signal })).toEqual({
    code: 130,
    stdout: '',
    stderr: '',
  });
});

test('a directory that does not answer in time is unreachable', async () => {
  const silent: Wire = () => Promise.reject(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
  const context: ConnectContext = {
    env: { SCIM_TOKEN: token },
    signal: new AbortController().signal,
    now: () => '2026-11-21T00:00:00Z',
    wire: () => silent,
    sleep: () => Promise.resolve(),
    readFile: () => Promise.reject(new Error('no file is read')),
    replaying: false,
  };
  await expect(fetchUsers({ endpoint: 'https://idp.larkspur.example/Users', tokenFrom: 'SCIM_TOKEN' }, context)).rejects.toMatchObject({
    code: 'source-unreachable',
    message: expect.stringContaining('no answer in time') as string,
  });
});

/** A provider without anything in it, which is never asked. */
const empty: Connector = {
  id: 'empty',
  title: 'Empty',
  settings: { type: 'object', additionalProperties: false },
  environment: [],
  surfaces: [],
  blindSpots: [],
  permissionDocument: () => '\n',
  async *connect() {
    yield await Promise.resolve({ level: 'place', scope: 'place/1', open: () => Promise.resolve(undefined) });
  },
  classify: () => undefined,
  operationOf: () => '',
};

test('what a directory answers is recorded without the token, and replayed without network', async () => {
  const asked: URL[] = [];
  const endpoint = `${await listening(directory(asked))}/Users`;
  const cwd = await folderWith({ 'overdue.yaml': config(endpoint) });
  const run = (env: Record<string, string>, ...flags: readonly string[]) =>
    overdue(['owners', 'check', '--connector', 'empty', ...flags], { cwd, env, connectors: { empty: () => Promise.resolve(empty) } });

  const live = await run({ SCIM_TOKEN: token }, '--record', 'recording');
  const saved = await readdir(join(cwd, 'recording/sources'));
  const texts = await Promise.all(saved.map((name) => readFile(join(cwd, 'recording/sources', name), 'utf8')));
  expect(texts.length).toBe(3);
  expect(texts.join('')).not.toContain(token);

  const requests = asked.length;
  expect(await run({}, '--replay', 'recording')).toEqual(live);
  expect(asked.length).toBe(requests);
});
