import { describe, expect, test } from 'vitest';
import { type Target, collect } from '../../src/collect/collect.ts';
import { type ConnectContext, type Connector, type Place, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { MalformedError, UnreachableError, classifyCommon } from '../../src/connector/refusal.ts';
import { credential } from '../../src/model/credential.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import { defineKind } from '../../src/model/kind.ts';
import { OperatorError } from '../../src/model/operator-error.ts';

const kind = defineKind({
  id: 'toy.key',
  title: 'Key',
  record: 'credential',
  proves: 'nothing',
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'bearer',
    revocation: { seen: ['gone'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

class Denied extends Error {}

function key(id: string) {
  const none = unknown('not-offered');
  return credential({
    id,
    kind: kind.id,
    provider: 'toy',
    scope: 'account/1',
    name: id,
    status: 'active',
    managedBy: 'customer',
    owners: [],
    tags: {},
    evidence: [{ operation: 'List', observedAt: '2026-11-21T00:00:00Z', fields: ['id'] }],
    details: {},
    identity: absent(),
    createdAt: none,
    rotatedAt: none,
    lastUsedAt: none,
    expiresAt: absent(),
    notBefore: none,
    purpose: none,
    privilege: none,
    fingerprint: none,
    consumers: none,
  });
}

type List = Surface<unknown, string>['list'];
function surface(id: string, list: List): Surface<unknown> {
  return defineSurface<unknown, string>({
    id,
    title: id,
    source: 'https://example.com',
    level: 'account',
    kinds: [{ kind, facts: {} }],
    operations: [{ call: 'List', permission: 'toy:List' }],
    list,
    normalize(item) {
      if (item === 'broken') throw new MalformedError('an item without id');
      if (item === 'bug') throw new TypeError('ours');
      return [key(item)];
    },
  });
}

async function* pages(...all: (readonly string[] | Error)[]): AsyncGenerator<readonly string[]> {
  for (const page of all) {
    await Promise.resolve();
    if (page instanceof Error) throw page;
    yield page;
  }
}

function connector(id: string, surfaces: readonly Surface<unknown>[], connect?: () => AsyncIterable<Place<unknown>>): Connector {
  return {
    id,
    title: id,
    settings: {},
    environment: [],
    surfaces,
    blindSpots: [{ surface: `${id}.invisible`, detail: 'no API lists it' }],
    permissionDocument: () => '',
    async *connect() {
      if (connect) yield* connect();
      else yield { level: 'account', scope: 'account/1', open: () => Promise.resolve({}) };
    },
    classify: (error) => (error instanceof Denied ? { why: 'permission-denied', detail: error.message } : classifyCommon(error)),
    operationOf: () => '',
  };
}

function target(of: Connector, signal = new AbortController().signal): Target {
  const context: ConnectContext = {
    env: {},
    signal,
    now: () => '2026-11-21T00:00:00Z',
    wire: () => () => Promise.reject(new Error('no network here')),
    sleep: () => Promise.resolve(),
    readFile: () => Promise.reject(new Error('no files here')),
    replaying: true,
  };
  return { connector: of, settings: {}, context, skip: {} };
}

async function look(...targets: readonly Target[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of collect(targets)) {
    if (line.record !== 'coverage') lines.push(line.id);
    else if (line.state !== 'not-enumerable')
      lines.push(
        `${line.surface} ${line.scope} ${line.state} ${String(line.count)}${'reason' in line ? ` ${line.reason}` : ''}${'requires' in line ? ` needs ${line.requires?.join() ?? ''}` : ''}`,
      );
  }
  return lines;
}

describe('collecting', () => {
  test('keeps one order, whoever answers first', async () => {
    const late = surface('a.late', async function* () {
      for (let index = 0; index < 50; index += 1) await Promise.resolve();
      yield ['late'];
    });
    const early = surface('a.early', () => pages(['early']));
    expect(
      await look(target(connector('a', [late, early])), target(connector('b', [surface('b.x', () => pages(['b1'], ['b2']))]))),
    ).toEqual(['late', 'a.late account/1 complete 1', 'early', 'a.early account/1 complete 1', 'b1', 'b2', 'b.x account/1 complete 2']);
  });

  test('calls a place denied with its permission, and goes on', async () => {
    const surfaces = [surface('a.closed', () => pages(new Denied('no'))), surface('a.open', () => pages(['x']))];
    expect(await look(target(connector('a', surfaces)))).toEqual([
      'a.closed account/1 denied 0 permission-denied needs toy:List',
      'x',
      'a.open account/1 complete 1',
    ]);
  });

  test('tells what a login lacks of what the surfaces need, before it looks', async () => {
    const told: string[] = [];
    const asked = surface('a.x', () => {
      told.push('looked');
      return pages(['x']);
    });
    const lacking: Connector = {
      ...connector('a', [asked, surface('a.y', () => pages(['y']))]),
      lacking: (_session, permissions) => Promise.resolve(permissions),
    };
    const onLacking = (...words: readonly unknown[]): void => void told.push(words.join(' '));
    const skipped = { ...target(lacking), skip: { 'a.y': 'not now' } };
    await Array.fromAsync(collect([skipped], { onLacking }));
    expect(told).toEqual(['a account/1 toy:List', 'looked']);
  });

  test.each([
    ['says nothing', undefined],
    ['says that it lacks nothing', []],
  ])('tells nothing of a login that %s', async (_name, permissions) => {
    const told: unknown[] = [];
    const silent: Connector = { ...connector('a', [surface('a.x', () => pages(['x']))]), lacking: () => Promise.resolve(permissions) };
    await Array.fromAsync(collect([target(silent)], { onLacking: (...words) => void told.push(words) }));
    expect(told).toEqual([]);
  });

  test('keeps what was read before a refusal, as partial', async () => {
    expect(await look(target(connector('a', [surface('a.x', () => pages(['one'], new UnreachableError('gone')))])))).toEqual([
      'one',
      'a.x account/1 partial 1 unreachable',
    ]);
  });

  test('gives a part that could not be read a row of its own', async () => {
    const vaults = surface('a.vaults', async function* (_session, looked) {
      looked.gap('vault/two', new Denied('firewall'));
      yield* pages(['one']);
    });
    expect(await look(target(connector('a', [vaults])))).toEqual([
      'one',
      'a.vaults vault/two denied 0 permission-denied needs toy:List',
      'a.vaults account/1 partial 1 not-looked',
    ]);
  });

  test('gives a part that is not to be read a row of its own, and is complete', async () => {
    const accounts = surface('a.accounts', async function* (_session, looked) {
      looked.leave('account/2', 'not-enabled', 'it is suspended');
      looked.leave('account/3', 'skipped', 'left out by the settings');
      yield* pages(['one']);
    });
    expect(await look(target(connector('a', [accounts])))).toEqual([
      'one',
      'a.accounts account/2 not-enabled 0 not-enabled',
      'a.accounts account/3 skipped 0 not-looked',
      'a.accounts account/1 complete 1',
    ]);
  });

  test('says on the row who told of the place, and leaves it whole', async () => {
    const told = surface('a.x', async function* (_session, looked) {
      looked.remark('told by the inventory as of yesterday');
      yield* pages(['one']);
    });
    const lines = await Array.fromAsync(collect([target(connector('a', [told]))]));
    expect(lines.at(-1)).toMatchObject({ state: 'complete', count: 1, detail: 'told by the inventory as of yesterday' });
  });

  test('counts an unreadable item instead of dropping it', async () => {
    expect(await look(target(connector('a', [surface('a.x', () => pages(['one', 'broken', 'two']))])))).toEqual([
      'one',
      'two',
      'a.x account/1 partial 2 malformed-response',
    ]);
  });

  test('makes a refused detail an unknown fact, not a refused surface', async () => {
    const states: unknown[] = [];
    const detail = surface('a.x', async function* (_session, { learn }) {
      states.push(await learn(() => Promise.reject(new Denied('no'))));
      yield* pages(['one']);
    });
    expect(await look(target(connector('a', [detail])))).toEqual(['one', 'a.x account/1 complete 1']);
    expect(states).toEqual([{ state: 'unknown', why: 'permission-denied', detail: 'no' }]);
  });

  test('throws our own bugs', async () => {
    await expect(look(target(connector('a', [surface('a.x', () => pages(['bug']))])))).rejects.toThrow('ours');
    await expect(look(target(connector('a', [surface('a.x', () => pages(new RangeError('ours too')))])))).rejects.toThrow('ours too');
  });

  test('closes every surface of a connector that cannot log in, and lets the others work', async () => {
    const closed = connector('a', [surface('a.x', () => pages(['never']))], () => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new OperatorError('login-missing', { message: 'no credentials' })) }),
    }));
    expect(await look(target(closed), target(connector('b', [surface('b.x', () => pages(['fine']))])))).toEqual([
      'a.x * denied 0 login-failed',
      'fine',
      'b.x account/1 complete 1',
    ]);
  });

  test('closes one place that does not open, and reads the next', async () => {
    const two = connector('a', [surface('a.x', () => pages(['x']))], async function* () {
      yield { level: 'account', scope: 'account/1', open: () => Promise.reject(new Denied('assume role')) };
      yield { level: 'account', scope: 'account/2', open: () => Promise.resolve({}) };
      await Promise.resolve();
    });
    expect(await look(target(two))).toEqual(['a.x account/1 denied 0 permission-denied needs toy:List', 'x', 'a.x account/2 complete 1']);
  });

  test('shows what the operator left out, with the reason', async () => {
    const skipping = { ...target(connector('a', [surface('a.x', () => pages(['x']))])), skip: { 'a.x': 'done by another team' } };
    expect(await look(skipping)).toEqual(['a.x * skipped 0 not-looked']);
  });

  test('ends when it is cancelled, though the provider never answers', async () => {
    const abort = new AbortController();
    const hanging = surface('a.hangs', async function* () {
      yield ['one'];
      abort.abort();
      await new Promise(() => undefined);
    });
    expect(await look(target(connector('a', [hanging]), abort.signal))).toEqual(['one', 'a.hangs account/1 partial 1 cancelled']);
  });

  test('ends with the missing recording, not with a refusal', async () => {
    const abort = new AbortController();
    const missing = surface('a.x', async function* () {
      abort.abort(new OperatorError('recording-missing', { message: 'no recording answers: GET /x' }));
      await new Promise(() => undefined);
      yield [];
    });
    await expect(look(target(connector('a', [missing]), abort.signal))).rejects.toThrow('no recording answers');
  });

  test('does not run ahead of a slow reader without end', async () => {
    let listed = 0;
    const endless = surface('a.endless', async function* () {
      for (;;) {
        await Promise.resolve();
        listed += 1;
        yield [`k${String(listed)}`];
      }
    });
    const stream = collect([target(connector('a', [endless]))]);
    for (let index = 0; index < 5; index += 1) await stream.next();
    for (let index = 0; index < 60_000; index += 1) await Promise.resolve();
    expect(listed).toBeLessThan(12_000);
  });

  test('asks all other places while the first one is slow', async () => {
    const last = Promise.withResolvers<void>();
    const slow = surface('a.x', async function* (place) {
      if (place === 0) await last.promise;
      if (place === 299) last.resolve();
      yield [`key-${String(place)}`];
    });
    const places = connector('a', [slow], async function* () {
      for (let index = 0; index < 300; index += 1) {
        yield { level: 'account', scope: `account/${String(index)}`, open: () => Promise.resolve(index) };
        await Promise.resolve();
      }
    });
    const lines = await look(target(places));
    expect(lines.filter((line) => line.startsWith('key-'))).toEqual(Array.from({ length: 300 }, (_, index) => `key-${String(index)}`));
  });

  test('looks at no more places at once than it is told to', async () => {
    let running = 0;
    let most = 0;
    const counted = surface('a.x', async function* () {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      yield ['one'];
    });
    const places = connector('a', [counted], async function* () {
      for (let index = 0; index < 50; index += 1) {
        yield { level: 'account', scope: `account/${String(index)}`, open: () => Promise.resolve(index) };
        await Promise.resolve();
      }
    });
    const lines: unknown[] = await Array.fromAsync(collect([target(places)], { concurrency: 7 }));
    expect(lines).toHaveLength(101);
    expect(most).toBe(7);
  });

  test('holds no more of many places than of one, and still comes to an end', async () => {
    let listed = 0;
    const full = surface('a.x', async function* (place) {
      for (let page = 0; page < 100; page += 1) {
        await Promise.resolve();
        listed += 10;
        yield Array.from({ length: 10 }, (_, index) => `key-${String(place)}-${String(page)}-${String(index)}`);
      }
    });
    const places = connector('a', [full], async function* () {
      for (let index = 0; index < 30; index += 1) {
        yield { level: 'account', scope: `account/${String(index)}`, open: () => Promise.resolve(index) };
        await Promise.resolve();
      }
    });
    const stream = collect([target(places)]);
    await stream.next();
    for (let index = 0; index < 100_000; index += 1) await Promise.resolve();
    expect(listed).toBeLessThan(13_000);
    const rest = await Array.fromAsync(stream);
    expect(rest.filter(({ record }) => record === 'credential')).toHaveLength(30_000);
  });
});
