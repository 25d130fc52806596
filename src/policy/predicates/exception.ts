import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { milliseconds } from '../../model/duration.ts';
import { epoch } from '../../model/instant.ts';
import { fail, notApplicable, pass, undecided } from '../../model/verdict.ts';
import type { WaiverState } from '../../model/waiver.ts';
import { allTests } from '../logic.ts';
import { type Predicate, type Test, claimArg, durationArg } from '../predicate.ts';

export const ExceptionArgs = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    notExpired: { ...claimArg, description: 'The waiver has not run out.' },
    matched: { ...claimArg, description: 'What it names was found.' },
    valid: { ...claimArg, description: 'It is allowed to suppress: approved by somebody else, for long enough and no longer.' },
    maxRenewals: {
      type: 'integer',
      minimum: 0,
      maximum: 100,
      description: 'It was given more time no more often than this: what is waived again and again is no exception.',
    },
    within: { ...durationArg, description: 'Its end is at least this far away, or already past.', examples: ['14d'] },
  },
} as const satisfies JSONSchema;
export type ExceptionArgs = FromSchema<typeof ExceptionArgs>;

/** Each claim judges its own state, so that one waiver is one finding. */
export const exception = {
  says: 'A waiver is valid, has not run out and still covers something.',
  subjects: ['waiver'],
  args: ExceptionArgs,
  looser: { notExpired: 'removed', matched: 'removed', valid: 'removed', maxRenewals: 'higher', within: 'shorter' },
  test({ notExpired, matched, valid, maxRenewals, within }) {
    return allTests<WaiverState>([
      ...(notExpired === undefined ? [] : [isCurrent]),
      ...(matched === undefined ? [] : [coversSomething]),
      ...(valid === undefined ? [] : [isValid]),
      ...(maxRenewals === undefined ? [] : [isRenewedAtMost(maxRenewals)]),
      ...(within === undefined ? [] : [isNotNear(within)]),
    ]);
  },
} satisfies Predicate<ExceptionArgs, WaiverState>;

const isCurrent: Test<WaiverState> = (given) => {
  if (given.state === 'invalid') return notApplicable;
  return given.state === 'expired' ? fail({ code: 'waiver-expired', expired: given.waiver.expires, past: given.past }) : pass;
};

const coversSomething: Test<WaiverState> = (given) => {
  if (given.state === 'unmatched') return fail({ code: 'waiver-unmatched' });
  if (given.state === 'unseen') return undecided('subject', given);
  return given.state === 'active' ? pass : notApplicable;
};

const isValid: Test<WaiverState> = (given) => (given.state === 'invalid' ? fail({ code: 'waiver-invalid', problem: given.problem }) : pass);

/** Also of one that no longer counts: its next renewal is what is to be asked about. */
function isRenewedAtMost(limit: number): Test<WaiverState> {
  return ({ waiver: { renewals = 0 } }) => (renewals > limit ? fail({ code: 'waiver-renewed', renewals, limit }) : pass);
}

/** One that covers nothing need not be renewed. */
function isNotNear(limit: string): Test<WaiverState> {
  const distance = milliseconds(limit);
  return ({ state, waiver: { expires } }, now) => {
    if (state !== 'active' && state !== 'unseen') return notApplicable;
    const left = epoch(expires) - now;
    return left < distance ? fail({ code: 'waiver-ends-soon', observed: expires, left, limit }) : pass;
  };
}
