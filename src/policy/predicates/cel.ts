import type { FromSchema, JSONSchema } from 'json-schema-to-ts';
import { fail, pass } from '../../model/verdict.ts';
import { celArg, conditionFor } from '../cel/argument.ts';
import type { Predicate } from '../predicate.ts';

export const CelArgs = celArg satisfies JSONSchema;
export type CelArgs = FromSchema<typeof CelArgs>;

/** The way out where no predicate says it: what it asks for has no name, and its findings no words of their own. */
export const cel = {
  says: 'An expression of CEL holds, over `subject`, `params` and `now`. What is unknown makes it unknown, unless it holds or fails without.',
  subjects: ['credential', 'identity', 'grant'],
  args: CelArgs,
  looser: {},
  test(expression, context) {
    const holds = conditionFor(expression, context);
    return (subject, now) => {
      const answer = holds(subject, now);
      if (answer === true) return pass;
      return answer === false ? fail({ code: 'expression-false', expression }) : { outcome: 'unknown', missing: answer };
    };
  },
} satisfies Predicate<CelArgs>;
