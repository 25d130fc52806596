import type { Fact } from '../../src/model/fact.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { Provenance } from '../../src/model/provenance.ts';

/** A field, the call that tells it, and what it told. */
export type Told = readonly [operation: string, field: string, fact: Fact<unknown>];

/** What the listing tells of every item, then one entry for each call that told more. What stayed unknown was told by nobody. */
export function evidenceOf(
  listed: { readonly operation: string; readonly fields: readonly string[] },
  told: readonly Told[],
  observedAt: Instant,
): readonly Provenance[] {
  const known = told.filter(([, , { state }]) => state !== 'unknown').map(([operation, field]) => [operation, field] as const);
  const all = [...listed.fields.map((field) => [listed.operation, field] as const), ...known];
  return [...Map.groupBy(all, ([operation]) => operation)].map(([operation, each]) => ({
    operation,
    observedAt,
    fields: each.map(([, field]) => field),
  }));
}
