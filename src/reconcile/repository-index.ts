import { type Coverage, isBlind } from '../model/coverage.ts';
import type { InventoryRecord } from '../model/inventory.ts';
import type { Scope } from '../model/scope.ts';

export type RepositoryIndex = {
  addRecord(record: Pick<InventoryRecord, 'provider' | 'scope'>): void;
  addScope(scope: Scope): void;
  addCoverage(row: Coverage): void;
  /** Undefined: its organization was not listed whole by this run. */
  has(name: string): boolean | undefined;
};

/**
 * Which repositories of GitHub a run has seen. What lives in one shows that it is there; that one is not there takes an organization of
 * which every repository was told as a scope of its own, and of which nothing was refused.
 */
export function openRepositoryIndex(): RepositoryIndex {
  const seen = new Set<string>();
  const listed = new Set<string>();
  const blind = new Set<string>();

  return {
    addRecord({ provider, scope }) {
      const name = provider === 'github' ? repositoryOf(scope) : undefined;
      if (name !== undefined) seen.add(name);
    },
    addScope({ provider, id }) {
      const name = provider === 'github' ? repositoryOf(id) : undefined;
      if (name === undefined) return;
      seen.add(name);
      listed.add(organizationOf(name));
    },
    addCoverage(row) {
      if (row.connector === 'github' && isBlind(row)) blind.add(row.scope.toLowerCase());
    },
    has(name) {
      const key = name.toLowerCase();
      if (seen.has(key)) return true;
      const organization = organizationOf(key);
      return listed.has(organization) && !blind.has(`organization/${organization}`) ? false : undefined;
    },
  };
}

/** `repository/acme/shop/environment/production` is in `acme/shop`; names at GitHub do not mind case. */
function repositoryOf(scope: string): string | undefined {
  return /^repository\/([^/]+\/[^/]+)/.exec(scope)?.[1]?.toLowerCase();
}

function organizationOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}
