import { readFile } from 'node:fs/promises';
import { connectors } from '../../connectors/index.ts';
import { loadTraffic } from '../../src/cli/traffic.ts';
import { collect } from '../../src/collect/collect.ts';
import type { ConnectContext, Connector } from '../../src/connector/contract.ts';
import { paced } from '../../src/connector/pace.ts';
import { keyOf } from '../../src/connector/recording.ts';
import { replayWire } from '../../src/connector/replay.ts';
import type { Wire, WireRequest, WireResponse } from '../../src/connector/wire.ts';
import type { Coverage } from '../../src/model/coverage.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import type { Scope } from '../../src/model/scope.ts';

export type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: unknown };
/** One answer for all requests, or the first whose `match` is part of the request's key: a provider may speak several protocols. */
export type Answers = Answer | readonly (Answer & { readonly match?: string })[];
/** `fixtures/faults/<connector>.json`: how this provider says no. */
export type Faults = {
  readonly settings: unknown;
  readonly denied: Answers;
  readonly throttled: Answers;
  readonly malformedItem: readonly { readonly surface: string; readonly match: string; readonly find: string; readonly replace: string }[];
};
export type Run = {
  readonly scopes: readonly Scope[];
  readonly records: readonly InventoryRecord[];
  readonly coverage: readonly Coverage[];
  readonly operations: ReadonlySet<string>;
};
/** Stands between the SDK and the recording; undefined lets the recording answer. */
export type Fault = (request: WireRequest, operation: string, replay: () => Promise<WireResponse>) => Promise<WireResponse> | undefined;

export const folder = 'fixtures/company/traffic';
export const pinned = '2026-11-21T00:00:00Z';

export async function load(id: string): Promise<{ connector: Connector; faults: Faults }> {
  const loader = (connectors as Readonly<Record<string, () => Promise<Connector>>>)[id];
  if (!loader) throw new Error(`no connector ${id}`);
  const faults = JSON.parse(await readFile(`fixtures/faults/${id}.json`, 'utf8')) as Faults;
  return { connector: await loader(), faults };
}

/** The provider's answer of this sort to that request. */
export function answerTo(request: WireRequest, answers: Answers): WireResponse {
  if (!isList(answers)) return asResponse(answers);
  const key = keyOf(request);
  const answer = answers.find(({ match }) => match === undefined || key.includes(match));
  if (!answer) throw new Error(`no faulty answer fits ${key}`);
  return asResponse(answer);
}

function isList(answers: Answers): answers is readonly (Answer & { readonly match?: string })[] {
  return Array.isArray(answers);
}

export function asResponse({ status, headers, body }: Answer): WireResponse {
  const lines = typeof body === 'object' && body !== null && 'lines' in body ? (body as { lines: string[] }).lines.join('\n') : undefined;
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: lines ?? (typeof body === 'string' ? body : JSON.stringify(body)),
  };
}

export type RunOptions = {
  readonly abort?: AbortController;
  /** Ids; all when left out. */
  readonly surfaces?: ReadonlySet<string>;
};

/** Runs the connector over its recorded traffic through the real SDK, with one fault in between. */
export async function run(
  connector: Connector,
  settings: unknown,
  fault?: Fault,
  { abort = new AbortController(), surfaces }: RunOptions = {},
): Promise<Run> {
  const others = connector.surfaces.filter(({ id }) => surfaces?.has(id) === false);
  const skip = Object.fromEntries(others.map(({ id }) => [id, 'not part of this test']));
  const operations = new Set<string>();
  const context = await contextOver(connector, operations, fault, abort);
  const scopes: Scope[] = [];
  const records: InventoryRecord[] = [];
  const coverage: Coverage[] = [];
  for await (const line of collect([{ connector, settings, context, skip }])) {
    if (line.record === 'coverage') coverage.push(line);
    else if (line.record === 'scope') scopes.push(line);
    else records.push(line);
  }
  operations.delete('');
  return { scopes, records, coverage, operations };
}

export async function contextOver(
  connector: Connector,
  operations: Set<string>,
  fault: Fault | undefined,
  abort: AbortController,
): Promise<ConnectContext> {
  const { exchanges } = await loadTraffic(folder, [connector.id]);
  const replay = replayWire(exchanges, (error) => {
    abort.abort(error);
  });
  const wire: Wire = (request) => {
    const operation = connector.operationOf(request);
    operations.add(operation);
    return fault?.(request, operation, () => replay(request)) ?? replay(request);
  };
  return {
    env: {},
    signal: abort.signal,
    now: () => pinned,
    wire: (budget) => paced(wire, budget, { sleep: () => Promise.resolve(), clock: () => Date.parse(pinned) }),
    sleep: () => Promise.resolve(),
    readFile: (path) => readFile(path, 'utf8'),
    replaying: true,
  };
}
