import type { OwnerRole } from '../../model/owner.ts';
import type { ResolvedOwner } from '../../model/subject.ts';
import { type Verdict, fail, notApplicable, pass } from '../../model/verdict.ts';
import { unconfirmedOwner } from '../facts.ts';

/** Holds the places that name an owner of one role against each other. Whom a place names together answer together. */
export function agreed(role: OwnerRole, owners: readonly ResolvedOwner[]): Verdict {
  const claims = owners.filter(({ claim }) => claim.role === role && claim.control === undefined);
  const places = [...Map.groupBy(claims, ({ claim }) => claim.by).values()];
  if (places.length < 2) return notApplicable;
  const apart = places.flatMap((one, index) =>
    places
      .slice(index + 1)
      .filter((other) => !isShared(one, other))
      .map((other) => [one, other]),
  );
  if (apart.length === 0) return pass;
  // Two names of one person look like two persons until a roster tells whose they are.
  const unconfirmed = apart.every((pair) => pair.flat().some(isNameless)) ? apart.flat(2).find(isNameless) : undefined;
  if (unconfirmed) return unconfirmedOwner(unconfirmed);
  return fail({ code: 'owners-disagree', role, claims: claims.map(({ claim: { ref, by } }) => ({ ref, by })) });
}

function isShared(one: readonly ResolvedOwner[], other: readonly ResolvedOwner[]): boolean {
  return one.some((a) => other.some((b) => isSame(a, b)));
}

function isSame(a: ResolvedOwner, b: ResolvedOwner): boolean {
  const [one, other] = [idOf(a), idOf(b)];
  return one === other || (a.holds?.has(other) ?? false) || (b.holds?.has(one) ?? false);
}

function idOf({ person, group, claim }: ResolvedOwner): string {
  return person ?? group ?? claim.ref.trim().toLowerCase();
}

function isNameless({ state, person, group }: ResolvedOwner): boolean {
  return state === 'unconfirmed' && person === undefined && group === undefined;
}
