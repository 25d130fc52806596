import type { Credential } from './credential.ts';
import type { EnvironmentClaim } from './environment.ts';
import type { Fact, Unknown } from './fact.ts';
import type { Identity } from './identity.ts';
import type { Instant } from './instant.ts';
import type { InventoryRecord } from './inventory.ts';
import type { Kind } from './kind.ts';
import type { OwnerClaim } from './owner.ts';
import type { PrivilegeLevel } from './record.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import type { Person, Vendor, Workload } from './source.ts';

/** A record with what the authoritative sources say of it: what policies judge. */
export type Subject = {
  readonly record: InventoryRecord;
  readonly kind: Kind;
  /** The identity that a credential proves or a grant belongs to, when this run has seen it, and its kind. */
  readonly identity?: Identity;
  readonly identityKind?: Kind;
  /** The scopes it lives in, as far as this run has seen what the provider says of them; the nearest first. */
  readonly scopes?: readonly Scope[];
  /** Every claim, resolved; none is dropped, also where they disagree. Own claims first, then inherited ones; those of the scope last. */
  readonly owners: readonly ResolvedOwner[];
  /** absent: the record names no workload. */
  readonly workload: Fact<Workload>;
  /** absent: the record names no vendor. */
  readonly vendor: Fact<Vendor>;
  readonly purpose: Fact<string>;
  /** Who of the roster the identity itself is, by its name, login or address. absent: a complete roster does not have it. */
  readonly person: Fact<Person>;
  /** What tags of the record and its identity say, or where neither does, those of the nearest scope that says something. */
  readonly environments: readonly EnvironmentClaim[];
  /** How far its owners say that it may reach. absent: they say nothing. */
  readonly declaredPrivilege: Fact<PrivilegeLevel>;
  readonly quarantine: Quarantine;
  /** The other credentials of the same kind that prove the same identity. */
  readonly siblings: readonly Credential[];
  /** Set for predicates that wait until the whole run is known. */
  readonly run?: Run;
};

/** `since`: when it was switched off, by the provider or by a tag. `until`: its own deadline, by a tag; absent where none is set. */
export type Quarantine = { readonly since: Fact<Instant>; readonly until: Fact<Instant> };

/**
 * active = an active person, or a group with one; inactive = on the roster but not active; empty = a group without active members;
 * gone = not on a roster that claims to be complete; unconfirmed = no roster, or one that does not claim to be complete.
 */
export const ownerStates = ['active', 'inactive', 'empty', 'gone', 'unconfirmed'] as const;
export type OwnerState = (typeof ownerStates)[number];
/** `name`: an address, else the id. `source`: the line of the roster. */
export type Interim = { readonly name: string; readonly source: string };
export type ResolvedOwner = {
  readonly claim: OwnerClaim;
  /** Said of the whole scope: it does not stand in for somebody nearer who left. */
  readonly isOfScope?: true;
  readonly state: OwnerState;
  /** Why an unconfirmed owner is not confirmed. */
  readonly why?: Omit<Unknown, 'state'>;
  /** The roster's word: `terminated`, `leave` … */
  readonly status?: string;
  /** When an inactive person left. */
  readonly since?: Instant;
  /** Source line that says so: `people.csv:14`. */
  readonly source?: string;
  /** Who may be asked in the place of somebody who is not active: the nearest manager who is. A proposal, and no owner. */
  readonly interim?: Interim;
  /** The person's id, so that two claims can be seen to be one person. */
  readonly person?: string;
  /** The group's id, and who is in it: ids of persons and of the groups inside it. */
  readonly group?: string;
  readonly holds?: ReadonlySet<string>;
  /** Where an active owner can be written to: the person's address, the group's, or that of its first active member. */
  readonly address?: string;
};
