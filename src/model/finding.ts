import type { OwnerRole } from './owner.ts';
import type { Provenance } from './provenance.ts';
import type { Reason } from './reason.ts';
import type { Missing } from './verdict.ts';
import type { Waiver } from './waiver.ts';

export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(floor);
}

/** A verdict that someone must act on. */
export type Finding = {
  /** Stable over runs: a hash of policy, kind and subject id, never of message or age. */
  readonly id: string;
  readonly policy: string;
  readonly theme: string;
  readonly title: string;
  readonly severity: Severity;
  readonly verdict: 'fail' | 'unknown';
  /** Set on an unknown whose policy says `whenUnknown: fail`: it counts at the gate like a failure. */
  readonly gates?: true;
  readonly subject: {
    readonly id: string;
    readonly kind: string;
    readonly provider: string;
    readonly scope: string;
    readonly name: string;
  };
  /** `source`: the line of a source that says what became of them. `interim`: the manager who may be asked for somebody who is not active. */
  readonly owners: readonly {
    readonly role: OwnerRole;
    readonly ref: string;
    readonly state: string;
    readonly by: string;
    readonly source?: string;
    readonly interim?: string;
  }[];
  /** The sentence; `evidence` holds the same as data. */
  readonly reason: string;
  readonly evidence: readonly (Reason | ({ readonly code: 'unknown' } & Missing))[];
  readonly provenance: readonly Provenance[];
  readonly risk: { readonly score: number; readonly parts: readonly { readonly code: string; readonly points: number }[] };
  readonly remediation: string;
  readonly mapsTo: Readonly<Record<string, readonly string[]>>;
  readonly waiver?: Pick<Waiver, 'id' | 'expires' | 'requester' | 'approver' | 'reason' | 'ticket' | 'source'> & {
    readonly state: 'active' | 'expired';
  };
};
