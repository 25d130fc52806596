import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';
import { lacking } from '../facts.ts';
import { type Predicate, claimArg } from '../predicate.ts';

export const PurposeArgs = {
  type: 'object',
  additionalProperties: false,
  required: ['required'],
  properties: {
    required: {
      ...claimArg,
      description: 'A field of the provider or a tag says what it is for. Not applicable to what the provider keeps.',
    },
  },
} as const satisfies JSONSchema;
export type PurposeArgs = FromSchema<typeof PurposeArgs>;

export const purpose = {
  says: 'Somebody has written down what it is for.',
  subjects: ['credential', 'identity', 'grant'],
  args: PurposeArgs,
  looser: { required: 'removed' },
  test() {
    return ({ record, purpose: said }) => {
      if (record.managedBy !== 'customer') return notApplicable;
      if (said.state === 'unknown') return lacking('purpose', said);
      return said.state === 'known' ? pass : fail({ code: 'no-purpose' });
    };
  },
} satisfies Predicate<PurposeArgs>;
