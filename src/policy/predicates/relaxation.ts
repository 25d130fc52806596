import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { type Relaxation, relaxed } from '../../model/relaxation.ts';
import { fail, pass } from '../../model/verdict.ts';
import type { Predicate } from '../predicate.ts';

export const RelaxationArgs = {
  type: 'object',
  additionalProperties: false,
  required: ['none'],
  properties: {
    none: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { enum: relaxed },
      description: 'Nothing of these sorts is asked less of than in the revision that `--config-from` names.',
    },
  },
} as const satisfies JSONSchema;
export type RelaxationArgs = FromSchema<typeof RelaxationArgs>;

/** There is something to judge only where something was relaxed. */
export const relaxation = {
  says: 'A change of configuration, policies or waivers does not ask for less.',
  subjects: ['relaxation'],
  args: RelaxationArgs,
  looser: { none: 'fewer' },
  test({ none }) {
    const mine = new Set<string>(none);
    return ({ what, of, from, to }) => (mine.has(what) ? fail({ code: 'relaxed', of, from, to }) : pass);
  },
} satisfies Predicate<RelaxationArgs, Relaxation>;
