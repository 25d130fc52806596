import type { Instant } from './instant.ts';

/** An approved, reasoned, time-bound exception to one policy for one named subject, or for names within one scope. */
export type Waiver = {
  readonly id: string;
  readonly policy: string;
  readonly subject:
    | { readonly id: string; readonly kind?: string }
    | { readonly scope: string; readonly kind: string; readonly names: readonly string[] };
  readonly reason: string;
  readonly requester: string;
  readonly approver: string;
  readonly granted: Instant;
  readonly expires: Instant;
  readonly ticket?: string;
  readonly compensatingControl?: string;
  /** `waivers.yaml:12`. */
  readonly source: string;
};

/** active = suppresses; expired = its finding is back; unmatched = nothing it names was found; invalid = it may not suppress. */
export type WaiverState =
  | { readonly waiver: Waiver; readonly state: 'active' | 'unmatched' }
  | { readonly waiver: Waiver; readonly state: 'expired'; readonly past: number }
  | { readonly waiver: Waiver; readonly state: 'invalid'; readonly problem: string };
