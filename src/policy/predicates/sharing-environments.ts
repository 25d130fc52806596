import type { EnvironmentClaim } from '../../model/environment.ts';
import { fact } from '../../model/record.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';
import { lacking, untilTheEnd } from '../facts.ts';
import type { Test } from '../predicate.ts';

/** A name of an environment at both sides of the border of production is enough; where nobody names one, there is none to mix. */
export const isOfOneEnvironment: Test = ({ record, environments, run }) => {
  const fingerprint = record.record === 'credential' ? fact(record, 'fingerprint') : undefined;
  const shown = fingerprint?.state === 'known';
  if (shown && !run) return untilTheEnd;
  if (!shown && environments.length === 0) return notApplicable;
  const others = shown ? (run?.showing(fingerprint.value) ?? []) : [];
  const claims = distinct([
    ...environments,
    ...others.flatMap((place) => place.environments.map((claim) => of(place.name, claim, record.name))),
  ]);
  if (claims.length === 0) return notApplicable;
  if (new Set(claims.map(({ environment }) => environment)).size > 1)
    return fail({ code: 'environments-mixed', claims: claims.map(({ said, by }) => ({ said, by })) });
  // Somebody else may show the same key in the other environment.
  return fingerprint?.state === 'unknown' && fingerprint.why !== 'not-offered' ? lacking('fingerprint', fingerprint) : pass;
};

function of(name: string, claim: EnvironmentClaim, own: string): EnvironmentClaim {
  return name === own ? claim : { ...claim, by: `${claim.by} (${name})` };
}

function distinct(claims: readonly EnvironmentClaim[]): readonly EnvironmentClaim[] {
  return [...new Map(claims.map((claim) => [`${claim.said}\n${claim.by}`, claim])).values()];
}
