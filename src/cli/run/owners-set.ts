import { kindsOf } from '../../collect/inventory-stream.ts';
import type { Coverage } from '../../model/coverage.ts';
import type { Instant } from '../../model/instant.ts';
import type { Collected, InventoryRecord } from '../../model/inventory.ts';
import type { Kind } from '../../model/kind.ts';
import type { Scope } from '../../model/scope.ts';
import type { Sources } from '../../model/source.ts';
import type { Subject } from '../../model/subject.ts';
import { defaultConventions } from '../../reconcile/conventions.ts';
import { reconcile } from '../../reconcile/reconcile.ts';
import type { FoundConfig } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import type { Host } from '../host.ts';
import type { CollectOptions, GlobalOptions, SourceOptions } from '../options.ts';
import { liveSourceContext, sourceTraffic } from '../source-context.ts';
import { readSources } from '../sources.ts';
import { enumerate } from './enumerate.ts';
import { loadConnectors, openRun } from './open-run.ts';
import { readInventory } from './read-inventory.ts';

export type OwnersOptions = CollectOptions & SourceOptions & GlobalOptions & { readonly format: 'table' | 'json' };
export type OwnersSet = {
  readonly sources: Sources;
  readonly signal: AbortSignal;
  /** Every record with its claims resolved; undefined where only the sources are looked at. */
  readonly subjects: AsyncIterable<Subject> | undefined;
  /** Filled while the subjects are read. */
  readonly coverage: readonly Coverage[];
};
type Evidence = {
  readonly lines: AsyncIterable<Collected>;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly signal: AbortSignal;
};

/** The sources, and the records that are held against them: of a file, of this moment where connectors are asked for or `enumerate`, or none. */
export async function openOwners(
  path: string | undefined,
  options: OwnersOptions,
  host: Host,
  enumerates: 'always' | 'when asked',
): Promise<OwnersSet> {
  const isAsked = enumerates === 'always' || options.connector !== undefined || options.replay !== undefined;
  if (path === undefined && isAsked) {
    const run = await openRun(options, host);
    const sources = await readSources(options, run.found, host, run.network.asOf, run.network.context(sourceTraffic, run.signal));
    const lines = enumerate(run, options, host);
    return over(run.found, sources, { lines, kinds: kindsOf(run.connectors), signal: run.signal });
  }
  const found = await loadConfig(options, host, await loadConnectors(host));
  const saved = path === undefined ? undefined : await readInventory(path, host);
  const asOf: Instant = options.asOf ?? saved?.head.startedAt ?? host.now();
  const sources = await readSources(options, found, host, asOf, await liveSourceContext(options, found, host));
  return saved
    ? over(found, sources, { lines: saved.lines, kinds: saved.kinds, signal: host.signal })
    : { sources, signal: host.signal, subjects: undefined, coverage: [] };
}

function over({ config }: FoundConfig, sources: Sources, { lines, kinds, signal }: Evidence): OwnersSet {
  const coverage: Coverage[] = [];
  const conventions = { ...defaultConventions, ...config.owners?.tags };
  const records = recordsIn(lines, coverage);
  return { sources, signal, coverage, subjects: reconcile(records, { kinds, sources, conventions, ownerEvidence: config.owners?.from }) };
}

async function* recordsIn(lines: Evidence['lines'], coverage: Coverage[]): AsyncGenerator<InventoryRecord | Scope> {
  for await (const line of lines) {
    if (line.record === 'coverage') coverage.push(line);
    else yield line;
  }
}
