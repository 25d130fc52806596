import { type Fact, absent, known, unknown } from '../model/fact.ts';
import { type Sources, type Workload, notInRegistry } from '../model/source.ts';
import { entityRef, refText } from '../sources/entity-ref.ts';
import { joinKey } from '../sources/join-key.ts';
import type { Named } from './claims.ts';

export type WorkloadMatch = {
  readonly fact: Fact<Workload>;
  /** The entry whose owner answers for it, also where the registry is too old to be believed. */
  readonly named?: Named<Workload>;
};
export type WorkloadMatcher = (ref: string | undefined) => WorkloadMatch;

/** Finds the workload that a record names: by reference, or by a bare name or alias that only one entry has. */
export function openWorkloadMatcher(registry: Sources['workloads']): WorkloadMatcher {
  const byId = new Map<string, Workload>();
  const byName = new Map<string, Workload[]>();
  for (const entry of registry?.entries ?? []) {
    byId.set(joinKey(entry.id), entry);
    for (const name of new Set([entry.name, ...(entry.aliases ?? [])].map(joinKey))) {
      const same = byName.get(name);
      if (same) same.push(entry);
      else byName.set(name, [entry]);
    }
  }

  return (ref) => {
    if (ref === undefined) return { fact: absent() };
    if (!registry) return { fact: unknown('no-source', `no registry was given to find workload ${ref}`) };
    const parsed = entityRef(ref, 'component');
    const id = parsed ? refText(parsed) : joinKey(ref);
    const candidates = byName.get(joinKey(ref)) ?? [];
    const entry = byId.get(id) ?? (candidates.length === 1 ? candidates[0] : undefined);
    const stale = registry.stale ?? entry?.stale;
    if (stale !== undefined) return { fact: unknown('stale', stale), ...(entry ? { named: { entry, stale } } : {}) };
    if (entry) return { fact: known(entry), named: { entry } };
    if (candidates.length > 1)
      return { fact: unknown('not-in-source', `workload ${ref} may be ${candidates.map((each) => each.id).join(' or ')}`) };
    if (!registry.complete)
      return { fact: unknown('not-in-source', `workload ${ref} is not in ${registry.file}, which does not claim to be complete`) };
    return { fact: known({ id, name: ref, lifecycle: notInRegistry, source: registry.file }) };
  };
}
