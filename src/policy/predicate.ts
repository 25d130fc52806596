import type { JSONSchema } from 'json-schema-to-ts';
import { durationPattern } from '../model/duration.ts';
import type { Subject } from '../model/subject.ts';
import type { Verdict } from '../model/verdict.ts';

export const policySubjects = ['credential', 'identity', 'grant', 'waiver'] as const;
export type PolicySubject = (typeof policySubjects)[number];

/** Judges one subject at one moment (epoch milliseconds). */
export type Test<Judged = Subject> = (judged: Judged, now: number) => Verdict;

/** A building block of `assert`: what it can judge, its arguments as a schema, and the test they make. */
export type Predicate<Args, Judged = Subject> = {
  /** One sentence for help and docs: what holds when it passes. */
  readonly says: string;
  readonly subjects: readonly PolicySubject[];
  readonly args: JSONSchema;
  /** For each argument, nested ones by dotted path: which change of it asks for less. Leaving an argument out always does. */
  readonly looser: Readonly<Record<string, Looser>>;
  /** Called once, at compile time: durations are parsed here. */
  test(args: Args): Test<Judged>;
};

/**
 * longer, shorter = of durations; higher, lower = of numbers; more, fewer = items of a list; earlier, later = in the list of words that
 * may stand there; removed = there is but one value, so only leaving it out asks for less.
 */
export const loosers = ['longer', 'shorter', 'higher', 'lower', 'more', 'fewer', 'earlier', 'later', 'removed'] as const;
export type Looser = (typeof loosers)[number];

/** Fragments of argument schemas. `title` is the noun of messages, `examples` their hint. */
export const durationArg = { type: 'string', title: 'a duration', pattern: durationPattern, examples: ['90d', '12h'] } as const;
export const claimArg = { enum: [true] } as const;
