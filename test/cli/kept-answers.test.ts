import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Connector, defineSurface } from '../../src/connector/contract.ts';
import { defineKind } from '../../src/model/kind.ts';
import type { Wire } from '../../src/connector/wire.ts';
import { overdue } from './overdue.ts';

let server: Server;
let base = '';
let home = '';
let statuses: number[] = [];

beforeEach(async () => {
  statuses = [];
  server = createServer((request, response) => {
    const status = request.headers['if-none-match'] === '"1"' ? 304 : 200;
    statuses.push(status);
    response.writeHead(status, { etag: '"1"', 'content-type': 'application/json' }).end(status === 304 ? undefined : '{"items":[]}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address !== null && typeof address === 'object') base = `http://127.0.0.1:${String(address.port)}`;
  home = await mkdtemp(join(tmpdir(), 'overdue-'));
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(home, { recursive: true, force: true });
});

const kind = defineKind({
  id: 'shop.key',
  title: 'Key',
  record: 'credential',
  proves: 'Opens the shop.',
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'bearer',
    revocation: { seen: [], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

/** A provider that is one list, asked for over the wire that it is given. */
function shop(login: string | null): Connector {
  const surface = defineSurface<Wire, unknown>({
    id: 'shop.key',
    title: 'Keys',
    source: 'https://shop.example/keys',
    level: 'shop',
    kinds: [{ kind, facts: {} }],
    operations: [{ call: 'GET /keys', permission: 'keys:read' }],
    async *list(wire) {
      const { status, body } = await wire({ method: 'GET', url: `${base}/keys`, headers: {} });
      if (status !== 200 || body !== '{"items":[]}') throw new Error(`${String(status)} ${body}`);
      yield [];
    },
    normalize: () => [],
  });
  const budget = { concurrency: 1, ...(login === null ? {} : { login }) };
  return {
    id: 'shop',
    title: 'Shop',
    settings: { type: 'object', additionalProperties: false },
    environment: [],
    surfaces: [surface],
    blindSpots: [],
    permissionDocument: () => '\n',
    async *connect(_settings, context) {
      yield await Promise.resolve({ level: 'shop', scope: 'shop/1', open: () => Promise.resolve(context.wire(budget)) });
    },
    classify: () => undefined,
    operationOf: () => 'GET /keys',
  };
}

async function twice(flags: readonly string[], login: string | null = 'dana'): Promise<readonly number[]> {
  for (let run = 0; run < 2; run += 1) {
    const around = {
      cwd: home,
      env: { HOME: home, XDG_CACHE_HOME: join(home, 'cache') },
      connectors: { shop: () => Promise.resolve(shop(login)) },
    };
    const { code, stderr } = await overdue(
      ['collect', '--connector', 'shop', '-o', `out-${String(run)}.ndjson`, ...flags.map((flag) => flag.replace('#', String(run)))],
      around,
    );
    expect(code, stderr).toBe(0);
  }
  return statuses;
}

test('an answer is kept in the folder that is named', async () => {
  expect(await twice(['--cache-dir', 'kept'])).toEqual([200, 304]);
  expect(await readdir(join(home, 'kept'))).toEqual(['answers']);
});

test('an answer is kept in the cache of the platform where none is named', async () => {
  expect(await twice([])).toEqual([200, 304]);
});

test.each([
  ['with --no-cache', ['--no-cache'], 'dana'],
  ['while traffic is recorded, which is of fresh answers', ['--record', 'recording-#'], 'dana'],
  ['for a connector that does not ask for it', [], null],
])('nothing is kept %s', async (_name, flags, login) => {
  expect(await twice(flags, login)).toEqual([200, 200]);
  expect(await readdir(home)).not.toContain('cache');
  expect(await readdir(home)).not.toContain('Library');
});
