import { epoch } from '../../model/instant.ts';
import type { Mistake, Position } from '../../model/operator-error.ts';
import type { SourceInfo } from '../../model/source.ts';
import { joinKey } from '../join-key.ts';
import { refuse } from '../refuse.ts';
import { quoted } from '../source-text.ts';
import type { Registry } from './format.ts';

/**
 * Several registries as one: what a name means is then the word of whichever has it, and only together they can say that nobody does. Throws
 * OperatorError `source-invalid` with every name that two of them have, since nobody says whose word counts.
 */
export function together(registries: readonly [Registry, ...Registry[]]): Registry {
  const [first, ...more] = registries;
  if (more.length === 0) return first;
  refuse([...clashes(registries, 'workload'), ...clashes(registries, 'group'), ...clashes(registries, 'user')]);
  const tooOld = registries.flatMap(({ stale }) => stale ?? []);
  const dates = registries.flatMap(({ retrievedAt }) => retrievedAt ?? []);
  const oldest = dates.length < registries.length ? undefined : dates.toSorted((a, b) => epoch(a) - epoch(b))[0];
  const withGroups = registries.filter(({ lacksGroups }) => lacksGroups !== true);
  const users = registries.flatMap((each) => each.users ?? []);
  return {
    file: registries.map(({ file }) => file).join(', '),
    complete: registries.every(saysAll),
    rows: registries.reduce((sum, { rows }) => sum + rows, 0),
    ...(oldest === undefined ? {} : { retrievedAt: oldest }),
    ...(tooOld.length < registries.length ? {} : { stale: tooOld.join('; ') }),
    entries: registries.flatMap(({ entries, stale }) => entries.map((entry) => ({ ...entry, ...marked(stale) }))),
    groups: registries.flatMap(({ groups, stale }) => groups.map((group) => ({ ...group, ...marked(stale) }))),
    ...(users.length === 0 ? {} : { users }),
    ...(withGroups.length === 0 ? { lacksGroups: true } : { completeGroups: withGroups.every(saysAll) }),
    parts: registries.map(({ file, complete, rows, retrievedAt, stale }) => ({
      file,
      complete,
      rows,
      ...(retrievedAt === undefined ? {} : { retrievedAt }),
      ...marked(stale),
    })),
    ignored: ignoredBy(registries),
  };
}

function saysAll({ complete, stale }: SourceInfo): boolean {
  return complete && stale === undefined;
}

function marked(stale: string | undefined): { readonly stale?: string } {
  return stale === undefined ? {} : { stale };
}

function ignoredBy(registries: readonly Registry[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const [kind, count] of registries.flatMap(({ ignored = {} }) => Object.entries(ignored)))
    counts.set(kind, (counts.get(kind) ?? 0) + count);
  return Object.fromEntries(counts);
}

type Noun = 'workload' | 'group' | 'user';
type Entry = { readonly source: string; readonly names: readonly string[] };

/** Within one registry, its own format says which names may repeat. */
function clashes(registries: readonly Registry[], noun: Noun): readonly Mistake[] {
  const before = new Map<string, Entry>();
  return registries.flatMap((registry) => {
    const entries = entriesOf(registry, noun);
    const found = entries.flatMap((entry): readonly Mistake[] => {
      const name = entry.names.find((each) => before.has(joinKey(each)));
      const other = before.get(joinKey(name ?? ''));
      if (name === undefined || !other) return [];
      return [
        {
          message: `the ${noun} ${quoted(name)} already stands in another registry, at ${other.source}`,
          hint: 'leave it out of one of the two, or call it by another name there',
          position: placeIn(entry.source),
        },
      ];
    });
    for (const entry of entries) for (const name of entry.names) before.set(joinKey(name), entry);
    return found;
  });
}

function entriesOf({ entries, groups, users = [] }: Registry, noun: Noun): readonly Entry[] {
  if (noun === 'user') return users.map(({ id, source }) => ({ source, names: [id] }));
  if (noun === 'group') return groups.map(({ id, email, source }) => ({ source, names: [id, ...(email === undefined ? [] : [email])] }));
  return entries.map(({ id, name, aliases = [], source }) => ({ source, names: [id, name, ...aliases] }));
}

/** Of `catalog.yaml:14`. */
function placeIn(source: string): Position {
  const [, file = source, line] = /^(.*?):(\d+)(?::\d+)?$/.exec(source) ?? [];
  return line === undefined ? { file } : { file, line: Number(line) };
}
