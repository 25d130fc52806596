import { kindsOf, surfacesByKind } from '../../collect/inventory-stream.ts';
import type { ConnectContext } from '../../connector/contract.ts';
import { allOrMistakes } from '../../model/all-mistakes.ts';
import type { Result } from '../../model/result.ts';
import { defaultConventions } from '../../reconcile/conventions.ts';
import { type ScanRequest, scan } from '../../scan.ts';
import type { FoundConfig } from '../config/config.ts';
import { tool } from '../host.ts';
import type { GateOptions, GlobalOptions, JudgeOptions, ReportOptions } from '../options.ts';
import { readSources } from '../sources.ts';
import { loadConnectors } from './open-run.ts';
import { relaxationsOf } from './relaxations.ts';
import { report } from './report.ts';
import { readRules } from './rules.ts';
import type { SetUpHosts } from './set-up-host.ts';

type Options = JudgeOptions & GateOptions & GlobalOptions;
export type Evidence = Pick<ScanRequest, 'inventory' | 'kinds' | 'asOf' | 'startedAt' | 'now' | 'interrupted'> & {
  /** For sources that are asked over the network. */
  readonly sourceContext: ConnectContext;
};

/** Judges and reports; gives the exit code. */
export async function judge(evidence: Evidence, found: FoundConfig, options: Options & ReportOptions, hosts: SetUpHosts): Promise<number> {
  const result = await judged(evidence, found, options, hosts);
  await report(result, options, hosts.host);
  return result.exit.code;
}

/** The result alone, for commands that ask something else of it. */
export async function judged(evidence: Evidence, found: FoundConfig, options: Options, hosts: SetUpHosts): Promise<Result> {
  return scan(await prepared(evidence, found, options, hosts));
}

/** Everything that is not evidence: policies, sources, waivers, gate. All of it is read and checked before the first record is asked for. */
async function prepared(
  { sourceContext, ...evidence }: Evidence,
  found: FoundConfig,
  options: Options,
  { host, changed }: SetUpHosts,
): Promise<ScanRequest> {
  const { config } = found;
  // A policy may name kinds of connectors that this run does not use.
  const connectors = await loadConnectors(host);
  const known = new Map([...kindsOf(connectors), ...evidence.kinds]);
  const [rules, sources] = await allOrMistakes([
    readRules(options, found, host, known),
    readSources(options, found, host, evidence.asOf, sourceContext),
  ]);
  return {
    ...evidence,
    tool: tool(host),
    policies: rules.policies.policies,
    notInForce: rules.policies.notInForce,
    frameworks: rules.policies.frameworks,
    sources,
    waivers: rules.waivers,
    conventions: { ...defaultConventions, ...config.owners?.tags },
    ownerEvidence: config.owners?.from,
    longestWaiver: rules.longestWaiver,
    expected: { connectors: Object.keys(config.connectors ?? {}), surfaces: surfacesByKind(connectors) },
    relaxations: changed ? await relaxationsOf(rules, options, changed, known, evidence.asOf) : [],
    gate: rules.gate,
  };
}
