import type { Host } from '../host.ts';
import type { CacheOptions, GateOptions, GlobalOptions, JudgeOptions, ReportOptions } from '../options.ts';
import { loadConfig } from '../config/load.ts';
import { savedEvidence } from './evidence.ts';
import { exitCode } from './exit-code.ts';
import { judge } from './judge.ts';
import { loadConnectors } from './open-run.ts';
import { formatOf } from './report.ts';
import { setUpHosts } from './set-up-host.ts';

type Options = JudgeOptions & CacheOptions & GateOptions & ReportOptions & GlobalOptions;

export async function runEvaluate(path: string, options: Options, host: Host): Promise<number> {
  formatOf(options);
  const hosts = await setUpHosts(options, host);
  const found = await loadConfig(options, hosts.host, await loadConnectors(host));
  const code = await judge(await savedEvidence(path, options, found, host), found, options, hosts);
  return exitCode(host.signal, code);
}
