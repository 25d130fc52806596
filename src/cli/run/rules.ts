import { allOrMistakes } from '../../model/all-mistakes.ts';
import type { Kind } from '../../model/kind.ts';
import type { Gate } from '../../model/result.ts';
import type { Waiver } from '../../model/waiver.ts';
import { loadWaivers } from '../../waivers/load.ts';
import type { Config, FoundConfig } from '../config/config.ts';
import { findFiles } from '../find-files.ts';
import type { Host } from '../host.ts';
import type { GateOptions, JudgeOptions } from '../options.ts';
import { type ReadPolicies, readPolicies } from '../policies.ts';

/** What a run is judged by, beside the evidence and the sources. */
export type Rules = {
  readonly config: Config;
  readonly policies: ReadPolicies;
  readonly waivers: readonly Waiver[];
  readonly longestWaiver: string;
  readonly gate: Gate;
};

export async function readRules(
  options: JudgeOptions & GateOptions,
  found: FoundConfig,
  host: Host,
  kinds: ReadonlyMap<string, Kind>,
): Promise<Rules> {
  const { config } = found;
  const [policies, waivers] = await allOrMistakes([readPolicies(options, found, host, kinds), readWaivers(options, found, host)]);
  return { config, policies, waivers, longestWaiver: config.longestWaiver ?? '90d', gate: gateOf(options, found) };
}

function gateOf({ failOn, failOnUnknown, requireCoverage }: GateOptions, { config }: FoundConfig): Gate {
  return {
    failOn: failOn ?? config.gate?.failOn ?? 'high',
    failOnUnknown: failOnUnknown ?? config.gate?.failOnUnknown ?? 'none',
    requireCoverage: requireCoverage ?? config.gate?.requireCoverage ?? 'declared',
  };
}

async function readWaivers(options: JudgeOptions, found: FoundConfig, host: Host): Promise<readonly Waiver[]> {
  const paths = await waiverPaths(options, found, host);
  return loadWaivers(await Promise.all(paths.map((path) => host.files.read(path, host.cwd, 'the waiver file'))));
}

/** Absolute paths of the waiver files: those of the flag, else those of the configuration. */
export async function waiverPaths({ waivers }: JudgeOptions, { config, folder }: FoundConfig, host: Host): Promise<readonly string[]> {
  if (waivers === false) return [];
  return waivers ? findFiles(waivers, host.cwd, 'the waiver file', host) : findFiles(config.waivers ?? [], folder, 'the waiver file', host);
}
