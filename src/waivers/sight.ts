import { type Coverage, isBlind } from '../model/coverage.ts';
import type { Unknown } from '../model/fact.ts';
import type { Waiver } from '../model/waiver.ts';

/** What a run was meant to look at. */
export type Expected = {
  /** Connectors that the configuration names, whether this run uses them or not. */
  readonly connectors: readonly string[];
  /** Kind -> surfaces that list it. A kind that is not here may be listed by any surface of its connector. */
  readonly surfaces: ReadonlyMap<string, ReadonlySet<string>>;
};
/** Why what a waiver names could be there without having been seen; undefined where all places were looked at. */
export type Sight = (waiver: Waiver) => Omit<Unknown, 'state'> | undefined;

export function openSight(coverage: readonly Coverage[], { connectors, surfaces }: Expected): Sight {
  const looked = new Set(coverage.map(({ connector }) => connector));
  return ({ subject }) => {
    const { kind } = subject;
    const provider = kind?.split('.', 1)[0];
    const unread = provider === undefined ? connectors.find((id) => !looked.has(id)) : looked.has(provider) ? undefined : provider;
    if (unread !== undefined) return { why: 'not-looked', detail: `this run did not look at ${unread}` };
    const listing = kind === undefined ? undefined : surfaces.get(kind);
    const closed = coverage.find(
      (row) =>
        (isBlind(row) || row.state === 'skipped') &&
        (provider === undefined || row.connector === provider) &&
        (listing === undefined || listing.has(row.surface)) &&
        (!('scope' in subject) || overlaps(row.scope, subject.scope)),
    );
    if (!closed || closed.state === 'complete') return undefined;
    return { why: closed.reason, detail: `${closed.surface} of ${closed.scope}: ${closed.state}` };
  };
}

/** One of them lies within the other. */
function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
