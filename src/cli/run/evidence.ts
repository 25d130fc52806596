import { kindsOf } from '../../collect/inventory-stream.ts';
import type { FoundConfig } from '../config/config.ts';
import type { Host } from '../host.ts';
import type { CacheOptions, CollectOptions, GlobalOptions, JudgeOptions } from '../options.ts';
import { liveSourceContext, sourceTraffic } from '../source-context.ts';
import { enumerate } from './enumerate.ts';
import type { Evidence } from './judge.ts';
import type { Run } from './open-run.ts';
import { readInventory } from './read-inventory.ts';

/** What connectors enumerate now. */
export function freshEvidence(run: Run, options: CollectOptions & GlobalOptions, host: Host): Evidence {
  const { asOf, now, context } = run.network;
  return {
    inventory: enumerate(run, options, host),
    kinds: kindsOf(run.connectors),
    asOf,
    startedAt: now(),
    now,
    interrupted: () => run.signal.aborted,
    sourceContext: context(sourceTraffic, run.signal),
  };
}

/** What a saved inventory holds, judged as of its own time unless another is asked for. */
export async function savedEvidence(
  path: string,
  options: JudgeOptions & CacheOptions & GlobalOptions,
  found: FoundConfig,
  host: Host,
): Promise<Evidence> {
  const { head, kinds, lines, interrupted } = await readInventory(path, host);
  const { startedAt } = head;
  const sourceContext = await liveSourceContext(options, found, host);
  return { inventory: lines, kinds, asOf: options.asOf ?? startedAt, startedAt, now: host.now, interrupted, sourceContext };
}
