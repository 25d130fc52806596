import { inWords } from '../../model/duration.ts';
import { type Words, date } from './words.ts';

/** Of waivers and of the set-up itself. */
export const ofWaivers: Words<
  'waiver-expired' | 'waiver-unmatched' | 'waiver-invalid' | 'waiver-ends-soon' | 'waiver-renewed' | 'relaxed'
> = {
  'waiver-expired': ({ expired, past }) => `expired ${inWords(past)} ago (${date(expired)}); what it covered is a finding again`,
  'waiver-unmatched': () => 'covers nothing that this run found',
  'waiver-invalid': ({ problem }) => `does not count: ${problem}`,
  'waiver-ends-soon': ({ observed, left }) => `runs out in ${inWords(left)} (${date(observed)})`,
  'waiver-renewed': ({ renewals, limit }) => `renewed ${String(renewals)} times, limit ${String(limit)}`,
  relaxed: ({ of, from, to }) => `${of}: ${from} -> ${to}`,
};
