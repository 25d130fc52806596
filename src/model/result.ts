import type { Coverage } from './coverage.ts';
import type { Finding, Severity } from './finding.ts';
import type { Instant } from './instant.ts';
import type { WaiverState } from './waiver.ts';

export const resultVersion = 1;

/** What decides exit code 1 and 3. */
export type Gate = {
  readonly failOn: Severity | 'none';
  /** Unknown verdicts at or above this severity gate with exit code 3. */
  readonly failOnUnknown: Severity | 'none';
  /** full: anything not complete gates; declared: what the operator skipped with a reason does not; none: nothing does. */
  readonly requireCoverage: 'full' | 'declared' | 'none';
};

/** One run, judged. Sorted, so that the same input gives the same bytes. */
export type Result = {
  readonly schemaVersion: typeof resultVersion;
  readonly tool: { readonly name: string; readonly version: string };
  readonly asOf: Instant;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly interrupted: boolean;
  /** Not waived, sorted by severity, risk, policy and subject. */
  readonly findings: readonly Finding[];
  /** Findings that an active waiver suppresses: still listed, never counted at the gate. */
  readonly waived: readonly Finding[];
  readonly waivers: readonly {
    readonly id: string;
    readonly policy: string;
    readonly state: WaiverState['state'];
    readonly expires: Instant;
  }[];
  readonly coverage: readonly Coverage[];
  readonly policies: readonly PolicyCount[];
  readonly summary: Summary;
  readonly exit: { readonly code: 0 | 1 | 3; readonly reasons: readonly string[] };
};
export type PolicyCount = {
  readonly id: string;
  readonly disabled: boolean;
  readonly pass: number;
  readonly fail: number;
  readonly unknown: number;
  readonly notApplicable: number;
};
export type Summary = {
  readonly subjects: number;
  readonly identities: number;
  readonly credentials: number;
  readonly grants: number;
  readonly verdicts: { readonly pass: number; readonly fail: number; readonly unknown: number; readonly notApplicable: number };
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly byTheme: Readonly<Record<string, number>>;
  readonly waived: number;
};
