import type { Host } from '../host.ts';
import type { CollectOptions, GateOptions, GlobalOptions, JudgeOptions, ReportOptions } from '../options.ts';
import { freshEvidence } from './evidence.ts';
import { exitCode } from './exit-code.ts';
import { judge } from './judge.ts';
import { openRun } from './open-run.ts';
import { formatOf } from './report.ts';
import { setUpHosts } from './set-up-host.ts';

export type ScanOptions = CollectOptions & JudgeOptions & GateOptions & ReportOptions & GlobalOptions;

export async function runScan(options: ScanOptions, host: Host): Promise<number> {
  formatOf(options);
  const hosts = await setUpHosts(options, host);
  const run = await openRun(options, hosts.host);
  const code = await judge(freshEvidence(run, options, host), run.found, options, hosts);
  return exitCode(run.signal, code);
}
