import { epoch, type Instant } from '../../model/instant.ts';
import type { Kind } from '../../model/kind.ts';
import type { Relaxation } from '../../model/relaxation.ts';
import { relaxedPolicies } from '../../policy/relaxation/policies.ts';
import { relaxedWaivers } from '../../waivers/relaxation.ts';
import { loadConfig } from '../config/load.ts';
import { relaxedConfig } from '../config/relaxation.ts';
import type { Host } from '../host.ts';
import type { GateOptions, GlobalOptions, JudgeOptions } from '../options.ts';
import { loadConnectors } from './open-run.ts';
import { type Rules, readRules } from './rules.ts';

type Options = JudgeOptions & GateOptions & GlobalOptions;

/** What the working copy asks less of than the rules that this run judges by. `host` sees the working copy. */
export async function relaxationsOf(
  before: Rules,
  options: Options,
  host: Host,
  kinds: ReadonlyMap<string, Kind>,
  asOf: Instant,
): Promise<readonly Relaxation[]> {
  const connectors = await loadConnectors(host);
  const found = await loadConfig(options, host, connectors);
  const after = await readRules(options, found, host, kinds);
  return [
    ...relaxedPolicies(before.policies, after.policies),
    ...relaxedConfig(withLimits(before), withLimits(after), found.position, connectors),
    ...relaxedWaivers(before.waivers, after.waivers, epoch(asOf)),
  ].toSorted((a, b) => (`${a.what} ${a.of}` < `${b.what} ${b.of}` ? -1 : 1));
}

function withLimits({ config, gate, longestWaiver }: Rules) {
  return { ...config, gate, longestWaiver };
}
