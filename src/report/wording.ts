import type { UnknownReason } from '../model/fact.ts';
import type { Reason } from '../model/reason.ts';
import type { Missing } from '../model/verdict.ts';
import { ofTheEnd } from './wording/end.ts';
import { ofPeople } from './wording/people.ts';
import { ofReach } from './wording/reach.ts';
import { ofTime } from './wording/time.ts';
import { ofTrust } from './wording/trust.ts';
import { ofWaivers } from './wording/waivers.ts';
import type { Words } from './wording/words.ts';

const words: Words<Reason['code']> = { ...ofTime, ...ofPeople, ...ofTheEnd, ...ofReach, ...ofTrust, ...ofWaivers };

/** The one place where a reason becomes a sentence. */
export function sentence(reason: Reason): string {
  return said(reason.code, reason);
}

function said<C extends Reason['code']>(code: C, reason: Extract<Reason, { readonly code: C }>): string {
  return words[code](reason);
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
