import type { CoverageState } from './coverage.ts';
import type { Duration } from './duration.ts';
import type { UnknownReason } from './fact.ts';
import type { Instant } from './instant.ts';
import type { OwnerRole } from './owner.ts';
import type { PrivilegeLevel, Status } from './record.ts';

/** Why a policy failed: a code with the observed values. The sentence is made in one place, `report/wording.ts`. */
export type Reason =
  | {
      readonly code: 'older-than';
      readonly fact: 'createdAt' | 'rotatedAt';
      readonly observed: Instant;
      readonly limit: Duration;
      readonly past: number;
    }
  | {
      readonly code: 'overlapping';
      readonly observed: readonly string[];
      readonly since: Instant;
      readonly limit: Duration;
      readonly past: number;
    }
  | {
      readonly code: 'rotation-unfinished';
      readonly newer: string;
      readonly since: Instant;
      readonly limit: Duration;
      readonly past: number;
      /** Set where the old one was used after that; else it is the new one that was not. */
      readonly used?: Instant;
    }
  | { readonly code: 'rotation-failing'; readonly observed: Instant; readonly past: number }
  | { readonly code: 'expired'; readonly observed: Instant; readonly past: number }
  | { readonly code: 'expires-soon'; readonly observed: Instant; readonly limit: Duration; readonly left: number }
  | { readonly code: 'no-expiry' }
  | { readonly code: 'endless' }
  | {
      readonly code: 'endless-not-renewed';
      readonly fact: 'createdAt' | 'rotatedAt';
      readonly observed: Instant;
      readonly limit: Duration;
      readonly past: number;
    }
  | { readonly code: 'lives-too-long'; readonly from: Instant; readonly observed: Instant; readonly limit: Duration; readonly past: number }
  | { readonly code: 'unused-since'; readonly observed: Instant; readonly limit: Duration; readonly past: number }
  | { readonly code: 'never-used'; readonly watchedSince: Instant; readonly limit: Duration; readonly past: number }
  | { readonly code: 'used-recently'; readonly observed: Instant; readonly limit: Duration; readonly ago: number }
  | {
      readonly code: 'used-after-superseded';
      readonly observed: Instant;
      readonly newer: string;
      readonly since: Instant;
      readonly limit: Duration;
      readonly past: number;
    }
  | { readonly code: 'no-owner'; readonly role: OwnerRole | 'any' }
  | { readonly code: 'owner-unconfirmed'; readonly role: OwnerRole | 'any'; readonly ref: string; readonly by: string }
  | {
      readonly code: 'owner-inactive';
      readonly ref: string;
      readonly status: string;
      readonly since?: Instant;
      readonly past?: number;
      readonly source: string;
    }
  | { readonly code: 'owners-not-distinct'; readonly ref: string }
  | { readonly code: 'only-control'; readonly role: OwnerRole | 'any'; readonly ref: string; readonly by: string }
  | { readonly code: 'owner-unreachable'; readonly ref: string; readonly source: string }
  | {
      readonly code: 'owners-disagree';
      readonly role: OwnerRole;
      readonly claims: readonly { readonly ref: string; readonly by: string }[];
    }
  | { readonly code: 'no-purpose' }
  | { readonly code: 'group-empty'; readonly ref: string; readonly source: string }
  | { readonly code: 'workload-gone'; readonly ref: string; readonly lifecycle: string; readonly source: string }
  | { readonly code: 'attached-to-nothing' }
  | { readonly code: 'vendor-ended'; readonly ref: string; readonly ended: Instant; readonly past: number; readonly source: string }
  | { readonly code: 'identity-gone'; readonly ref?: string; readonly status?: Status }
  | { readonly code: 'federation-unused'; readonly issuers: readonly string[] }
  | { readonly code: 'outlives-identity'; readonly ref: string; readonly status: Status; readonly worksOn: boolean }
  | { readonly code: 'quarantine-over'; readonly until: Instant; readonly past: number }
  | {
      readonly code: 'quarantined-too-long';
      readonly status: Status;
      readonly observed: Instant;
      readonly limit: Duration;
      readonly past: number;
    }
  | { readonly code: 'restorable-too-long'; readonly observed: Instant; readonly limit: Duration; readonly past: number }
  | {
      readonly code: 'privilege-above';
      readonly observed: PrivilegeLevel;
      readonly limit: PrivilegeLevel;
      readonly because: readonly string[];
    }
  | {
      readonly code: 'privilege-drift';
      readonly observed: PrivilegeLevel;
      readonly declared: PrivilegeLevel;
      readonly because: readonly string[];
    }
  | {
      readonly code: 'key-in-places';
      readonly limit: number;
      /** How many other records show it; `places` are the first of them. */
      readonly others: number;
      readonly places: readonly { readonly kind: string; readonly scope: string; readonly name: string }[];
    }
  | { readonly code: 'several-workloads'; readonly limit: number; readonly observed: readonly string[] }
  | {
      readonly code: 'actor-mismatch';
      readonly meant: 'person' | 'workload';
      readonly is: 'person' | 'workload';
      readonly ref: string;
      readonly source?: string;
    }
  | { readonly code: 'actor-both'; readonly ref: string; readonly person: string; readonly source: string }
  | { readonly code: 'environments-mixed'; readonly claims: readonly { readonly said: string; readonly by: string }[] }
  | { readonly code: 'trust-repository-gone'; readonly issuer: string; readonly repository: string }
  | { [C in TrustCode]: { readonly code: C; readonly issuer: string; readonly subject: string } }[TrustCode]
  | {
      readonly code: 'not-seen';
      readonly state: CoverageState;
      readonly why: UnknownReason;
      readonly requires: readonly string[];
      readonly detail?: string;
    }
  | { readonly code: 'expression-false'; readonly expression: string }
  | { readonly code: 'waiver-expired'; readonly expired: Instant; readonly past: number }
  | { readonly code: 'waiver-ends-soon'; readonly observed: Instant; readonly left: number; readonly limit: Duration }
  | { readonly code: 'waiver-renewed'; readonly renewals: number; readonly limit: number }
  | { readonly code: 'waiver-unmatched' }
  | { readonly code: 'waiver-invalid'; readonly problem: string }
  | { readonly code: 'relaxed'; readonly of: string; readonly from: string; readonly to: string };

/** What is wrong with one entry of a trust. */
export type TrustCode =
  | 'trust-wildcard'
  | 'trust-unbounded'
  | 'trust-no-audience'
  | 'trust-no-external-id'
  | 'trust-name-recyclable'
  | 'trust-anyone'
  | 'trust-deleted';
