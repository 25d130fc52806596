import type { Instant } from './instant.ts';

/**
 * What we know of one field. The three states never mix:
 * known = the provider said it; absent = the provider said there is none; unknown = we could not learn it.
 */
export type Fact<T> = Known<T> | Absent | Unknown;
export type Known<T> = { readonly state: 'known'; readonly value: T };
/** `since`: the start of the window in which the absence was watched, so that "never used" claims no more than it saw. */
export type Absent = { readonly state: 'absent'; readonly since?: Instant };
export type Unknown = { readonly state: 'unknown'; readonly why: UnknownReason; readonly detail?: string };

/** Why a field could not be learned, or a surface not read. One list for both, so that reports speak one language. */
export const unknownReasons = [
  'permission-denied', // the provider refused; `requires` or `detail` names what is missing
  'not-offered', // the provider's API has no such field
  'not-enabled', // the service that would know is off
  'not-licensed', // the plan or licence does not include it
  'throttled', // the provider asked us to slow down until we gave up
  'unreachable', // no answer: network, endpoint, provider fault
  'timed-out', // the run's time limit came first
  'cancelled', // the operator stopped the run
  'malformed-response', // an answer that does not mean anything
  'login-failed', // no session for this scope
  'not-looked', // a surface or source that this run did not read
  'no-source', // no authoritative source was given
  'not-in-source', // the source does not claim to be complete, and lacks the name
  'stale', // the evidence is older than allowed
] as const;
export type UnknownReason = (typeof unknownReasons)[number];

export function known<T>(value: T): Known<T> {
  return { state: 'known', value };
}

export function absent(since?: Instant): Absent {
  return since === undefined ? { state: 'absent' } : { state: 'absent', since };
}

export function unknown(why: UnknownReason, detail?: string): Unknown {
  return detail === undefined ? { state: 'unknown', why } : { state: 'unknown', why, detail };
}

/** The value, or undefined for absent and unknown alike: only where the difference does not matter, such as display. */
export function valueOf<T>(fact: Fact<T>): T | undefined {
  return fact.state === 'known' ? fact.value : undefined;
}
