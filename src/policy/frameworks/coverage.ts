import type { Policy } from '../policy.ts';
import type { Framework, Requirement } from './framework.ts';

/**
 * full, part: by policies that are in force; missing: policies could, and none in force does; none: no policy can.
 * That something is tested says nothing of how the test came out.
 */
export const coverages = ['full', 'part', 'missing', 'none'] as const;
export type CoverageOf = (typeof coverages)[number];

export type RequirementCoverage = Requirement & {
  readonly coverage: CoverageOf;
  /** Ids of the policies in force that map to it. */
  readonly policies: readonly string[];
  /** Where none is in force: ids of other policies that would. */
  readonly others: readonly string[];
};
export type FrameworkCoverage = {
  readonly framework: Framework;
  readonly requirements: readonly RequirementCoverage[];
  readonly counts: Readonly<Record<CoverageOf, number>>;
};

/** Which requirements the policies test. `others` are policies that are known and not in force, as those of other shipped sets. */
export function frameworkCoverage(framework: Framework, policies: readonly Policy[], others: readonly Policy[]): FrameworkCoverage {
  const inForce = citing(
    policies.filter(({ disabled }) => !disabled),
    framework.id,
  );
  const elsewhere = citing(others, framework.id);
  const requirements = [...framework.requirements.values()].map((requirement): RequirementCoverage => {
    const by = inForce.get(requirement.id) ?? [];
    const coverage = requirement.tested === 'none' ? 'none' : by.length > 0 ? requirement.tested : 'missing';
    return { ...requirement, coverage, policies: by, others: by.length > 0 ? [] : (elsewhere.get(requirement.id) ?? []) };
  });
  const count = (wanted: CoverageOf) => requirements.filter(({ coverage }) => coverage === wanted).length;
  return { framework, requirements, counts: { full: count('full'), part: count('part'), missing: count('missing'), none: count('none') } };
}

/** Ids of policies by the requirement they cite. */
function citing(policies: readonly Policy[], framework: string): ReadonlyMap<string, readonly string[]> {
  const pairs = policies.flatMap(({ id, mapsTo }) => (mapsTo[framework] ?? []).map((requirement) => ({ requirement, id })));
  return new Map(
    [...Map.groupBy(pairs, ({ requirement }) => requirement)].map(([requirement, group]) => [requirement, group.map(({ id }) => id)]),
  );
}
