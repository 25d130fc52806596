import { inWords } from '../model/duration.ts';
import type { UnknownReason } from '../model/fact.ts';
import type { Reason } from '../model/reason.ts';
import type { Missing } from '../model/verdict.ts';

/** The one place where a reason becomes a sentence. */
export function sentence(reason: Reason): string {
  switch (reason.code) {
    case 'older-than':
      return `overdue by ${inWords(reason.past)}: ${reason.fact === 'rotatedAt' ? 'last rotated' : 'created'} ${date(reason.observed)}, limit ${reason.limit}`;
    case 'overlapping':
      return `overdue by ${inWords(reason.past)}: still active beside ${reason.observed.join(', ')} since ${date(reason.since)}, limit ${reason.limit}`;
    case 'rotation-failing':
      return `its automatic rotation was due ${date(reason.observed)}, ${inWords(reason.past)} ago, and has not happened`;
    case 'expired':
      return `expired ${inWords(reason.past)} ago (${date(reason.observed)}) and still there`;
    case 'expires-soon':
      return `expires in ${inWords(reason.left)} (${date(reason.observed)})`;
    case 'no-expiry':
      return 'never expires, though its kind can';
    case 'lives-too-long':
      return `lives ${inWords(reason.past)} longer than ${reason.limit}: ${date(reason.from)} to ${date(reason.observed)}`;
    case 'unused-since':
      return `overdue by ${inWords(reason.past)}: last used ${date(reason.observed)}, limit ${reason.limit}`;
    case 'never-used':
      return `overdue by ${inWords(reason.past)}: no use seen since ${date(reason.watchedSince)}, limit ${reason.limit}`;
    case 'no-owner':
      return reason.role === 'any' ? 'no owner is named' : `no ${reason.role} owner is named`;
    case 'owner-unconfirmed':
      return `${reason.ref} (${reason.by}) is not confirmed by the roster`;
    case 'owner-inactive':
      return `${reason.ref} is ${reason.status}${reason.since === undefined ? '' : ` since ${date(reason.since)}`}${reason.past === undefined ? '' : `, ${inWords(reason.past)} ago`} (${reason.source})`;
    case 'owners-not-distinct':
      return `${reason.ref} is both business and technical owner`;
    case 'no-purpose':
      return 'nobody says what it is for';
    case 'group-empty':
      return `${reason.ref} has no active member (${reason.source})`;
    case 'workload-gone':
      return `workload ${reason.ref} is ${reason.lifecycle} (${reason.source})`;
    case 'attached-to-nothing':
      return 'what it was made for is gone: nothing can act as it any more';
    case 'vendor-ended':
      return `the contract with ${reason.ref} ended ${inWords(reason.past)} ago (${date(reason.ended)}, ${reason.source})`;
    case 'waiver-expired':
      return `expired ${inWords(reason.past)} ago (${date(reason.expired)}); what it covered is a finding again`;
    case 'waiver-unmatched':
      return 'covers nothing that this run found';
    case 'waiver-invalid':
      return `does not count: ${reason.problem}`;
  }
}

const whys: Readonly<Record<UnknownReason, string>> = {
  'permission-denied': 'permission denied',
  'not-offered': 'the provider does not say',
  'not-enabled': 'the service that knows is off',
  'not-licensed': 'the licence does not include it',
  throttled: 'throttled by the provider',
  unreachable: 'no answer from the provider',
  'timed-out': 'the time limit came first',
  cancelled: 'the run was stopped',
  'malformed-response': 'the answer could not be read',
  'login-failed': 'the login failed',
  'not-looked': 'not looked at',
  'no-source': 'no source was given',
  'not-in-source': 'not in a source that may be incomplete',
  stale: 'the evidence is too old',
};

export function why(reason: UnknownReason): string {
  return whys[reason];
}

/** `lastUsedAt is unknown: the provider does not say`. */
export function missingSentence({ fact, why: reason, detail }: Missing): string {
  return `${fact} is unknown: ${detail ?? whys[reason]}`;
}

export function date(at: string): string {
  return at.slice(0, 10);
}
