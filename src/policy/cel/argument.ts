import type { PolicyContext } from '../predicate.ts';
import { type Condition, conditionOf } from './expression.ts';
import type { RecordName } from './fields.ts';

/** An expression in a policy, as schemas see it. */
export const celArg = {
  type: 'string',
  title: 'an expression of CEL',
  minLength: 1,
  maxLength: 2000,
  examples: ["subject.privilege == 'admin'"],
} as const;

/** The condition of an expression in a policy. Throws a RangeError for policies on what expressions cannot see, which loading has refused. */
export function conditionFor(expression: string, { subject, parameters = {} }: PolicyContext): Condition {
  if (!isRecordName(subject)) throw new RangeError(`an expression on a ${subject}`);
  return conditionOf(expression, subject, parameters);
}

export function isRecordName(subject: PolicyContext['subject']): subject is RecordName {
  return subject === 'identity' || subject === 'credential' || subject === 'grant';
}
