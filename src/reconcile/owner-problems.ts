import type { ResolvedOwner, Subject } from '../model/subject.ts';
import { notInRegistry } from '../model/source.ts';
import { joinKey } from '../sources/join-key.ts';

/** A name that leads to nobody who answers, and everywhere it is given. */
export type NameProblem = { readonly owner: ResolvedOwner; readonly places: readonly Place[] };
/** `where`: a line of a source, or a record. `ref`: the name that is given there. */
export type Place = { readonly by: string; readonly ref: string; readonly where: string };
/** A workload or vendor that a record names, and no source knows. */
export type UnknownName = { readonly noun: 'workload' | 'vendor'; readonly detail: string; readonly places: readonly string[] };

export type ProblemBook = {
  enter(owner: ResolvedOwner, where: string): void;
  enterSubject(subject: Subject): void;
  /** Names that were given, each once. */
  names(): number;
  problems(): readonly NameProblem[];
  unknownNames(): readonly UnknownName[];
};

/** Collects what is wrong with names, each person and group once with all places, whatever they are called there: one leaver may stand in a thousand tags. */
export function openProblemBook(): ProblemBook {
  const names = new Set<string>();
  const wrong = new Map<string, { readonly owner: ResolvedOwner; readonly places: Place[] }>();
  const unknown = new Map<string, { readonly noun: 'workload' | 'vendor'; readonly detail: string; readonly places: string[] }>();

  function enter(owner: ResolvedOwner, where: string): void {
    const { by, ref } = owner.claim;
    const name = joinKey(ref);
    names.add(name);
    if (owner.state === 'active') return;
    const key = owner.person ?? owner.group ?? name;
    const entry = wrong.get(key) ?? { owner, places: [] };
    wrong.set(key, entry);
    entry.places.push({ by, ref, where });
  }

  function miss(noun: 'workload' | 'vendor', detail: string, where: string): void {
    const entry = unknown.get(detail) ?? { noun, detail, places: [] };
    unknown.set(detail, entry);
    entry.places.push(where);
  }

  return {
    enter,
    enterSubject({ record, owners, workload, vendor }) {
      const where = `${record.kind} ${record.name}`;
      for (const owner of owners) enter(owner, where);
      if (workload.state === 'unknown' && workload.why === 'not-in-source') miss('workload', workload.detail ?? workload.why, where);
      if (workload.state === 'known' && workload.value.lifecycle === notInRegistry)
        miss('workload', `workload ${workload.value.name} is not in ${workload.value.source}`, where);
      if (vendor.state === 'unknown' && vendor.why === 'not-in-source') miss('vendor', vendor.detail ?? vendor.why, where);
    },
    names: () => names.size,
    problems: () => [...wrong.values()].toSorted((a, b) => compare(joinKey(a.owner.claim.ref), joinKey(b.owner.claim.ref))),
    unknownNames: () => [...unknown.values()].toSorted((a, b) => compare(a.detail, b.detail)),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
