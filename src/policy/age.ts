import { milliseconds } from '../model/duration.ts';
import { epoch } from '../model/instant.ts';
import { fact } from '../model/record.ts';
import type { Reason } from '../model/reason.ts';
import { type Verdict, fail, notApplicable, pass } from '../model/verdict.ts';
import { lacking } from './facts.ts';
import type { Test } from './predicate.ts';

export type Age = { readonly fact: 'createdAt' | 'rotatedAt'; readonly observed: string; readonly limit: string; readonly past: number };

/** Holds how long a credential has had its value against a limit. Not applicable where the provider renews it or nothing can. */
export function valueNoOlderThan(limit: string, reason: (age: Age) => Reason): Test {
  const longest = milliseconds(limit);
  const aged = (field: Age['fact'], observed: string, now: number): Verdict => {
    const past = now - epoch(observed) - longest;
    return past > 0 ? fail(reason({ fact: field, observed, limit, past })) : pass;
  };
  return ({ record, kind }, now) => {
    const { rotation: way } = kind.traits;
    if (record.record !== 'credential' || way === 'automatic' || way === 'none') return notApplicable;
    const rotated = fact(record, 'rotatedAt');
    if (rotated.state === 'known') return aged('rotatedAt', rotated.value, now);
    const created = fact(record, 'createdAt');
    if (created.state !== 'known') return rotated.state === 'unknown' ? lacking('rotatedAt', rotated) : lacking('createdAt', created);
    const verdict = aged('createdAt', created.value, now);
    // A value that can change in place is no older than its object, but may be younger.
    return verdict.outcome === 'fail' && way === 'in-place' && rotated.state === 'unknown' ? lacking('rotatedAt', rotated) : verdict;
  };
}
