import { inWords } from '../../model/duration.ts';
import { type Words, date } from './words.ts';

/** Of owners, purpose, and what it was made for. */
export const ofPeople: Words<
  | 'no-owner'
  | 'owner-unconfirmed'
  | 'owner-inactive'
  | 'owners-not-distinct'
  | 'only-control'
  | 'owner-unreachable'
  | 'owners-disagree'
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
  'only-control': ({ ref, by }) => `${ref} can change it (${by}); nobody answers for it`,
  'owner-unreachable': ({ ref, source }) => `${ref} has no e-mail address to write to (${source})`,
  'owners-disagree': ({ role, claims }) => `${role} owner is disputed: ${claims.map(({ ref, by }) => `${ref} (${by})`).join(', ')}`,
  'group-empty': ({ ref, source }) => `${ref} has no active member (${source})`,
  'no-purpose': () => 'nobody says what it is for',
  'workload-gone': ({ ref, lifecycle, source }) => `workload ${ref} is ${lifecycle} (${source})`,
  'attached-to-nothing': () => 'what it was made for is gone: nothing can act as it any more',
  'vendor-ended': ({ ref, ended, past, source }) => `the contract with ${ref} ended ${inWords(past)} ago (${date(ended)}, ${source})`,
};
