import type { Environment } from '../model/environment.ts';
import type { Severity } from '../model/finding.ts';
import type { Traits } from '../model/kind.ts';
import type { PrivilegeLevel, Status } from '../model/record.ts';
import type { WaiverTerms } from '../model/waiver.ts';
import type { OwnerState } from '../model/subject.ts';
import type { Example } from './example.ts';
import type { Parameters } from './parameters.ts';
import type { PolicySubject } from './predicate.ts';
import type { Assertion } from './predicates/index.ts';

export const policyStatuses = ['experimental', 'stable', 'deprecated'] as const;
export type PolicyStatus = (typeof policyStatuses)[number];

/**
 * Which subjects: every key that is given must hold, each list is any-of. `*` and `?` are wild in kinds, scopes, names and tag values.
 * `connectors` and `surfaces` are of coverage, all but these and `scopes` of records.
 */
export type Match = {
  readonly kinds?: OneOrMore<string>;
  readonly providers?: OneOrMore<string>;
  readonly connectors?: OneOrMore<string>;
  readonly surfaces?: OneOrMore<string>;
  readonly scopes?: OneOrMore<string>;
  readonly names?: OneOrMore<string>;
  readonly tags?: Readonly<Record<string, OneOrMore<string>>>;
  readonly states?: OneOrMore<Status>;
  readonly traits?: { readonly [T in 'expiry' | 'rotation' | 'proof' | 'actor']?: OneOrMore<NonNullable<Traits[T]>> };
  readonly managedBy?: OneOrMore<'customer' | 'provider' | 'service'>;
  readonly privilege?: OneOrMore<PrivilegeLevel>;
  readonly environments?: OneOrMore<Environment>;
  readonly owners?: OneOrMore<OwnerState | 'none'>;
  /** An expression that holds. */
  readonly cel?: string;
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
  /** Those that its expressions name. */
  readonly parameters?: Parameters;
  /** report: an unknown is reported as such; fail: it is still reported as unknown, but counts at the gate like a failure. */
  readonly whenUnknown: 'report' | 'fail';
  /** The first entry whose match surely holds gives the severity. */
  readonly severityWhen: readonly { readonly match: Match; readonly severity: Severity }[];
  /** What it allows its waivers; left out, they may run as long as any. */
  readonly waivers?: WaiverTerms;
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

/** A list of any-of, written as one value or several. */
export function each<T>(value: OneOrMore<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function isList<T>(value: OneOrMore<T>): value is readonly T[] {
  return Array.isArray(value);
}
