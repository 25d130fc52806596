import type { InventoryRecord } from '../model/inventory.ts';
import type { OwnedRepository, Sources } from '../model/source.ts';
import type { Named } from './claims.ts';

export type RepositoryMatcher = (record: Pick<InventoryRecord, 'provider' | 'scope'>) => Named<OwnedRepository> | undefined;

/** Finds who answers for the repository in which a record lives. */
export function openRepositoryMatcher(codeowners: Sources['codeowners']): RepositoryMatcher {
  const byName = new Map((codeowners?.entries ?? []).map((entry) => [entry.repository, entry]));
  const stale = codeowners?.stale === undefined ? {} : { stale: codeowners.stale };
  return ({ provider, scope }) => {
    const name = provider === 'github' ? /^repository\/([^/]+\/[^/]+)/.exec(scope)?.[1] : undefined;
    const entry = name === undefined ? undefined : byName.get(name.toLowerCase());
    return entry && { entry, ...stale };
  };
}
