import { inWords } from '../../model/duration.ts';
import { type Words, date } from './words.ts';

/** Of what was switched off, deleted or left behind. */
export const ofTheEnd: Words<
  'identity-gone' | 'federation-unused' | 'outlives-identity' | 'quarantine-over' | 'quarantined-too-long' | 'restorable-too-long'
> = {
  'identity-gone': ({ ref, status }) =>
    ref === undefined ? 'the identity that it belongs to is gone' : `the identity that it belongs to, ${ref}, is ${status ?? 'gone'}`,
  'federation-unused': ({ issuers }) => `nothing accepts the word of ${issuers.join(', ') || 'this provider'}`,
  'outlives-identity': ({ ref, status, worksOn }) =>
    `still active while ${ref} is ${status}: it ${worksOn ? 'goes on working' : 'works again as soon as that comes back'}`,
  'quarantine-over': ({ until, past }) => `overdue by ${inWords(past)}: its quarantine was to end ${date(until)}`,
  'quarantined-too-long': ({ status, observed, limit, past }) =>
    `overdue by ${inWords(past)}: ${status} since ${date(observed)}, limit ${limit}`,
  'restorable-too-long': ({ observed, limit, past }) =>
    `overdue by ${inWords(past)}: deleted ${date(observed)} and still restorable, limit ${limit}`,
};
