import type { Surface } from '../connector/contract.ts';
import type { Refusal } from '../connector/refusal.ts';
import type { Coverage, CoverageState } from '../model/coverage.ts';

export type Look = {
  readonly connector: string;
  readonly surface: Pick<Surface<unknown>, 'id' | 'operations'>;
  readonly scope: string;
  readonly count: number;
  /** Parts of the place with a row of their own. */
  readonly unreadParts?: number;
  /** How it was looked at, where that is not plain. */
  readonly remarks?: readonly string[];
  readonly refusal?: Refusal;
};

/** The one place that decides how a look ended. */
export function coverageRow({ connector, surface, scope, count, unreadParts = 0, remarks = [], refusal }: Look): Coverage {
  const place = { record: 'coverage', connector, scope, surface: surface.id, count } as const;
  if (refusal) {
    const requires = refusal.requires ?? (refusal.why === 'permission-denied' ? neededPermissions(surface) : []);
    return {
      ...place,
      state: stateOf(refusal, count),
      reason: refusal.why,
      ...detailOf(refusal.detail, ...remarks),
      ...(requires.length > 0 ? { requires } : {}),
    };
  }
  if (unreadParts > 0) {
    const detail =
      unreadParts === 1
        ? '1 part of it could not be read: see its own row'
        : `${String(unreadParts)} parts of it could not be read: see their own rows`;
    return { ...place, state: 'partial', reason: 'not-looked', ...detailOf(detail, ...remarks) };
  }
  return { ...place, state: 'complete', ...detailOf(...remarks) };
}

function detailOf(...sentences: readonly string[]): { readonly detail?: string } {
  const detail = sentences.filter((each) => each !== '').join('; ');
  return detail === '' ? {} : { detail };
}

function stateOf({ why }: Refusal, count: number): Exclude<CoverageState, 'complete'> {
  if (count > 0) return 'partial';
  if (why === 'permission-denied' || why === 'login-failed') return 'denied';
  if (why === 'not-enabled' || why === 'not-licensed') return 'not-enabled';
  return 'partial';
}

/** Permissions without which the surface cannot be listed at all. */
function neededPermissions({ operations }: Look['surface']): readonly string[] {
  return [...new Set(operations.filter((operation) => !operation.facts).map((operation) => operation.permission))].toSorted();
}
