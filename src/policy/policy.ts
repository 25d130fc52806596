import type { Severity } from '../model/finding.ts';
import type { Traits } from '../model/kind.ts';
import type { PrivilegeLevel, Status } from '../model/record.ts';
import type { Outcome } from '../model/verdict.ts';
import type { PolicySubject } from './predicate.ts';
import type { Assertion } from './predicates/index.ts';

export const policyStatuses = ['experimental', 'stable', 'deprecated'] as const;
export type PolicyStatus = (typeof policyStatuses)[number];

/** Which subjects: every key that is given must hold, each list is any-of. `*` and `?` are wild in kinds, scopes, names and tag values. */
export type Match = {
  readonly kinds?: OneOrMore<string>;
  readonly providers?: OneOrMore<string>;
  readonly scopes?: OneOrMore<string>;
  readonly names?: OneOrMore<string>;
  readonly tags?: Readonly<Record<string, OneOrMore<string>>>;
  readonly states?: OneOrMore<Status>;
  readonly traits?: { readonly [T in 'expiry' | 'rotation' | 'proof']?: OneOrMore<Traits[T]> };
  readonly managedBy?: OneOrMore<'customer' | 'provider' | 'service'>;
  readonly privilege?: OneOrMore<PrivilegeLevel>;
};
export type OneOrMore<T> = T | readonly T[];
export type Exclusion = Match & { readonly because: string };

/** One requirement, bound: every `$parameter` has its value. */
export type Policy = {
  readonly id: string;
  readonly title: string;
  readonly status: PolicyStatus;
  readonly severity: Severity;
  readonly subject: PolicySubject;
  readonly match: Match;
  readonly exclude: readonly Exclusion[];
  readonly assert: Assertion;
  /** report: an unknown is reported as such; fail: it is still reported as unknown, but counts at the gate like a failure. */
  readonly whenUnknown: 'report' | 'fail';
  /** The first entry whose match surely holds gives the severity. */
  readonly severityWhen: readonly { readonly match: Match; readonly severity: Severity }[];
  readonly why: string;
  readonly fix: string;
  readonly mapsTo: Readonly<Record<string, readonly string[]>>;
  readonly references: readonly string[];
  readonly examples: readonly Example[];
  /** Switched off by a policy set; listed in the run and never evaluated. */
  readonly disabled: boolean;
  /** `policies/usage/unused-credential.yaml:3`, the last file that changed it. */
  readonly source: string;
};

/** A case that documents a policy and is executed by the tests and by `overdue policy test`. */
export type Example = {
  readonly name: string;
  readonly given: GivenSubject | GivenWaiver;
  readonly expect: Outcome;
  readonly severity?: Severity;
};
/** Times are `91d ago`, `in 30d`, an ISO moment, `never` or `none` (absent), `unknown`. A fact that is left out is unknown. */
export type GivenSubject = {
  readonly kind?: string;
  /** In place of a kind: any kind with these traits. */
  readonly traits?: Partial<Pick<Traits, 'expiry' | 'rotation' | 'proof'>>;
  readonly name?: string;
  readonly scope?: string;
  readonly status?: Status;
  readonly managedBy?: 'customer' | 'provider' | 'service';
  readonly tags?: Readonly<Record<string, string>>;
  readonly privilege?: PrivilegeLevel | 'unknown';
  readonly createdAt?: string;
  readonly rotatedAt?: string;
  readonly rotationDueAt?: string;
  readonly lastUsedAt?: string;
  /** Start of the time in which its use was watched, where `lastUsedAt: never`. */
  readonly watchedSince?: string;
  readonly expiresAt?: string;
  readonly notBefore?: string;
  readonly owners?:
    | 'unknown'
    | readonly {
        readonly ref: string;
        readonly role?: 'business' | 'technical';
        readonly state?: string;
        readonly status?: string;
        readonly person?: string;
      }[];
  readonly workload?: 'unknown' | { readonly lifecycle: string };
  readonly vendor?: 'unknown' | { readonly endsAt?: string };
  readonly siblings?: readonly { readonly createdAt: string; readonly status?: Status; readonly expiresAt?: string }[];
};
export type GivenWaiver = {
  readonly waiver: 'active' | 'expired' | 'unmatched' | 'invalid';
  readonly expires?: string;
  readonly problem?: string;
};

export function isWaiverGiven(given: Example['given']): given is GivenWaiver {
  return 'waiver' in given;
}

/** A list of any-of, written as one value or several. */
export function each<T>(value: OneOrMore<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function isList<T>(value: OneOrMore<T>): value is readonly T[] {
  return Array.isArray(value);
}
