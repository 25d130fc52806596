import type { Kind } from '../model/kind.ts';
import { OperatorError } from '../model/operator-error.ts';
import type { Frameworks } from '../policy/frameworks/framework.ts';
import { loadFrameworks } from '../policy/frameworks/load.ts';
import { type LoadedPolicies, loadPolicies } from '../policy/load.ts';
import type { PolicyFile } from '../policy/sheet.ts';
import type { FoundConfig } from './config/config.ts';
import { findFiles } from './find-files.ts';
import type { Host } from './host.ts';
import type { JudgeOptions } from './options.ts';
import { shippedFrameworks, shippedPolicies } from './shipped-files.ts';

export type ReadPolicies = LoadedPolicies & { readonly frameworks: Frameworks };

/** The policies of this run: flags, else the configuration, else the shipped baseline. */
export async function readPolicies(
  { policy, param = [] }: JudgeOptions,
  { config, folder, position }: FoundConfig,
  host: Host,
  kinds: ReadonlyMap<string, Kind>,
): Promise<ReadPolicies> {
  const chosen = policy ? { names: policy, from: host.cwd } : { names: config.policies ?? [], from: folder };
  const files = await policyFiles(chosen.names, chosen.from, host);
  const flags = Object.fromEntries(param.map(nameAndValue));
  const frameworks = await readFrameworks({ config, folder }, host);
  const loaded = loadPolicies({
    files,
    builtin: await shippedPolicies(host),
    parameters: { ...config.params, ...flags },
    positionOf: (name) => (Object.hasOwn(flags, name) ? { file: `--param ${name}=${flags[name] ?? ''}` } : position(['params', name])),
    kinds,
    frameworks,
  });
  return { ...loaded, frameworks };
}

/** Files by path or glob; `builtin:<set>` stands for a set that extends it. */
export async function policyFiles(names: readonly string[], from: string, host: Host): Promise<readonly PolicyFile[]> {
  const builtin = names.filter((name) => name.startsWith('builtin:'));
  const paths = await findFiles(
    names.filter((name) => !name.startsWith('builtin:')),
    from,
    'the policy',
    host,
  );
  const files = await Promise.all(paths.map((path) => host.files.read(path, host.cwd, 'the policy file')));
  return [...(builtin.length === 0 ? [] : [extending(builtin)]), ...files];
}

function extending(sets: readonly string[]): PolicyFile {
  return {
    file: 'the chosen sets',
    text: `apiVersion: overdue/v1\nkind: PolicySet\nmetadata: { id: chosen, extends: ${JSON.stringify(sets)} }\n`,
  };
}

/** Those that ship, and those that the configuration names beside them. */
export async function readFrameworks({ config, folder }: Pick<FoundConfig, 'config' | 'folder'>, host: Host): Promise<Frameworks> {
  const paths = await findFiles(config.frameworks ?? [], folder, 'the framework', host);
  const own = await Promise.all(paths.map((path) => host.files.read(path, host.cwd, 'the framework file')));
  return loadFrameworks([...(await shippedFrameworks(host)), ...own]);
}

function nameAndValue(text: string): [string, string] {
  const [, name, value] = /^([A-Za-z]\w*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new OperatorError('usage', {
      message: `--param ${text} is not of the form <name>=<value>`,
      hint: 'such as --param rotationMaxAge=60d',
    });
  }
  return [name, value];
}
