/**
 * What a change of the set-up asks less of: policy = one is switched off or gone; threshold = an argument or the length of waivers;
 * severity; match = fewer subjects are meant; unknown = it no longer gates; rewritten = said otherwise, and nobody can tell whether it asks less; gate;
 * connector, surface = not looked at any more; scope = a connector's settings; source; waiver = a new, longer or wider one.
 */
export const relaxed = [
  'policy',
  'threshold',
  'severity',
  'match',
  'unknown',
  'rewritten',
  'gate',
  'connector',
  'surface',
  'scope',
  'source',
  'waiver',
] as const;
export type Relaxed = (typeof relaxed)[number];

/** One thing that the working copy asks less of than the revision it is held against. */
export type Relaxation = {
  readonly what: Relaxed;
  /** `rotation/long-lived-credential: rotation.maxAge`, `gate.failOn`, `waiver W-3`. */
  readonly of: string;
  readonly from: string;
  readonly to: string;
  /** Place in the working copy: `overdue.yaml:12`. */
  readonly source: string;
};
