import { type Status, fact } from '../../model/record.ts';
import { fail, notApplicable, pass, undecided } from '../../model/verdict.ts';
import type { Subject } from '../../model/subject.ts';
import { lacking, untilTheEnd } from '../facts.ts';
import type { Test } from '../predicate.ts';

const ended: ReadonlySet<Status> = new Set(['expired', 'deleted-recoverable'] as const);

/** A stored secret proves nobody, so no identity of it can be gone; a grant always belonged to somebody. */
export const identityIsThere: Test = ({ record, identity }) => {
  if (record.record === 'identity') return notApplicable;
  const whose = fact(record, 'identity');
  if (whose.state === 'unknown') return lacking('identity', whose);
  if (whose.state === 'absent') return record.record === 'grant' ? fail({ code: 'identity-gone' }) : notApplicable;
  if (!identity) return undecided('identity', { why: 'not-looked', detail: `this run has not seen ${whose.value}` });
  if (ended.has(identity.status)) return fail({ code: 'identity-gone', ref: identity.name, status: identity.status });
  return identity.status === 'unknown'
    ? undecided('status', { why: 'not-offered', detail: `nobody says whether ${identity.name} is still there` })
    : pass;
};

/**
 * Who uses it, where the provider says so; else whoever of the run accepts the word of its issuer. Another provider of federated identities with
 * the same issuer only vouches as well.
 */
export const federationIsUsed: Test = ({ record, kind, run }) => {
  if (record.record !== 'credential' || kind.traits.proof !== 'federated') return notApplicable;
  const consumers = fact(record, 'consumers');
  if (consumers.state === 'known') return pass;
  const issuers = [...new Set((record.trust ?? []).map(({ issuer }) => issuer))];
  const unused = fail({ code: 'federation-unused', issuers });
  if (consumers.state === 'absent') return unused;
  if (issuers.length === 0) return lacking('consumers', consumers);
  if (!run) return untilTheEnd;
  const users = issuers.flatMap((issuer) => [...run.kindsTrusting(record.provider, issuer)]);
  if (users.some((kindOfUser) => kindOfUser !== record.kind)) return pass;
  const blind = run.blindness(record.provider, record.scope);
  return blind ? undecided('consumers', blind) : unused;
};

export function awaitsUsersOfFederation({ record, kind }: Subject): boolean {
  return record.record === 'credential' && kind.traits.proof === 'federated' && record.consumers === undefined;
}
