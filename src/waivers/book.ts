import { epoch } from '../model/instant.ts';
import type { Outcome } from '../model/verdict.ts';
import type { Waiver, WaiverState } from '../model/waiver.ts';
import { namePattern } from '../sources/name-pattern.ts';
import type { Sight } from './sight.ts';
import { type BookContext, openValidity } from './validity.ts';

export type Waivable = { readonly id: string; readonly kind: string; readonly scope: string; readonly name: string };
export type Cover = { readonly waiver: Waiver; readonly state: 'active' | 'expired' };
export type WaiverBook = {
  /**
   * Notes what a policy said of a subject, and gives the waiver that covers a failure: of several the one that runs longest. An expired
   * one is given only where none is active, with what it was; one that may not count is never given.
   */
  settle(policyId: string, subject: Waivable, outcome: Outcome): Cover | undefined;
  /** Where each waiver stands, in the order of the files; final only when all verdicts have been noted. */
  states(sight: Sight): readonly WaiverState[];
};

/** One line of the book: a waiver, what it is worth at this moment, and what was found for it. */
type Line = { readonly waiver: Waiver; readonly worth: Worth; met: 'nothing' | 'subject' | 'undecided' | 'finding' };
type Worth =
  | { readonly state: 'active' | 'not-in-force' }
  | { readonly state: 'expired'; readonly past: number }
  | { readonly state: 'invalid'; readonly problem: string };

/** Opens the waivers of a run. Looking one up costs the same however many there are. */
export function openBook(waivers: readonly Waiver[], context: BookContext): WaiverBook {
  const problemOf = openValidity(context);
  const lines = waivers.map((waiver): Line => ({ waiver, worth: worthOf(waiver, context, problemOf), met: 'nothing' }));
  const policies = new Set(waivers.map(({ policy }) => policy));
  const covering = openIndex(lines);
  return {
    settle(policyId, subject, outcome) {
      // Most verdicts are of policies that nobody has a waiver for.
      if (!policies.has(policyId)) return undefined;
      const found = covering(policyId, subject);
      for (const line of found) line.met = furthest(line.met, meaning[outcome]);
      return outcome === 'fail' ? longest(found) : undefined;
    },
    states: (sight) => lines.map((line) => stateOf(line, sight)),
  };
}

function openIndex(lines: readonly Line[]): (policyId: string, subject: Waivable) => readonly Line[] {
  const exact = new Map<string, Line[]>();
  const narrow = new Map<string, { readonly line: Line; readonly fits: readonly ((name: string) => boolean)[] }[]>();
  for (const line of lines) {
    const { policy, subject } = line.waiver;
    if ('id' in subject) push(exact, key(policy, subject.id), line);
    else push(narrow, key(policy, subject.scope, subject.kind), { line, fits: subject.names.map(namePattern) });
  }
  return (policyId, { id, kind, scope, name }) => {
    const byId = exact.get(key(policyId, id))?.filter(({ waiver }) => isOfKind(waiver, kind)) ?? [];
    const byName = narrow.get(key(policyId, scope, kind))?.filter(({ fits }) => fits.some((fit) => fit(name))) ?? [];
    return [...byId, ...byName.map(({ line }) => line)];
  };
}

const meaning = { fail: 'finding', unknown: 'undecided', pass: 'subject', 'not-applicable': 'subject' } as const satisfies Record<
  Outcome,
  Line['met']
>;
const order: readonly Line['met'][] = ['nothing', 'subject', 'undecided', 'finding'];

function furthest(a: Line['met'], b: Line['met']): Line['met'] {
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

/** What has expired only says so: why it might not have counted before no longer matters. Exactly at its end it still counts. */
function worthOf(waiver: Waiver, { now, notInForce }: BookContext, problemOf: (waiver: Waiver) => string | undefined): Worth {
  const past = now - epoch(waiver.expires);
  if (past > 0) return { state: 'expired', past };
  const problem = problemOf(waiver);
  if (problem !== undefined) return { state: 'invalid', problem };
  return { state: notInForce?.has(waiver.policy) ? 'not-in-force' : 'active' };
}

function longest(lines: readonly Line[]): Cover | undefined {
  const [line] = lines
    .filter(({ worth }) => worth.state !== 'invalid')
    .toSorted((a, b) => epoch(b.waiver.expires) - epoch(a.waiver.expires));
  if (!line) return undefined;
  return { waiver: line.waiver, state: line.worth.state === 'active' ? 'active' : 'expired' };
}

function stateOf({ waiver, worth, met }: Line, sight: Sight): WaiverState {
  if (worth.state !== 'active') return { waiver, ...worth };
  if (met === 'finding') return { waiver, state: 'active' };
  if (met === 'undecided') return { waiver, state: 'unseen', why: 'not-looked', detail: 'the verdict on what it names is unknown' };
  // Names may stand for more than was met; an id stands for one thing.
  if (met === 'subject' && 'id' in waiver.subject) return { waiver, state: 'unmatched' };
  const hidden = sight(waiver);
  return hidden ? { waiver, state: 'unseen', ...hidden } : { waiver, state: 'unmatched' };
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
