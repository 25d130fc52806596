import { readFileSync, readdirSync } from 'node:fs';
import { connectors } from '../../connectors/index.ts';
import type { Kind } from '../../src/model/kind.ts';
import { loadFrameworks } from '../../src/policy/frameworks/load.ts';
import type { PolicyFile } from '../../src/policy/sheet.ts';

/** Every policy and set that ships, as files; frameworks are not policies. */
export const shipped: readonly PolicyFile[] = readdirSync('policies', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml') && !file.startsWith('frameworks/'))
  .toSorted()
  .map((file) => ({ file: `policies/${file}`, text: readFileSync(`policies/${file}`, 'utf8') }));

export const shippedSets = shipped.filter(({ file }) => file.startsWith('policies/sets/'));
export const shippedPolicies = shipped.filter((each) => !shippedSets.includes(each));

export const frameworks = loadFrameworks(
  readdirSync('policies/frameworks')
    .toSorted()
    .map((name) => ({ file: `policies/frameworks/${name}`, text: readFileSync(`policies/frameworks/${name}`, 'utf8') })),
);

/** Every kind that a connector declares. */
export async function kindsOfConnectors(): Promise<ReadonlyMap<string, Kind>> {
  const loaded = await Promise.all(Object.values(connectors).map((load) => load()));
  return new Map(loaded.flatMap(({ surfaces }) => surfaces.flatMap(({ kinds }) => kinds.map(({ kind }) => [kind.id, kind] as const))));
}
