import type { ConnectContext, Connector, Place } from '../connector/contract.ts';
import type { Coverage } from '../model/coverage.ts';
import type { Collected } from '../model/inventory.ts';
import { OperatorError } from '../model/operator-error.ts';
import { abortable } from './abortable.ts';
import { buffered } from './buffered.ts';
import { coverageRow } from './coverage-row.ts';
import { lookAt } from './look-at.ts';
import { type Shelf, openShelf } from './shelf.ts';
import { openTurns } from './turns.ts';

/** One connector to run, logged in by its settings. */
export type Target = {
  readonly connector: Connector;
  readonly settings: unknown;
  readonly context: ConnectContext;
  /** Surfaces the operator leaves out, with the reason: still a row of coverage. */
  readonly skip: Readonly<Record<string, string>>;
};
export type CollectOptions = {
  /** Surfaces read at once in each connector. The provider's own limits are the wire's business. Default 128. */
  readonly concurrency?: number;
  readonly firstPageOnly?: boolean;
  readonly onPlace?: (connector: string, scope: string) => void;
  readonly onCoverage?: (coverage: Coverage) => void;
  /** A login that is known to lack permissions, told before the place is looked at. */
  readonly onLacking?: (connector: string, scope: string, permissions: readonly string[]) => void;
  /** A connector that gave no place at all. Its rows are in the stream; whether the run goes on is the caller's decision. */
  readonly onFailed?: (connector: string, error: unknown) => void;
};

const recordsAhead = 10_000;

/**
 * Runs all connectors side by side and yields their records and coverage in one order: connector, place, surface, whatever the
 * network does. A denied surface, scope or connector never stops the others. Our bugs and missing recordings are thrown.
 */
export async function* collect(targets: readonly Target[], options: CollectOptions = {}): AsyncGenerator<Collected> {
  const shelf = openShelf(recordsAhead);
  const streams = targets.map((target) => buffered(collectOne(target, options, shelf), openShelf(1)));
  for (const [index, stream] of streams.entries()) {
    for await (const line of stream) {
      if (line.record === 'coverage') options.onCoverage?.(line);
      yield line;
    }
    const reason: unknown = targets[index]?.context.signal.reason;
    if (reason instanceof OperatorError) throw reason;
  }
}

async function* collectOne(target: Target, options: CollectOptions, shelf: Shelf): AsyncGenerator<Collected> {
  const { connector, skip } = target;
  for (const { surface, detail } of connector.blindSpots) {
    yield {
      record: 'coverage',
      connector: connector.id,
      scope: '*',
      surface,
      state: 'not-enumerable',
      count: 0,
      reason: 'not-offered',
      detail,
    };
  }
  for (const surface of connector.surfaces) {
    const because = skip[surface.id];
    if (because === undefined) continue;
    yield {
      record: 'coverage',
      connector: connector.id,
      scope: '*',
      surface: surface.id,
      state: 'skipped',
      count: 0,
      reason: 'not-looked',
      detail: because,
    };
  }
  for await (const look of buffered(started(target, options, shelf), openShelf(Infinity))) yield* look;
}

/** The looks in their order, each running ahead of its turn. A slow one holds up what is read after it, not what is asked for. */
async function* started(target: Target, options: CollectOptions, shelf: Shelf): AsyncGenerator<AsyncIterable<Collected>> {
  const turns = openTurns(options.concurrency ?? 128);
  for await (const look of looks(target, options)) {
    await turns.take();
    yield buffered(look, shelf, turns.giveBack);
  }
}

/** One generator for each place and surface, as places become known; a closed connector gives its rows as refused. */
async function* looks(target: Target, options: CollectOptions): AsyncGenerator<AsyncGenerator<Collected>> {
  const { connector, settings, context, skip } = target;
  let places = 0;
  try {
    for await (const place of abortable(connector.connect(settings, context), context.signal)) {
      places += 1;
      options.onPlace?.(connector.id, place.scope);
      const session = open(place, target, options);
      for (const surface of connector.surfaces) {
        if (surface.level !== place.level || skip[surface.id] !== undefined) continue;
        const { signal } = context;
        yield lookAt({
          connector,
          surface,
          scope: place.scope,
          session,
          signal,
          now: context.now,
          firstPageOnly: options.firstPageOnly === true,
        });
      }
    }
  } catch (error) {
    if (places === 0) options.onFailed?.(connector.id, error);
    yield refusedEverywhere(target, error, places);
  }
}

function open(place: Place<unknown>, target: Target, options: CollectOptions): Promise<unknown> {
  const { signal } = target.context;
  const session = signal.aborted ? Promise.reject(new DOMException('cancelled', 'AbortError')) : opened(place, target, options);
  // Awaited by each surface in its turn; until then a refusal must not count as unhandled.
  session.catch(() => undefined);
  return session;
}

async function opened(place: Place<unknown>, { connector, skip }: Target, { onLacking }: CollectOptions): Promise<unknown> {
  const session = await place.open();
  if (!connector.lacking || !onLacking) return session;
  const surfaces = connector.surfaces.filter(({ id, level }) => level === place.level && skip[id] === undefined);
  const needed = new Set(surfaces.flatMap(({ operations }) => operations.map(({ permission }) => permission)));
  const lacking = (await connector.lacking(session, [...needed].toSorted())) ?? [];
  if (lacking.length > 0) onLacking(connector.id, place.scope, lacking);
  return session;
}

/** The login itself failed, or the listing of places broke off: every surface has a row that says so. */
async function* refusedEverywhere({ connector, context, skip }: Target, error: unknown, places: number): AsyncGenerator<Coverage> {
  const refusal = refusalOf(connector, context, error);
  for (const surface of connector.surfaces) {
    if (skip[surface.id] !== undefined) continue;
    yield coverageRow({ connector: connector.id, surface, scope: places === 0 ? '*' : 'other places', count: 0, refusal });
  }
}

function refusalOf(connector: Connector, { signal }: ConnectContext, error: unknown) {
  if (signal.aborted) return { why: 'cancelled' as const, detail: '' };
  if (error instanceof OperatorError) return { why: 'login-failed' as const, detail: error.message };
  const refusal = connector.classify(error);
  if (!refusal) throw error;
  return refusal;
}
