import { relative } from 'node:path';
import { kindsOf } from '../../../collect/inventory-stream.ts';
import { epoch, type Instant } from '../../../model/instant.ts';
import type { Kind } from '../../../model/kind.ts';
import type { BookContext } from '../../../waivers/validity.ts';
import type { FoundConfig } from '../../config/config.ts';
import { loadConfig } from '../../config/load.ts';
import type { Host } from '../../host.ts';
import type { CacheOptions, GlobalOptions, JudgeOptions } from '../../options.ts';
import { liveSourceContext } from '../../source-context.ts';
import { readSources } from '../../sources.ts';
import { loadConnectors } from '../open-run.ts';
import { type Rules, readRules, waiverPaths } from '../rules.ts';

export type DeskOptions = JudgeOptions & CacheOptions & GlobalOptions;
/** A waiver file: where it is, how messages name it, and what it says. */
export type WaiverSheet = { readonly path: string; readonly file: string; readonly text: string };

/** What the commands on waivers work with: the files, the rules they are held against, and the day it is. */
export type Desk = {
  readonly found: FoundConfig;
  readonly rules: Rules;
  /** Of the installed connectors. */
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly sheets: readonly WaiverSheet[];
  readonly context: BookContext;
  readonly today: Instant;
};

export async function openDesk(options: DeskOptions, host: Host): Promise<Desk> {
  const connectors = await loadConnectors(host);
  const kinds = kindsOf(connectors);
  const found = await loadConfig(options, host, connectors);
  const today = options.asOf ?? host.now();
  const paths = await waiverPaths(options, found, host);
  const [rules, sources, sheets] = await Promise.all([
    readRules(options, found, host, kinds),
    readSources(options, found, host, today, await liveSourceContext(options, found, host)),
    Promise.all(paths.map((path) => readSheet(path, host))),
  ]);
  const { policies: inForce, notInForce } = rules.policies;
  const policies = new Map(inForce.map(({ id, waivers }) => [id, waivers]));
  const context = { sources, now: epoch(today), maxDuration: rules.longestWaiver, policies, notInForce };
  return { found, rules, kinds, sheets, today, context };
}

export async function readSheet(path: string, host: Host): Promise<WaiverSheet> {
  const { file, text } = await host.files.read(path, host.cwd, 'the waiver file');
  return { path, file, text };
}

/** How messages name a file that may not be there yet. */
export function nameOf(path: string, { cwd }: Host): string {
  const name = relative(cwd, path);
  return name.startsWith('..') ? path : name;
}
