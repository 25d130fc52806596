import { resolve } from 'node:path';
import { epoch, type Instant } from '../model/instant.ts';
import type { Sources } from '../model/source.ts';
import { readBackstage } from '../sources/backstage.ts';
import { readPeople } from '../sources/people.ts';
import type { SourcesSettings } from '../sources/settings.ts';
import type { SourceText } from '../sources/source-text.ts';
import { readVendors } from '../sources/vendors.ts';
import type { FoundConfig } from './config/config.ts';
import { findFiles } from './find-files.ts';
import type { Host } from './host.ts';
import type { JudgeOptions } from './options.ts';

/** The authoritative sources of this run; a flag replaces the configured file and keeps its other settings. */
export async function readSources(options: JudgeOptions, { config, folder }: FoundConfig, host: Host, asOf: Instant): Promise<Sources> {
  const { people, vendors, workloads }: SourcesSettings = config.sources ?? {};
  const now = epoch(asOf);
  const rosterFile = options.roster === undefined ? within(folder, people?.file) : resolve(host.cwd, options.roster);
  const vendorFile = options.vendors === undefined ? within(folder, vendors?.file) : resolve(host.cwd, options.vendors);
  const registryFiles = await findFiles(
    options.workloads ?? registryPaths(workloads),
    options.workloads ? host.cwd : folder,
    'the workload registry',
    host,
  );
  const [roster, vendor, registry] = await Promise.all([
    rosterFile === undefined ? undefined : text(rosterFile, host, 'the people roster'),
    vendorFile === undefined ? undefined : text(vendorFile, host, 'the vendor list'),
    Promise.all(registryFiles.map((file) => text(file, host, 'the workload registry'))),
  ]);
  return {
    ...(roster ? { people: readPeople(roster, people ?? {}, now) } : {}),
    ...(vendor ? { vendors: readVendors(vendor, vendors ?? {}, now) } : {}),
    ...(registry.length > 0 ? { workloads: readBackstage(registry, workloads ?? {}, now) } : {}),
  };
}

function registryPaths(settings: SourcesSettings['workloads']): readonly string[] {
  if (!settings) return [];
  return 'files' in settings ? settings.files : [settings.file];
}

function within(folder: string, file: string | undefined): string | undefined {
  return file === undefined ? undefined : resolve(folder, file);
}

async function text(path: string, host: Host, what: string): Promise<SourceText> {
  const { file, text: content, changedAt } = await host.files.read(path, host.cwd, what);
  return { file, text: content, ...(changedAt === undefined ? {} : { retrievedAt: changedAt }) };
}
