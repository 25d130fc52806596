import type { Reason } from '../model/reason.ts';
import type { Missing } from '../model/verdict.ts';
import { ofCoverage } from './wording/coverage.ts';
import { ofTheEnd } from './wording/end.ts';
import { ofPeople } from './wording/people.ts';
import { ofReach } from './wording/reach.ts';
import { ofSharing } from './wording/sharing.ts';
import { ofTime } from './wording/time.ts';
import { ofTrust } from './wording/trust.ts';
import { ofWaivers } from './wording/waivers.ts';
import { why } from './wording/why.ts';
import type { Words } from './wording/words.ts';

const words: Words<Reason['code']> = {
  ...ofTime,
  ...ofPeople,
  ...ofTheEnd,
  ...ofReach,
  ...ofSharing,
  ...ofTrust,
  ...ofCoverage,
  ...ofWaivers,
};

/** The one place where a reason becomes a sentence. */
export function sentence(reason: Reason): string {
  return said(reason.code, reason);
}

function said<C extends Reason['code']>(code: C, reason: Extract<Reason, { readonly code: C }>): string {
  return words[code](reason);
}

/** `lastUsedAt is unknown: the provider does not say`. */
export function missingSentence({ fact, why: reason, detail }: Missing): string {
  return `${fact} is unknown: ${detail ?? why(reason)}`;
}
