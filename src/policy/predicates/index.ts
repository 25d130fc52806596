import { type CelArgs, cel } from './cel.ts';
import { type CoverageArgs, coverage } from './coverage.ts';
import { type ExceptionArgs, exception } from './exception.ts';
import { type ExpiryArgs, expiry } from './expiry.ts';
import { type OrphanArgs, orphan } from './orphan.ts';
import { type OwnerArgs, owner } from './owner.ts';
import { type PrivilegeArgs, privilege } from './privilege.ts';
import { type PurposeArgs, purpose } from './purpose.ts';
import { type QuarantineArgs, quarantine } from './quarantine.ts';
import { type RelaxationArgs, relaxation } from './relaxation.ts';
import { type RevocationArgs, revocation } from './revocation.ts';
import { type RotationArgs, rotation } from './rotation.ts';
import { type SharingArgs, sharing } from './sharing.ts';
import { type TrustArgs, trust } from './trust.ts';
import { type UsageArgs, usage } from './usage.ts';

/** The closed vocabulary of `assert`. The schema of a policy, its types and its documentation come from this map. */
export const predicates = {
  owner,
  purpose,
  expiry,
  rotation,
  usage,
  orphan,
  sharing,
  privilege,
  trust,
  quarantine,
  revocation,
  exception,
  coverage,
  relaxation,
  cel,
} as const;
export type PredicateName = keyof typeof predicates;

export type PredicateArgs = {
  readonly owner: OwnerArgs;
  readonly purpose: PurposeArgs;
  readonly expiry: ExpiryArgs;
  readonly rotation: RotationArgs;
  readonly usage: UsageArgs;
  readonly orphan: OrphanArgs;
  readonly sharing: SharingArgs;
  readonly privilege: PrivilegeArgs;
  readonly trust: TrustArgs;
  readonly quarantine: QuarantineArgs;
  readonly revocation: RevocationArgs;
  readonly exception: ExceptionArgs;
  readonly coverage: CoverageArgs;
  readonly relaxation: RelaxationArgs;
  readonly cel: CelArgs;
};

/** What must be true. Predicates side by side must all hold. */
export type Assertion = { readonly [N in PredicateName]?: PredicateArgs[N] } & {
  readonly all?: readonly Assertion[];
  readonly any?: readonly Assertion[];
  readonly not?: Assertion;
};
