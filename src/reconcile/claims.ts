import type { Identity } from '../model/identity.ts';
import type { InventoryRecord } from '../model/inventory.ts';
import type { OwnerClaim } from '../model/owner.ts';
import type { Scope } from '../model/scope.ts';
import type { Vendor, Workload } from '../model/source.ts';
import { type OwnerConventions, roleConventions, tagged } from './conventions.ts';

/** A claim with what is needed to find who is meant. */
export type SourcedClaim = {
  readonly claim: OwnerClaim;
  /** Set where the name is known to be a login, since the provider itself said it. */
  readonly login?: 'gh';
  /** Set where the claim itself comes from a source that is too old. */
  readonly stale?: string;
  /** Set where the whole scope says it. */
  readonly isOfScope?: true;
};

/** Where else than in the record itself a claim may stand. */
export type Around = { readonly identity?: Identity | undefined; readonly scope?: Scope | undefined };

/**
 * Everybody whom anybody names: the record, the identity behind it, its workload, its vendor. None is dropped, also where they disagree.
 * The scope is asked last, and only for a role that nobody nearer answers for: who merely controls it does not.
 */
export function claimsOf(
  record: InventoryRecord,
  { identity, scope }: Around,
  named: { readonly workload: Named<Workload> | undefined; readonly vendor: Named<Vendor> | undefined },
  conventions: OwnerConventions,
): readonly SourcedClaim[] {
  const inherited = identity ? saidBy(identity, conventions).map((each) => inherit(each, identity)) : [];
  const near = [...saidBy(record, conventions), ...inherited, ...workloadClaims(named.workload), ...vendorClaims(named.vendor)];
  const ofScope = scope ? scopeClaims(scope, conventions) : [];
  return [...near, ...ofScope.filter(({ claim }) => near.every((each) => each.claim.role !== claim.role || each.claim.control === true))];
}

/** An entry of a source, with the sentence that says so where the source is too old. */
export type Named<T> = { readonly entry: T; readonly stale?: string };

function saidBy(record: InventoryRecord, conventions: OwnerConventions): readonly SourcedClaim[] {
  return [
    ...record.owners.map((claim) => (record.provider === 'github' && isLogin(claim.ref) ? { claim, login: 'gh' as const } : { claim })),
    ...saidByTags(record.tags, conventions),
  ];
}

function saidByTags(tags: Readonly<Record<string, string>>, conventions: OwnerConventions): readonly SourcedClaim[] {
  return roleConventions.flatMap(({ role, names }) =>
    tagged(tags, names(conventions)).flatMap(({ key, value }) => people(value).map((ref) => ({ claim: { role, ref, by: `tag ${key}` } }))),
  );
}

/** `tag owner of account larkspur-prod` */
function scopeClaims({ id, name, tags = {} }: Scope, conventions: OwnerConventions): readonly SourcedClaim[] {
  const [type] = id.split('/');
  return saidByTags(tags, conventions).map(({ claim }) => ({
    claim: { ...claim, by: `${claim.by} of ${type ?? 'scope'} ${name}` },
    isOfScope: true,
  }));
}

/** Not an address, and not a team, which is `organization/team`. */
function isLogin(ref: string): boolean {
  return /^@?[\w-]+(?:\[bot\])?$/.test(ref.trim());
}

/** One tag may name several: separated by a mark, or by blanks where each is an e-mail address. A name with a blank in it stays whole. */
function people(value: string): readonly string[] {
  return value
    .split(/[,;|]/)
    .flatMap((part) => {
      const words = part.trim().split(/\s+/);
      return words.every((word) => /^[^\s@<>]+@[^\s@<>]+$/.test(word)) ? words : [part.trim()];
    })
    .filter((ref) => ref !== '');
}

function inherit({ claim, ...rest }: SourcedClaim, identity: Identity): SourcedClaim {
  return { ...rest, claim: { ...claim, by: `${claim.by} of ${identity.name}` } };
}

function workloadClaims(workload: Named<Workload> | undefined): readonly SourcedClaim[] {
  if (workload?.entry.owner === undefined) return [];
  const { entry, ...stale } = workload;
  return [{ claim: { role: 'technical', ref: workload.entry.owner, by: `workload ${entry.id}` }, ...stale }];
}

function vendorClaims(vendor: Named<Vendor> | undefined): readonly SourcedClaim[] {
  if (!vendor) return [];
  const { entry, ...stale } = vendor;
  const by = `vendor ${entry.id}`;
  return [
    ...(entry.businessOwner === undefined ? [] : [{ claim: { role: 'business' as const, ref: entry.businessOwner, by }, ...stale }]),
    ...(entry.technicalOwner === undefined ? [] : [{ claim: { role: 'technical' as const, ref: entry.technicalOwner, by }, ...stale }]),
  ];
}
