import type { Sources } from '../model/source.ts';
import { entityRef } from '../sources/entity-ref.ts';
import { openRoster } from '../sources/roster.ts';
import { type SourcedClaim, repositoryClaims, vendorClaims, workloadClaims } from './claims.ts';

/** A name that a source gives somebody, and the line that does. */
export type ClaimInSource = { readonly said: SourcedClaim; readonly source: string };

/** Every name that the sources give to owners, members of groups and managers, in their order. */
export function claimsInSources({ people, workloads, vendors, codeowners }: Sources): readonly ClaimInSource[] {
  const at = (source: string) => (said: SourcedClaim) => ({ said, source });
  return [
    ...(workloads?.entries ?? []).flatMap((entry) => workloadClaims({ entry }).map(at(entry.source))),
    ...(workloads?.groups ?? []).flatMap(({ id, members, source }) =>
      members
        .filter((member) => entityRef(member, 'user')?.kind !== 'group')
        .map((ref) => at(source)({ claim: { role: 'technical', ref, by: `member of ${id}` } })),
    ),
    ...(vendors?.entries ?? []).flatMap((entry) => vendorClaims({ entry }).map(at(entry.source))),
    ...(codeowners?.entries ?? []).flatMap((entry) => repositoryClaims({ entry }).map(at(entry.source))),
    ...managerClaims(people),
  ];
}

/** Of those who have not left: nobody answers to the manager of a leaver. */
function managerClaims(people: Sources['people']): readonly ClaimInSource[] {
  const roster = openRoster(people);
  return (people?.entries ?? []).flatMap((person): readonly ClaimInSource[] => {
    if (person.manager === undefined || person.status === 'terminated') return [];
    const ref = roster.find(person.manager) ? person.manager : (roster.managerOf(person)?.id ?? person.manager);
    return [{ said: { claim: { role: 'business', ref, by: `manager of ${person.id}` } }, source: person.source }];
  });
}
