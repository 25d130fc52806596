import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Budget, paced } from '../../src/connector/pace.ts';
import { UnreachableError } from '../../src/connector/refusal.ts';
import type { Wire, WireResponse } from '../../src/connector/wire.ts';

const now = Date.parse('2026-11-21T00:00:00Z');
const request = { method: 'GET', url: 'https://api.example.com/x', headers: {} };

function answer(status: number, headers: Record<string, string> = {}, body = ''): WireResponse {
  return { status, headers, body };
}

/** Serves the answers in turn (an Error is thrown), and keeps what was waited for. */
function rig(answers: readonly (WireResponse | Error)[], budget: Partial<Budget> = {}) {
  const waits: number[] = [];
  let asked = 0;
  const wire: Wire = () => {
    const next = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next ?? answer(200));
  };
  const sleep = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  return { wire: paced(wire, { concurrency: 2, ...budget }, { sleep, clock: () => now }), waits, asked: () => asked };
}

describe('a paced wire', () => {
  test.each([
    ['seconds', answer(429, { 'retry-after': '3' }), 3000],
    ['a date', answer(503, { 'retry-after': 'Sat, 21 Nov 2026 00:00:07 GMT' }), 7000],
    ['a reset time', answer(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 20) }), 20_000],
    ['a secondary limit', answer(403, { 'retry-after': '1' }), 1000],
  ])('waits as long as it is asked to by %s', async (_name, first, wait) => {
    const { wire, waits } = rig([first, answer(200)]);
    expect((await wire(request)).status).toBe(200);
    expect(waits).toEqual([wait]);
  });

  test('keeps its distance from one request to the next where a quota counts them', async () => {
    const { wire, waits } = rig([answer(200)], { concurrency: 3, interval: 200 });
    await Promise.all([wire(request), wire(request), wire(request)]);
    expect(waits).toEqual([200, 400]);
  });

  test('lets a few go at once that were saved up, and then keeps its distance', async () => {
    const { wire, waits } = rig([answer(200)], { concurrency: 6, interval: 200, burst: 2 });
    await Promise.all([wire(request), wire(request), wire(request), wire(request), wire(request)]);
    expect(waits).toEqual([200, 400]);
  });

  test.each([429, 500, 502, 503, 504])('asks again after %i, each time waiting longer', async (status) => {
    const { wire, waits } = rig([answer(status), answer(status), answer(status), answer(200)]);
    expect((await wire(request)).status).toBe(200);
    const [first = 0, second = 0, third = 0] = waits;
    expect(first).toBeLessThan(second);
    expect(second).toBeLessThan(third);
  });

  test.each([200, 304, 400, 401, 403, 404])('takes %i as final', async (status) => {
    const { wire, waits, asked } = rig([answer(status)]);
    expect((await wire(request)).status).toBe(status);
    expect([waits.length, asked()]).toEqual([0, 1]);
  });

  test('knows a throttled answer that only its body tells', async () => {
    const isThrottled = ({ body }: WireResponse): boolean => body.includes('Throttling');
    const { wire, waits } = rig([answer(400, {}, '<Code>Throttling</Code>'), answer(200)], { isThrottled });
    expect((await wire(request)).status).toBe(200);
    expect(waits).toHaveLength(1);
  });

  test('gives the last answer back when the provider never relents', async () => {
    const { wire, asked } = rig([answer(429)], { attempts: 4 });
    expect((await wire(request)).status).toBe(429);
    expect(asked()).toBe(4);
  });

  test('does not wait longer than it may', async () => {
    const { wire, waits } = rig([answer(429, { 'retry-after': '3600' })], { longestWait: 60_000 });
    expect((await wire(request)).status).toBe(429);
    expect(waits).toEqual([]);
  });

  test('tries an unreachable host three times, then says so', async () => {
    const { wire, asked } = rig([new UnreachableError('no answer')]);
    await expect(wire(request)).rejects.toThrow(UnreachableError);
    expect(asked()).toBe(3);
  });

  test('passes any other error through at once', async () => {
    const { wire, asked } = rig([new TypeError('ours')]);
    await expect(wire(request)).rejects.toThrow(TypeError);
    expect(asked()).toBe(1);
  });

  test('never has more under way than its budget', async () => {
    let running = 0;
    let most = 0;
    const slow: Wire = async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return answer(200);
    };
    const wire = paced(slow, { concurrency: 3 }, { sleep: () => Promise.resolve(), clock: () => now });
    await Promise.all(Array.from({ length: 20 }, () => wire(request)));
    expect(most).toBe(3);
  });

  test('has fewer under way after a throttled answer, and all of them again in the end', async () => {
    const provider = slowProvider({ allowed: 4 });
    const wire = paced(provider.wire, { concurrency: 16, attempts: 50 }, { sleep: provider.tick, clock: provider.clock });
    const statuses = await Promise.all(Array.from({ length: 200 }, () => wire(request).then(({ status }) => status)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(provider.most()).toBe(16);
    expect(provider.throttled()).toBeLessThan(100);
  });

  test('answers each request, whatever the provider allows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 60 }),
        async (concurrency, allowed, requests) => {
          const provider = slowProvider({ allowed });
          const wire = paced(provider.wire, { concurrency, attempts: 100 }, { sleep: provider.tick, clock: provider.clock });
          const statuses = await Promise.all(Array.from({ length: requests }, () => wire(request).then(({ status }) => status)));
          expect(statuses).toEqual(Array.from({ length: requests }, () => 200));
          expect(provider.most()).toBeLessThanOrEqual(concurrency);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('waits for the longest of the waits that one burst was asked for', async () => {
    const answers = [answer(429, { 'retry-after': '30' }), answer(429, { 'retry-after': '1' }), answer(200)];
    const { wire, waits } = rig(answers);
    await Promise.all([wire(request), wire(request)]);
    expect(waits).toEqual([30_000]);
  });
});

/** Throttles what is under way beyond what it allows. Time passes by itself: an answer takes a turn of the event loop. */
function slowProvider({ allowed }: { readonly allowed: number }) {
  let running = 0;
  let most = 0;
  let throttled = 0;
  let time = now;
  const wire: Wire = async () => {
    running += 1;
    most = Math.max(most, running);
    const isTooMany = running > allowed;
    if (isTooMany) throttled += 1;
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return answer(isTooMany ? 429 : 200);
  };
  const tick = (milliseconds: number): Promise<void> => {
    time += milliseconds;
    return Promise.resolve();
  };
  return { wire, tick, clock: () => time, most: () => most, throttled: () => throttled };
}
