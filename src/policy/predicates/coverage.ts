import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import type { Coverage } from '../../model/coverage.ts';
import { fail, notApplicable, pass } from '../../model/verdict.ts';
import { type Predicate, claimArg } from '../predicate.ts';

export const CoverageArgs = {
  type: 'object',
  additionalProperties: false,
  required: ['complete'],
  properties: {
    complete: { ...claimArg, description: 'It was looked at completely. Not applicable to what a provider can never show.' },
    skipped: { enum: ['allowed'], description: 'Unless the operator left it out, with a reason.' },
    notEnabled: { enum: ['allowed'], description: 'Unless the service that would know is off.' },
  },
} as const satisfies JSONSchema;
export type CoverageArgs = FromSchema<typeof CoverageArgs>;

export const coverage = {
  says: 'The place was looked at: what nobody saw is not clean.',
  subjects: ['coverage'],
  args: CoverageArgs,
  looser: { complete: 'removed', skipped: 'added', notEnabled: 'added' },
  test({ skipped, notEnabled }) {
    return (row) => {
      if (row.state === 'complete') return pass;
      if (row.state === 'not-enumerable' || (row.state === 'skipped' && skipped !== undefined)) return notApplicable;
      if (row.state === 'not-enabled' && notEnabled !== undefined) return notApplicable;
      const { state, reason, detail, requires = [] } = row;
      return fail({ code: 'not-seen', state, why: reason, requires, ...(detail === undefined ? {} : { detail }) });
    };
  },
} satisfies Predicate<CoverageArgs, Coverage>;
