import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { milliseconds } from '../../model/duration.ts';
import { epoch } from '../../model/instant.ts';
import { fail, notApplicable, pass, undecided } from '../../model/verdict.ts';
import { lacking } from '../facts.ts';
import { type Predicate, durationArg } from '../predicate.ts';

export const QuarantineArgs = {
  type: 'object',
  additionalProperties: false,
  required: ['deadline'],
  properties: {
    deadline: {
      ...durationArg,
      description:
        'It has been switched off no longer than this; a tag `quarantine-until` sets a deadline of its own. Not applicable to what is on.',
      examples: ['30d'],
    },
  },
} as const satisfies JSONSchema;
export type QuarantineArgs = FromSchema<typeof QuarantineArgs>;

export const quarantine = {
  says: 'What is switched off is deleted, or on again, by its deadline.',
  subjects: ['credential', 'identity', 'grant'],
  args: QuarantineArgs,
  looser: { deadline: 'longer' },
  test({ deadline: limit }) {
    const longest = milliseconds(limit);
    return ({ record: { status }, quarantine: { since, until } }, now) => {
      if (status === 'unknown') return undecided('status', { why: 'not-offered' });
      if (status !== 'quarantined' && status !== 'inactive') return notApplicable;
      if (until.state === 'unknown') return lacking('quarantineUntil', until);
      if (until.state === 'known') {
        const late = now - epoch(until.value);
        return late > 0 ? fail({ code: 'quarantine-over', until: until.value, past: late }) : pass;
      }
      if (since.state !== 'known') return lacking('statusSince', since);
      const past = now - epoch(since.value) - longest;
      return past > 0 ? fail({ code: 'quarantined-too-long', status, observed: since.value, limit, past }) : pass;
    };
  },
} satisfies Predicate<QuarantineArgs>;
