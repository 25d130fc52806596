import { resolve } from 'node:path';
import type { ConnectContext } from '../connector/contract.ts';
import { allOrMistakes } from '../model/all-mistakes.ts';
import { epoch, type Instant } from '../model/instant.ts';
import type { SourceInfo, Sources } from '../model/source.ts';
import { readCodeowners } from '../sources/codeowners.ts';
import { readPeople } from '../sources/people/index.ts';
import type { CodeownersSettings, PeopleSettings, SourcesSettings, VendorSettings, WorkloadSettings } from '../sources/settings.ts';
import type { SourceText } from '../sources/source-text.ts';
import { readVendors } from '../sources/vendors.ts';
import { readWorkloads } from '../sources/workloads/index.ts';
import { together } from '../sources/workloads/several.ts';
import { findCodeowners } from './codeowners-files.ts';
import type { FoundConfig } from './config/config.ts';
import { findFiles } from './find-files.ts';
import type { Host } from './host.ts';
import { type NetworkChoice, cacheFolder } from './network.ts';
import type { GlobalOptions, SourceOptions } from './options.ts';
import { fetchUsers } from './scim-endpoint.ts';
import { type SourceCount, compareWithLastRun } from './source-memory.ts';

type Options = SourceOptions & Omit<NetworkChoice, 'folder' | 'quiet'> & Pick<GlobalOptions, 'quiet'>;
/** What is needed to read any source. */
type Reading = {
  readonly host: Host;
  /** Relative to which paths are meant. */
  readonly folder: string;
  /** Milliseconds. */
  readonly now: number;
  readonly context: ConnectContext;
};
/** A source, and what makes it the same one from run to run. */
type Read<T> = { readonly source: T; readonly key: string };

/**
 * The authoritative sources of this run; a flag replaces the configured file and keeps its other settings. Throws OperatorError for a source
 * that cannot be read, or that shrank since the last run: with half of it, everything would be judged wrong.
 */
export async function readSources(
  options: Options,
  { config, folder }: FoundConfig,
  host: Host,
  asOf: Instant,
  context: ConnectContext,
): Promise<Sources> {
  const chosen: SourcesSettings = config.sources ?? {};
  const reading = { host, folder, now: epoch(asOf), context };
  const given = { ...reading, folder: host.cwd };
  const [people, vendors, workloads, codeowners] = await allOrMistakes([
    options.roster === undefined ? peopleOf(chosen.people, reading) : peopleOf(withFile(chosen.people, options.roster), given),
    options.vendors === undefined ? vendorsOf(chosen.vendors, reading) : vendorsOf({ ...chosen.vendors, file: options.vendors }, given),
    allOrMistakes(
      options.workloads === undefined
        ? registriesIn(chosen).map((each) => workloadsOf(each, reading))
        : [workloadsOf(withFiles(registriesIn(chosen), options.workloads), given)],
    ),
    codeownersOf(chosen.codeowners, reading),
  ]);
  const [registry, ...more] = workloads;
  const all = registry && together([registry.source, ...more.map(({ source }) => source)]);
  const read: readonly (readonly [string, Read<SourceInfo> | undefined])[] = [
    ['the people roster', people],
    ['the vendor list', vendors],
    ...workloads.map((each) => ['the workload registry', each] as const),
    ['the list of CODEOWNERS', codeowners],
  ];
  await compare(read, options, host);
  return {
    ...(people ? { people: people.source } : {}),
    ...(vendors ? { vendors: vendors.source } : {}),
    ...(all ? { workloads: all } : {}),
    ...(codeowners ? { codeowners: codeowners.source } : {}),
  };
}

function registriesIn({ workloads = [] }: SourcesSettings): readonly WorkloadSettings[] {
  return 'format' in workloads ? [workloads] : workloads;
}

/** The files of a flag stand in for every registry, and are read as the only one would be. */
function withFiles(registries: readonly WorkloadSettings[], files: readonly string[]): WorkloadSettings {
  const [only] = registries.length === 1 ? registries : [];
  return { format: 'backstage', ...only, file: undefined, files };
}

