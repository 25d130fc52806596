import { resolve } from 'node:path';
import picomatch from 'picomatch';
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

/** Paths and globs of the flags. */
function namedByFlags(
  { config, policy, roster, vendors, workloads, waivers }: JudgeOptions & GlobalOptions,
  { cwd }: Host,
): (path: string) => boolean {
  const one = [config, roster, vendors].filter((path) => typeof path === 'string');
  const named = [...one, ...(policy ?? []), ...(workloads ?? []), ...(waivers === false ? [] : (waivers ?? []))].map((path) =>
    resolve(cwd, path),
  );
  const fits = picomatch(named);
  return (path) => named.includes(path) || fits(path);
}
