import { epoch } from '../model/instant.ts';
import type { Waiver, WaiverState } from '../model/waiver.ts';
import { namePattern } from './name-pattern.ts';
import { type BookContext, openValidity } from './validity.ts';

export type Waivable = { readonly id: string; readonly kind: string; readonly scope: string; readonly name: string };
export type Cover = { readonly waiver: Waiver; readonly state: 'active' | 'expired' };
export type WaiverBook = {
  /**
   * The waiver that covers a finding, which then counts as matched. Of several the one that runs longest: an expired one is given only where none is
   * active, with what it was; one that may not count is never given.
   */
  find(policyId: string, subject: Waivable): Cover | undefined;
  /** Where each waiver stands, in the order of the files; unmatched is final only when all findings have been asked for. */
  states(): readonly WaiverState[];
};

/** One line of the book: a waiver, what it is worth at this moment, and whether something was found for it. */
type Line = { readonly waiver: Waiver; readonly worth: Worth; matched: boolean };
type Worth =
  | { readonly state: 'active' }
  | { readonly state: 'expired'; readonly past: number }
  | { readonly state: 'invalid'; readonly problem: string };

/** Opens the waivers of a run. Looking one up costs the same however many there are. */
export function openBook(waivers: readonly Waiver[], context: BookContext): WaiverBook {
  const problemOf = openValidity(context);
  const lines = waivers.map((waiver): Line => ({ waiver, worth: worthOf(waiver, context.now, problemOf), matched: false }));
  const exact = new Map<string, Line[]>();
  const narrow = new Map<string, { readonly line: Line; readonly fits: readonly ((name: string) => boolean)[] }[]>();
  for (const line of lines) {
    const { policy, subject } = line.waiver;
    if ('id' in subject) push(exact, key(policy, subject.id), line);
    else push(narrow, key(policy, subject.scope, subject.kind), { line, fits: subject.names.map(namePattern) });
  }

  return {
    find(policyId, subject) {
      const byId = exact.get(key(policyId, subject.id))?.filter(({ waiver }) => isOfKind(waiver, subject.kind)) ?? [];
      const byName =
        narrow.get(key(policyId, subject.scope, subject.kind))?.filter(({ fits }) => fits.some((fit) => fit(subject.name))) ?? [];
      const covering = [...byId, ...byName.map(({ line }) => line)];
      for (const line of covering) line.matched = true;
      return longest(covering);
    },
    states: () => lines.map(stateOf),
  };
}

/** What has expired only says so: why it might not have counted before no longer matters. Exactly at its end it still counts. */
function worthOf(waiver: Waiver, now: number, problemOf: (waiver: Waiver) => string | undefined): Worth {
  const past = now - epoch(waiver.expires);
  if (past > 0) return { state: 'expired', past };
  const problem = problemOf(waiver);
  return problem === undefined ? { state: 'active' } : { state: 'invalid', problem };
}

function longest(lines: readonly Line[]): Cover | undefined {
  const [line] = lines
    .filter(({ worth }) => worth.state !== 'invalid')
    .toSorted((a, b) => epoch(b.waiver.expires) - epoch(a.waiver.expires));
  if (!line) return undefined;
  return { waiver: line.waiver, state: line.worth.state === 'active' ? 'active' : 'expired' };
}

function stateOf({ waiver, worth, matched }: Line): WaiverState {
  if (worth.state === 'active') return { waiver, state: matched ? 'active' : 'unmatched' };
  return { waiver, ...worth };
}

function isOfKind({ subject }: Waiver, kind: string): boolean {
  return subject.kind === undefined || subject.kind === kind;
}

function key(...parts: readonly string[]): string {
  return parts.join('\n');
}

function push<T>(map: Map<string, T[]>, at: string, value: T): void {
  const list = map.get(at);
  if (list) list.push(value);
  else map.set(at, [value]);
}
