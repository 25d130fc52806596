import { kindsOf, surfacesByKind } from '../../collect/inventory-stream.ts';
import type { Gate } from '../../model/result.ts';
import { defaultConventions } from '../../reconcile/conventions.ts';
import { type ScanRequest, scan } from '../../scan.ts';
import { loadWaivers } from '../../waivers/load.ts';
import type { FoundConfig } from '../config/config.ts';
import { findFiles } from '../find-files.ts';
import { type Host, tool } from '../host.ts';
import type { GateOptions, GlobalOptions, JudgeOptions, ReportOptions } from '../options.ts';
import { readPolicies } from '../policies.ts';
import { readSources } from '../sources.ts';
import { loadConnectors } from './open-run.ts';
import { report } from './report.ts';

type Options = JudgeOptions & GateOptions & ReportOptions & GlobalOptions;
type Evidence = Pick<ScanRequest, 'inventory' | 'kinds' | 'asOf' | 'startedAt' | 'now' | 'interrupted'>;

/** Everything that is not evidence: policies, sources, waivers, gate. All of it is read and checked before the first record is asked for. */
export async function judge(evidence: Evidence, found: FoundConfig, options: Options, host: Host): Promise<number> {
  const { config } = found;
  // A policy may name kinds of connectors that this run does not use.
  const connectors = await loadConnectors(host);
  const known = new Map([...kindsOf(connectors), ...evidence.kinds]);
  const [{ policies }, sources, waivers] = await Promise.all([
    readPolicies(options, found, host, known),
    readSources(options, found, host, evidence.asOf),
    readWaivers(options, found, host),
  ]);
  const result = await scan({
    ...evidence,
    tool: tool(host),
    policies,
    sources,
    waivers,
    conventions: { ...defaultConventions, ...config.owners?.tags },
    longestWaiver: config.longestWaiver ?? '90d',
    expected: { connectors: Object.keys(config.connectors ?? {}), surfaces: surfacesByKind(connectors) },
    gate: gateOf(options, found),
  });
  await report(result, options, host);
  return result.exit.code;
}

function gateOf({ failOn, failOnUnknown, requireCoverage }: GateOptions, { config }: FoundConfig): Gate {
  return {
    failOn: failOn ?? config.gate?.failOn ?? 'high',
    failOnUnknown: failOnUnknown ?? config.gate?.failOnUnknown ?? 'none',
    requireCoverage: requireCoverage ?? config.gate?.requireCoverage ?? 'declared',
  };
}

async function readWaivers({ waivers }: JudgeOptions, { config, folder }: FoundConfig, host: Host): Promise<ScanRequest['waivers']> {
  if (waivers === false) return [];
  const paths = waivers
    ? await findFiles(waivers, host.cwd, 'the waiver file', host)
    : await findFiles(config.waivers ?? [], folder, 'the waiver file', host);
  return loadWaivers(await Promise.all(paths.map((path) => host.files.read(path, host.cwd, 'the waiver file'))));
}