/** The file of a flag stands in for wherever the people came from; how it is to be read stays. */
function withFile(settings: PeopleSettings | undefined, file: string): PeopleSettings {
  return { ...settings, file, files: undefined, endpoint: undefined };
}

async function peopleOf(settings: PeopleSettings | undefined, reading: Reading): Promise<Read<NonNullable<Sources['people']>> | undefined> {
  if (!settings) return undefined;
  const { endpoint, tokenFrom } = settings;
  if (endpoint !== undefined && tokenFrom !== undefined) {
    const pages = await fetchUsers({ endpoint, tokenFrom }, reading.context);
    return { source: readPeople(pages, { ...settings, format: 'scim' }, reading.now), key: endpoint };
  }
  const texts = await textsOf(pathsOf(settings), reading, 'the people roster');
  return { source: readPeople(texts, settings, reading.now), key: keyOf(pathsOf(settings), reading) };
}

async function vendorsOf(
  settings: VendorSettings | undefined,
  reading: Reading,
): Promise<Read<NonNullable<Sources['vendors']>> | undefined> {
  if (!settings) return undefined;
  const text = await textOf(resolve(reading.folder, settings.file), reading, 'the vendor list');
  return { source: readVendors(text, settings, reading.now), key: keyOf([settings.file], reading) };
}

async function workloadsOf(settings: WorkloadSettings, reading: Reading): Promise<Read<NonNullable<Sources['workloads']>>> {
  const texts = await textsOf(pathsOf(settings), reading, 'the workload registry');
  return { source: readWorkloads(texts, settings, reading.now), key: keyOf(pathsOf(settings), reading) };
}

async function codeownersOf(
  settings: CodeownersSettings | undefined,
  reading: Reading,
): Promise<Read<NonNullable<Sources['codeowners']>> | undefined> {
  if (!settings) return undefined;
  const found = await findCodeowners(settings, reading.folder, reading.host);
  const texts = await allOrMistakes(
    found.map(async ({ repository, path }) => ({ repository, source: await textOf(path, reading, `CODEOWNERS of ${repository}`) })),
  );
  const { folder = [], repositories = {} } = settings;
  return {
    source: readCodeowners(texts, settings, reading.now),
    key: keyOf([folder, Object.keys(repositories).toSorted()].flat(), reading),
  };
}

function pathsOf({
  file,
  files,
}: {
  readonly file?: string | undefined;
  readonly files?: readonly string[] | undefined;
}): readonly string[] {
  return files ?? (file === undefined ? [] : [file]);
}

/** The paths as they were written: a glob that lost a file is still the same source. */
function keyOf(paths: readonly string[], { folder }: Reading): string {
  return paths.map((path) => resolve(folder, path)).join('\n');
}

async function textsOf(patterns: readonly string[], reading: Reading, what: string): Promise<readonly SourceText[]> {
  return allOrMistakes((await findFiles(patterns, reading.folder, what, reading.host)).map((path) => textOf(path, reading, what)));
}

async function textOf(path: string, { host }: Reading, what: string): Promise<SourceText> {
  const { file, text, changedAt } = await host.files.read(path, host.cwd, what);
  return { file, text, ...(changedAt === undefined ? {} : { retrievedAt: changedAt }) };
}

async function compare(
  read: readonly (readonly [noun: string, Read<SourceInfo> | undefined])[],
  options: Options,
  host: Host,
): Promise<void> {
  const folder = cacheFolder(options, host);
  if (folder === undefined) return;
  const counts = read.flatMap(([noun, each]): readonly SourceCount[] =>
    each ? [{ noun, key: each.key, file: each.source.file, rows: each.source.rows }] : [],
  );
  await compareWithLastRun(counts, {
    folder,
    accept: options.acceptSourceChange === true,
    now: host.now(),
    note: (text) => {
      if (options.quiet !== true) void host.stderr.write(`${text}\n`);
    },
  });
}
