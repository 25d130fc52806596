import { type Status, fact } from '../../model/record.ts';
import { fail, notApplicable, pass, undecided } from '../../model/verdict.ts';
import { lacking } from '../facts.ts';
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

/** Who uses it, where the provider says so. */
export const federationIsUsed: Test = ({ record, kind }) => {
  if (record.record !== 'credential' || kind.traits.proof !== 'federated') return notApplicable;
  const consumers = fact(record, 'consumers');
  const [issuer] = (record.trust ?? []).map((each) => each.issuer);
  if (consumers.state === 'known') return pass;
  if (consumers.state === 'absent') return fail({ code: 'federation-unused', ...(issuer === undefined ? {} : { issuer }) });
  return lacking('consumers', consumers);
};
