import { fail, notApplicable, pass, undecided } from '../../model/verdict.ts';
import { lacking } from '../facts.ts';
import type { Test } from '../predicate.ts';

/** Holds who is meant to act as it, by its kind, against who its identity is. */
export const isUsedAsMeant: Test = ({ record, kind, identity, identityKind, person, workload }) => {
  const meant = kind.traits.actor;
  if (meant === undefined) return notApplicable;
  const ref = (record.record === 'identity' ? record : identity)?.name ?? record.name;
  const isPerson = person.state === 'known';
  const isWorkload = workload.state === 'known' || (record.record !== 'identity' && identityKind?.traits.actor === 'workload');
  if (isPerson && isWorkload) return fail({ code: 'actor-both', ref, person: person.value.id, source: person.value.source });
  if (isPerson) return meant === 'person' ? pass : fail({ code: 'actor-mismatch', meant, ref, is: 'person', source: person.value.source });
  if (isWorkload) return meant === 'workload' ? pass : fail({ code: 'actor-mismatch', meant, ref, is: 'workload' });
  if (record.record !== 'identity' && identityKind?.traits.actor === 'person')
    return meant === 'person' ? pass : fail({ code: 'actor-mismatch', meant, ref, is: 'person' });
  if (person.state === 'unknown') return lacking('person', person);
  // A complete roster lacks it: no person of ours, and so nobody who should hold what is made for workloads.
  return meant === 'workload'
    ? pass
    : undecided('person', { why: 'not-in-source', detail: `${ref} is neither on the roster nor named as a workload` });
};
