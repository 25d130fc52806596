import { unknownReasons, type UnknownReason } from './fact.ts';
import { text, texts } from './schema.ts';

export const coverageStates = ['complete', 'partial', 'denied', 'not-enabled', 'skipped', 'not-enumerable'] as const;
export type CoverageState = (typeof coverageStates)[number];

/** How one place (scope x surface) was looked at. Not looked is a result: it is always printed. */
export const CoverageSchema = {
  type: 'object',
  required: ['record', 'connector', 'scope', 'surface', 'state', 'count'],
  additionalProperties: false,
  properties: {
    record: { const: 'coverage' },
    connector: text,
    /** `account/111122223333`, `organization/acme`; `*` for what no scope can show. */
    scope: text,
    surface: text,
    state: { enum: coverageStates },
    /** Records read, also of a place that was read only in part. */
    count: { type: 'integer', minimum: 0 },
    reason: { enum: unknownReasons },
    /** One sentence for people: what happened, in whose words. */
    detail: { type: 'string' },
    /** Permissions that are missing, as the provider names them. */
    requires: texts,
  },
} as const;
export type Coverage = {
  readonly record: 'coverage';
  readonly connector: string;
  readonly scope: string;
  readonly surface: string;
  readonly count: number;
} & (
  | {
      readonly state: 'complete';
      /** Set where not the place itself was asked, but somebody who knows it: who, and as of when. */
      readonly detail?: string;
    }
  | {
      readonly state: Exclude<CoverageState, 'complete'>;
      readonly reason: UnknownReason;
      readonly detail?: string;
      readonly requires?: readonly string[];
    }
);

/** States that leave something unseen which this run was asked to see. */
export function isBlind(coverage: Coverage): boolean {
  return coverage.state === 'partial' || coverage.state === 'denied';
}
