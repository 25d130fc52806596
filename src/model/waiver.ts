import type { Duration } from './duration.ts';
import type { Unknown } from './fact.ts';
import type { Instant } from './instant.ts';

/** An approved, reasoned, time-bound exception to one policy for one named subject, or for names within one scope. */
export type Waiver = Grant & {
  readonly id: string;
  readonly policy: string;
  readonly subject: WaiverSubject;
  readonly reason: string;
  readonly ticket?: string;
  readonly compensatingControl?: string;
  /** How often it was given more time. */
  readonly renewals?: number;
  /** What it was before each renewal, the oldest first. */
  readonly former?: readonly FormerGrant[];
  /** `waivers.yaml:12`. */
  readonly source: string;
};
export type WaiverSubject =
  | { readonly id: string; readonly kind?: string }
  | { readonly scope: string; readonly kind: string; readonly names: readonly string[] };

/** Who asked, who agreed, and for how long. */
type Grant = { readonly requester: string; readonly approver: string; readonly granted: Instant; readonly expires: Instant };
export type FormerGrant = Grant & { readonly reason?: string };

/** What a policy allows its waivers: how long they may run, or that there may be none. */
export type WaiverTerms = 'none' | { readonly maxDuration: Duration };

/**
 * active = suppresses; expired = its finding is back; unmatched = nothing it names was found; unseen = nor was everything looked at where it
 * could be; not-in-force = of a policy that this run does not judge by, so that nothing is said of it; invalid = it may not suppress.
 */
export const waiverStates = ['active', 'expired', 'unmatched', 'unseen', 'not-in-force', 'invalid'] as const;
export type WaiverState =
  | { readonly waiver: Waiver; readonly state: 'active' | 'unmatched' | 'not-in-force' }
  | ({ readonly waiver: Waiver; readonly state: 'unseen' } & Omit<Unknown, 'state'>)
  | { readonly waiver: Waiver; readonly state: 'expired'; readonly past: number }
  | { readonly waiver: Waiver; readonly state: 'invalid'; readonly problem: string };
