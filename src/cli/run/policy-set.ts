import { kindsOf } from '../../collect/inventory-stream.ts';
import type { Kind } from '../../model/kind.ts';
import { loadConfig } from '../config/load.ts';
import type { Host } from '../host.ts';
import type { GlobalOptions, JudgeOptions } from '../options.ts';
import { type ReadPolicies, readPolicies } from '../policies.ts';
import { loadConnectors } from './open-run.ts';

/** The policies of this set-up, and the kinds they are held against: for the commands that look at policies without evidence. */
export async function openPolicies(
  options: JudgeOptions & GlobalOptions,
  host: Host,
): Promise<ReadPolicies & { readonly kinds: ReadonlyMap<string, Kind> }> {
  const connectors = await loadConnectors(host);
  const kinds = kindsOf(connectors);
  const found = await loadConfig(options, host, connectors);
  return { ...(await readPolicies(options, found, host, kinds)), kinds };
}
