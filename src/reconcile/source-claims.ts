import type { Sources } from '../model/source.ts';
import { entityRef } from '../sources/entity-ref.ts';
import { type SourcedClaim, repositoryClaims, vendorClaims, workloadClaims } from './claims.ts';

/** A name that a source gives somebody, and the line that does. */
export type ClaimInSource = { readonly said: SourcedClaim; readonly source: string };

/** Every name that the sources give to owners and members of groups, in their order. */
export function claimsInSources({ workloads, vendors, codeowners }: Sources): readonly ClaimInSource[] {
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
  ];
}
