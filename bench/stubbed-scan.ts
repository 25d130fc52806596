import { setTimeout as delay } from 'node:timers/promises';
import { collect } from '../src/collect/collect.ts';
import type { Connector } from '../src/connector/contract.ts';
import { paced } from '../src/connector/pace.ts';
import type { WireRequest, WireResponse } from '../src/connector/wire.ts';
import { isBlind } from '../src/model/coverage.ts';
import type { Measurement } from './measurement.ts';

export type StubbedScan = {
  readonly connector: Connector;
  readonly settings: object;
  readonly skip?: Readonly<Record<string, string>>;
  /** Milliseconds until each answer comes. */
  readonly latency: number;
  answer(request: WireRequest): WireResponse;
};
export type Scanned = {
  /** Requests by operation. */
  readonly counts: ReadonlyMap<string, number>;
  readonly requests: number;
  readonly records: number;
  readonly milliseconds: number;
};

/** One scan with the real SDKs under the real pacing, over a stub that answers late. Throws where anything was not read completely. */
export async function stubbedScan({ connector, settings, skip = {}, latency, answer }: StubbedScan): Promise<Scanned> {
  const counts = new Map<string, number>();
  const sleep = (milliseconds: number): Promise<void> => delay(milliseconds);
  const answered = async (request: WireRequest): Promise<WireResponse> => {
    const operation = connector.operationOf(request) || 'login';
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    await delay(latency);
    return answer(request);
  };
  const context = {
    env: {},
    signal: new AbortController().signal,
    now: () => '2026-11-21T00:00:00Z',
    sleep,
    replaying: true,
    wire: (budget: Parameters<typeof paced>[1]) => paced(answered, budget, { sleep, clock: () => performance.now() }),
  };
  let records = 0;
  const start = performance.now();
  for await (const line of collect([{ connector, settings, context, skip }])) {
    if (line.record !== 'coverage') records += 1;
    else if (isBlind(line)) throw new Error(`the stub's answers were not read completely: ${JSON.stringify(line)}`);
  }
  const milliseconds = performance.now() - start;
  return { counts, requests: [...counts.values()].reduce((sum, count) => sum + count, 0), records, milliseconds };
}

/** `AWS:   iam:ListUsers` … a line each, in order. */
export function byOperation(provider: string, { counts }: Scanned): readonly Measurement[] {
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([operation, count]) => ({ what: `${provider}:   ${operation}`, value: count, unit: '' }));
}
