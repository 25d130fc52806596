import type { Coverage } from '../model/coverage.ts';
import { notApplicable } from '../model/verdict.ts';
import { assertionTest } from './assertion.ts';
import { type Judgement, conclusions } from './conclusion.ts';
import { globs } from './glob.ts';
import type { Match, OneOrMore, Policy } from './policy.ts';

/** A policy on how places were looked at. Undefined: it does not mean this one. */
export function compileCoveragePolicy(policy: Policy): (row: Coverage, now: number) => Judgement | undefined {
  const test = assertionTest<Coverage>(policy.assert, policy);
  const conclude = conclusions(policy);
  const isMeant = placeMatcher(policy.match);
  const exclusions = policy.exclude.map(placeMatcher);
  const steps = policy.severityWhen.map(({ match, severity }) => ({ isStep: placeMatcher(match), severity }));
  return (row, now) => {
    if (!isMeant(row)) return undefined;
    if (exclusions.some((isExcluded) => isExcluded(row))) return conclude(notApplicable);
    return conclude(test(row, now), steps.find(({ isStep }) => isStep(row))?.severity ?? policy.severity);
  };
}

function placeMatcher({ connectors, scopes, surfaces }: Match): (row: Coverage) => boolean {
  const [isConnector, isScope, isSurface] = [connectors, scopes, surfaces].map(matching);
  return ({ connector, scope, surface }) =>
    isConnector?.(connector) !== false && isScope?.(scope) !== false && isSurface?.(surface) !== false;
}

function matching(patterns: OneOrMore<string> | undefined): ((text: string) => boolean) | undefined {
  return patterns === undefined ? undefined : globs(patterns);
}
