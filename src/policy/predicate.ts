import type { JSONSchema } from 'json-schema-to-ts';
import { durationPattern } from '../model/duration.ts';
import type { Subject } from '../model/subject.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Parameters } from './parameters.ts';

export const policySubjects = ['credential', 'identity', 'grant', 'waiver', 'coverage', 'relaxation'] as const;
export type PolicySubject = (typeof policySubjects)[number];

/** What a policy on it judges each of, as people would say it. */
export const judgedEach = {
  credential: 'credential',
  identity: 'identity',
  grant: 'permission',
  waiver: 'waiver',
  coverage: 'place that was to be looked at',
  relaxation: 'part of a change that asks for less',
} as const satisfies Record<PolicySubject, string>;

/** Judges one subject at one moment (epoch milliseconds). */
export type Test<Judged = Subject> = (judged: Judged, now: number) => Verdict;

/** A building block of `assert`: what it can judge, its arguments as a schema, and the test they make. */
export type Predicate<Args, Judged = Subject> = {
  /** One sentence for help and docs: what holds when it passes. */
  readonly says: string;
  readonly subjects: readonly PolicySubject[];
  readonly args: JSONSchema;
  /** For each argument, nested ones by dotted path: which change of it asks for less. Leaving an argument out does as well, unless it is an allowance. */
  readonly looser: Readonly<Record<string, Looser>>;
  /**
   * Which subjects it can judge only when the whole run is known, and `subject.run` is set; all the others are judged as they come. What waits
   * is kept in memory until then. Called once, at compile time.
   */
  waits?(args: Args): ((judged: Judged) => boolean) | undefined;
  /** Called once, at compile time: durations are parsed here. */
  test(args: Args, context: PolicyContext): Test<Judged>;
};

/** What a policy lends to its predicates and matches: whom it judges, and the parameters that its expressions name. */
export type PolicyContext = { readonly subject: PolicySubject; readonly parameters?: Parameters };

/**
 * longer, shorter = of durations; higher, lower = of numbers; more, fewer = items of a list; earlier, later = in the list of words that
 * may stand there; removed = there is but one value, so only leaving it out asks for less; added = the other way round: it is itself an allowance.
 */
export const loosers = ['longer', 'shorter', 'higher', 'lower', 'more', 'fewer', 'earlier', 'later', 'removed', 'added'] as const;
export type Looser = (typeof loosers)[number];

/** Fragments of argument schemas. `title` is the noun of messages, `examples` their hint. */
export const durationArg = { type: 'string', title: 'a duration', pattern: durationPattern, examples: ['90d', '12h'] } as const;
export const claimArg = { enum: [true] } as const;
