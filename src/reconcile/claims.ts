import type { Identity } from '../model/identity.ts';
import type { InventoryRecord } from '../model/inventory.ts';
import type { OwnerClaim } from '../model/owner.ts';
import type { Scope } from '../model/scope.ts';
import type { OwnedRepository, Vendor, Workload } from '../model/source.ts';
import { type OwnerConventions, roleConventions, tagged } from './conventions.ts';
import { type OwnerEvidence, ownerEvidence, weakEvidence } from './owner-evidence.ts';

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

/** Where else than in the record itself a claim may stand. `scopes`: the nearest first. */
export type Around = { readonly identity?: Identity | undefined; readonly scopes: readonly Scope[] };
/** The entries of the sources that speak of the record. */
export type NamedEntries = {
  readonly workload?: Named<Workload> | undefined;
  readonly vendor?: Named<Vendor> | undefined;
  readonly repository?: Named<OwnedRepository> | undefined;
};

/**
 * Everybody whom anybody names, in the order of the evidence. None is dropped, also where they disagree. Weak evidence is asked only for a
 * role that nobody before it answers for: who merely controls it does not.
 */
export function claimsOf(
  record: InventoryRecord,
  { identity, scopes }: Around,
  { workload, vendor, repository }: NamedEntries,
  conventions: OwnerConventions,
  order: readonly OwnerEvidence[] = ownerEvidence,
): readonly SourcedClaim[] {
  const saidBy: Readonly<Record<OwnerEvidence, () => readonly SourcedClaim[]>> = {
    provider: () => providerClaims(record),
    tags: () => saidByTags(record.tags, conventions),
    identity: () =>
      identity ? [...providerClaims(identity), ...saidByTags(identity.tags, conventions)].map((each) => inherit(each, identity)) : [],
    workload: () => workloadClaims(workload),
    vendor: () => vendorClaims(vendor),
    scope: () => scopeClaims(scopes, conventions),
    codeowners: () => repositoryClaims(repository),
  };
  const claims: SourcedClaim[] = [];
  for (const each of order) {
    const named = new Set(claims.flatMap(({ claim }) => (claim.control === undefined ? [claim.role] : [])));
    claims.push(...saidBy[each]().filter(({ claim }) => !weakEvidence.has(each) || !named.has(claim.role)));
  }
  return claims;
}

/** An entry of a source, with the sentence that says so where the source is too old. */
export type Named<T> = { readonly entry: T; readonly stale?: string };

function providerClaims({ provider, owners }: InventoryRecord): readonly SourcedClaim[] {
  return owners.map((claim) => (provider === 'github' && isLogin(claim.ref) ? { claim, login: 'gh' as const } : { claim }));
}

function saidByTags(tags: Readonly<Record<string, string>>, conventions: OwnerConventions): readonly SourcedClaim[] {
  return roleConventions.flatMap(({ role, names }) =>
    tagged(tags, names(conventions)).flatMap(({ key, value }) => people(value).map((ref) => ({ claim: { role, ref, by: `tag ${key}` } }))),
  );
}

/** `tag owner of account larkspur-prod`; for each role, those of the nearest scope that names one. */
function scopeClaims(scopes: readonly Scope[], conventions: OwnerConventions): readonly SourcedClaim[] {
  const claims: SourcedClaim[] = [];
  for (const { id, name, tags = {} } of scopes) {
    const named = new Set(claims.flatMap(({ claim }) => (claim.control === undefined ? [claim.role] : [])));
    for (const { claim } of saidByTags(tags, conventions))
      if (!named.has(claim.role)) claims.push({ claim: { ...claim, by: `${claim.by} of ${typeOf(id)} ${name}` }, isOfScope: true });
  }
  return claims;
}

/** `account/1` is an account, `repository/acme/shop` a repository, `tenant/1/subscription/2` a subscription. */
function typeOf(scope: string): string {
  const steps = scope.split('/');
  return steps.at(steps.length % 2 === 0 ? -2 : 0) ?? 'scope';
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

export function workloadClaims(workload: Named<Workload> | undefined): readonly SourcedClaim[] {
  if (!workload) return [];
  const { entry, ...stale } = workload;
  const by = `workload ${entry.id}`;
  return [
    ...(entry.owner === undefined ? [] : [{ claim: { role: 'technical' as const, ref: entry.owner, by }, ...stale }]),
    ...(entry.businessOwner === undefined ? [] : [{ claim: { role: 'business' as const, ref: entry.businessOwner, by }, ...stale }]),
  ];
}

/** `CODEOWNERS of acme/shop` */
export function repositoryClaims(repository: Named<OwnedRepository> | undefined): readonly SourcedClaim[] {
  if (!repository) return [];
  const { entry, ...stale } = repository;
  return entry.owners.map((ref) => ({
    claim: { role: 'technical', ref, by: `CODEOWNERS of ${entry.repository}` },
    ...(isLogin(ref) ? { login: 'gh' as const } : {}),
    ...stale,
    isOfScope: true,
  }));
}

export function vendorClaims(vendor: Named<Vendor> | undefined): readonly SourcedClaim[] {
  if (!vendor) return [];
  const { entry, ...stale } = vendor;
  const by = `vendor ${entry.id}`;
  return [
    ...(entry.businessOwner === undefined ? [] : [{ claim: { role: 'business' as const, ref: entry.businessOwner, by }, ...stale }]),
    ...(entry.technicalOwner === undefined ? [] : [{ claim: { role: 'technical' as const, ref: entry.technicalOwner, by }, ...stale }]),
  ];
}
