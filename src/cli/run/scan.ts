import { kindsOf } from '../../collect/inventory-stream.ts';
import type { Host } from '../host.ts';
import type { CollectOptions, GateOptions, GlobalOptions, JudgeOptions, ReportOptions } from '../options.ts';
import { enumerate } from './enumerate.ts';
import { exitCode } from './exit-code.ts';
import { judge } from './judge.ts';
import { openRun } from './open-run.ts';
import { sourceTraffic } from '../source-context.ts';
import { formatOf } from './report.ts';
import { setUpHosts } from './set-up-host.ts';

export type ScanOptions = CollectOptions & JudgeOptions & GateOptions & ReportOptions & GlobalOptions;

export async function runScan(options: ScanOptions, host: Host): Promise<number> {
  formatOf(options);
  const hosts = await setUpHosts(options, host);
  const run = await openRun(options, hosts.host);
  const { asOf, now } = run.network;
  const inventory = enumerate(run, options, host);
  const code = await judge(
    {
      inventory,
      kinds: kindsOf(run.connectors),
      asOf,
      startedAt: now(),
      now,
      interrupted: () => run.signal.aborted,
      sourceContext: run.network.context(sourceTraffic, run.signal),
    },
    run.found,
    options,
    hosts,
  );
  return exitCode(run.signal, code);
}
