import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { fail, notApplicable, pass, undecided } from '../../model/verdict.ts';
import type { WaiverState } from '../../model/waiver.ts';
import { allTests } from '../logic.ts';
import { type Predicate, type Test, claimArg } from '../predicate.ts';

export const ExceptionArgs = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    notExpired: { ...claimArg, description: 'The waiver has not run out.' },
    matched: { ...claimArg, description: 'What it names was found.' },
    valid: { ...claimArg, description: 'It is allowed to suppress: approved by somebody else, for long enough and no longer.' },
  },
} as const satisfies JSONSchema;
export type ExceptionArgs = FromSchema<typeof ExceptionArgs>;

/** Each claim judges its own state, so that one waiver is one finding. */
export const exception = {
  says: 'A waiver is valid, has not run out and still covers something.',
  subjects: ['waiver'],
  args: ExceptionArgs,
  looser: { notExpired: 'removed', matched: 'removed', valid: 'removed' },
  test({ notExpired, matched, valid }) {
    return allTests<WaiverState>([
      ...(notExpired === undefined ? [] : [isCurrent]),
      ...(matched === undefined ? [] : [coversSomething]),
      ...(valid === undefined ? [] : [isValid]),
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
