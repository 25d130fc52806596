import { inWords } from '../../model/duration.ts';
import { type Words, date } from './words.ts';

/** Of age, end, rotation and use. */
export const ofTime: Words<
  | 'older-than'
  | 'overlapping'
  | 'rotation-failing'
  | 'rotation-unfinished'
  | 'expired'
  | 'expires-soon'
  | 'no-expiry'
  | 'endless'
  | 'endless-not-renewed'
  | 'lives-too-long'
  | 'unused-since'
  | 'never-used'
  | 'used-after-superseded'
  | 'used-recently'
> = {
  'older-than': ({ fact, observed, limit, past }) => `overdue by ${inWords(past)}: ${made(fact)} ${date(observed)}, limit ${limit}`,
  overlapping: ({ observed, since, limit, past }) =>
    `overdue by ${inWords(past)}: still active beside ${observed.join(', ')} since ${date(since)}, limit ${limit}`,
  'rotation-failing': ({ observed, past }) =>
    `its automatic rotation was due ${date(observed)}, ${inWords(past)} ago, and has not happened`,
  'rotation-unfinished': ({ newer, since, limit, past, used }) =>
    `overdue by ${inWords(past)}: ${newer} came ${date(since)} to replace it and ${used === undefined ? 'was never used' : `this one was still used ${date(used)}`}, limit ${limit}`,
  expired: ({ observed, past }) => `expired ${inWords(past)} ago (${date(observed)}) and still there`,
  'expires-soon': ({ observed, left }) => `expires in ${inWords(left)} (${date(observed)})`,
  'no-expiry': () => 'never expires, though its kind can',
  endless: () => 'never expires, and cannot be renewed',
  'endless-not-renewed': ({ fact, observed, limit, past }) =>
    `never expires, and its renewal is overdue by ${inWords(past)}: ${made(fact)} ${date(observed)}, limit ${limit}`,
  'lives-too-long': ({ from, observed, limit, past }) => `lives ${inWords(past)} longer than ${limit}: ${date(from)} to ${date(observed)}`,
  'unused-since': ({ observed, limit, past }) => `overdue by ${inWords(past)}: last used ${date(observed)}, limit ${limit}`,
  'never-used': ({ watchedSince, limit, past }) => `overdue by ${inWords(past)}: no use seen since ${date(watchedSince)}, limit ${limit}`,
  'used-recently': ({ observed, limit, ago }) =>
    `used ${inWords(ago)} ago (${date(observed)}), though it only stands by: not within ${limit}`,
  'used-after-superseded': ({ observed, newer, since, limit, past }) =>
    `used ${date(observed)}, ${inWords(past)} past ${limit} after ${newer} came to replace it (${date(since)})`,
};

function made(fact: 'createdAt' | 'rotatedAt'): string {
  return fact === 'rotatedAt' ? 'last rotated' : 'created';
}
