import { join, resolve } from 'node:path';
import type { Host } from '../host.ts';
import type { GlobalOptions, ReportOptions } from '../options.ts';
import { runScan } from './scan.ts';

/** The real pipeline and the real SDKs over the recorded traffic of an invented company. The clock is the recording's. */
export async function runDemo(options: ReportOptions & GlobalOptions & { readonly asOf?: string }, host: Host): Promise<number> {
  const company = join(host.packageRoot, 'fixtures', 'company');
  // Nothing of this machine may reach the invented company, so that everybody sees the same bytes: no environment, no folder, no configuration.
  const sealed: Host = { ...host, cwd: company, env: pick(host.env, ['TERM', 'COLORTERM', 'NO_COLOR', 'FORCE_COLOR', 'CI']) };
  const output = options.output === undefined || options.output === '-' ? {} : { output: resolve(host.cwd, options.output) };
  return runScan({ ...options, ...output, config: 'overdue.yaml', replay: 'traffic' }, sealed);
}

function pick(env: Host['env'], names: readonly string[]): Host['env'] {
  return Object.fromEntries(names.filter((name) => env[name] !== undefined).map((name) => [name, env[name]]));
}
