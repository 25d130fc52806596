import { inWords } from '../../model/duration.ts';
import { type Words, date } from './words.ts';

/** Of owners, purpose, and what it was made for. */
export const ofPeople: Words<
  | 'no-owner'
  | 'owner-unconfirmed'
  | 'owner-inactive'
  | 'owners-not-distinct'
  | 'group-empty'
  | 'no-purpose'
  | 'workload-gone'
  | 'attached-to-nothing'
  | 'vendor-ended'
> = {
  'no-owner': ({ role }) => (role === 'any' ? 'no owner is named' : `no ${role} owner is named`),
  'owner-unconfirmed': ({ ref, by }) => `${ref} (${by}) is not confirmed by the roster`,
  'owner-inactive': ({ ref, status, since, past, source }) =>
    `${ref} is ${status}${since === undefined ? '' : ` since ${date(since)}`}${past === undefined ? '' : `, ${inWords(past)} ago`} (${source})`,
  'owners-not-distinct': ({ ref }) => `${ref} is both business and technical owner`,
  'group-empty': ({ ref, source }) => `${ref} has no active member (${source})`,
  'no-purpose': () => 'nobody says what it is for',
  'workload-gone': ({ ref, lifecycle, source }) => `workload ${ref} is ${lifecycle} (${source})`,
  'attached-to-nothing': () => 'what it was made for is gone: nothing can act as it any more',
  'vendor-ended': ({ ref, ended, past, source }) => `the contract with ${ref} ended ${inWords(past)} ago (${date(ended)}, ${source})`,
};
