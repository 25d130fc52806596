import { kindsOf } from '../../collect/inventory-stream.ts';
import { loadPolicies } from '../../policy/load.ts';
import type { Host } from '../host.ts';
import type { GlobalOptions } from '../options.ts';
import { loadConfig } from '../config/load.ts';
import { policyFiles, readFrameworks } from '../policies.ts';
import { shippedPolicies } from '../shipped-files.ts';
import { loadConnectors } from './open-run.ts';

/** Mistakes are thrown, all at once; silence would not say what was checked. */
export async function runPolicyValidate(names: readonly string[], options: GlobalOptions, host: Host): Promise<number> {
  const files = await policyFiles(names, host.cwd, host);
  const connectors = await loadConnectors(host);
  const frameworks = await readFrameworks(await loadConfig(options, host, connectors), host);
  const { policies } = loadPolicies({ files, builtin: await shippedPolicies(host), kinds: kindsOf(connectors), frameworks });
  if (options.quiet !== true) await host.stdout.write(`valid: ${String(policies.length)} policies\n`);
  return 0;
}
