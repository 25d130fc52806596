import { resolve } from 'node:path';
import type { Host } from '../host.ts';
import type { GlobalOptions, JudgeOptions } from '../options.ts';
import { openRevision } from '../revision.ts';

/** Where the set-up is read from: the working copy, or the revision of `--config-from`, with the working copy then as what it is held against. */
export type SetUpHosts = { readonly host: Host; readonly changed?: Host };

export async function setUpHosts(options: JudgeOptions & GlobalOptions, host: Host): Promise<SetUpHosts> {
  const { configFrom } = options;
  if (configFrom === undefined) return { host };
  return { host: { ...host, files: await openRevision(configFrom, namedByFlags(options, host), host) }, changed: host };
}

function namedByFlags(
  { config, policy, roster, vendors, workloads, waivers }: JudgeOptions & GlobalOptions,
  { cwd }: Host,
): ReadonlySet<string> {
  const one = [config, roster, vendors].filter((path) => typeof path === 'string');
  const many = [policy, workloads, waivers].flatMap((paths) => (Array.isArray(paths) ? (paths as readonly string[]) : []));
  return new Set([...one, ...many].map((path) => resolve(cwd, path)));
}
