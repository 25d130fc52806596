import type { Coverage } from '../model/coverage.ts';
import type { Scope } from '../model/scope.ts';

/** The surface that lists the repositories of an organization as scopes. */
const listing = 'github.repository';

export type RepositoryIndex = {
  addScope(scope: Scope): void;
  addCoverage(row: Coverage): void;
  /** Undefined: its organization was not listed whole by this run. */
  has(name: string): boolean | undefined;
};

/**
 * Which repositories of github.com a run has seen. That one is not there takes an organization of which every repository was told, so that
 * nothing of the list was refused or hidden. A repository that was renamed is there under its new name alone.
 */
export function openRepositoryIndex(): RepositoryIndex {
  const names = new Set<string>();
  const organizations = new Set<string>();
  const whole = new Set<string>();
  const partly = new Set<string>();

  return {
    addScope({ provider, instance, id }) {
      if (provider !== 'github' || instance !== undefined || !id.startsWith('repository/')) return;
      const name = id.slice('repository/'.length).toLowerCase();
      names.add(name);
      organizations.add(organizationOf(name));
    },
    addCoverage({ surface, scope, state }) {
      if (surface === listing) (state === 'complete' ? whole : partly).add(scope.toLowerCase());
    },
    has(name) {
      // Names at GitHub do not mind case.
      const key = name.toLowerCase();
      if (names.has(key)) return true;
      const organization = organizationOf(key);
      const place = `organization/${organization}`;
      return organizations.has(organization) && whole.has(place) && !partly.has(place) ? false : undefined;
    },
  };
}

function organizationOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}
