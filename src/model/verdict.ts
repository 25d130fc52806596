import type { Unknown } from './fact.ts';
import type { Reason } from './reason.ts';

/** The outcome of one policy for one subject. Unknown is reported, counted and can gate; it is never a pass. */
export type Verdict =
  | { readonly outcome: 'pass' }
  | { readonly outcome: 'fail'; readonly reasons: readonly Reason[] }
  | { readonly outcome: 'unknown'; readonly missing: readonly Missing[] }
  | { readonly outcome: 'not-applicable' };
export type Outcome = Verdict['outcome'];

/** A fact that a verdict needed and nobody could tell. */
export type Missing = Omit<Unknown, 'state'> & { readonly fact: string };

export const pass: Verdict = { outcome: 'pass' };
export const notApplicable: Verdict = { outcome: 'not-applicable' };

export function fail(...reasons: readonly Reason[]): Verdict {
  return { outcome: 'fail', reasons };
}

export function undecided(fact: string, { why, detail }: Omit<Unknown, 'state'>): Verdict {
  return { outcome: 'unknown', missing: [detail === undefined ? { fact, why } : { fact, why, detail }] };
}
