import type { Host } from '../host.ts';
import type { CacheOptions, GateOptions, GlobalOptions, JudgeOptions, ReportOptions } from '../options.ts';
import { loadConfig } from '../config/load.ts';
import { liveSourceContext } from '../source-context.ts';
import { exitCode } from './exit-code.ts';
import { judge } from './judge.ts';
import { loadConnectors } from './open-run.ts';
import { readInventory } from './read-inventory.ts';
import { formatOf } from './report.ts';
import { setUpHosts } from './set-up-host.ts';

type Options = JudgeOptions & CacheOptions & GateOptions & ReportOptions & GlobalOptions;

export async function runEvaluate(path: string, options: Options, host: Host): Promise<number> {
  formatOf(options);
  const hosts = await setUpHosts(options, host);
  const found = await loadConfig(options, hosts.host, await loadConnectors(host));
  const saved = await readInventory(path, host);
  const { startedAt } = saved.head;
  const code = await judge(
    {
      inventory: saved.lines,
      kinds: saved.kinds,
      asOf: options.asOf ?? startedAt,
      startedAt,
      now: host.now,
      interrupted: saved.interrupted,
      sourceContext: await liveSourceContext(options, found, host),
    },
    found,
    options,
    hosts,
  );
  return exitCode(host.signal, code);
}
