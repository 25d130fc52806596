import { allTests, anyTest, notOf } from './logic.ts';
import type { PolicyContext, PolicySubject, Predicate, Test } from './predicate.ts';
import { type Assertion, type PredicateName, predicates } from './predicates/index.ts';

/** Refers to itself as `#/definitions/assertion`. */
export const AssertionSchema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    ...Object.fromEntries(Object.entries(predicates).map(([name, { args, says }]) => [name, { ...args, description: says }])),
    all: { type: 'array', minItems: 1, items: { $ref: '#/definitions/assertion' } },
    any: { type: 'array', minItems: 1, items: { $ref: '#/definitions/assertion' } },
    not: { $ref: '#/definitions/assertion' },
  },
} as const;

/** The test that an assertion makes. Its predicates must judge what the caller gives it: see `misfits`. */
export function assertionTest<Judged>(assertion: Assertion, context: PolicyContext): Test<Judged> {
  const { all, any, not, ...leaves } = assertion;
  const tests = Object.entries(leaves).map(([name, args]) => leafTest<Judged>(name as PredicateName, args, context));
  if (all) tests.push(allTests(all.map((each) => assertionTest<Judged>(each, context))));
  if (any) tests.push(anyTest(any.map((each) => assertionTest<Judged>(each, context))));
  if (not) {
    const inner = assertionTest<Judged>(not, context);
    tests.push((judged, now) => notOf(inner(judged, now)));
  }
  return allTests(tests);
}

/** Dispatch by name: the schema has held the arguments against the predicate of the same name. */
function leafTest<Judged>(name: PredicateName, args: unknown, context: PolicyContext): Test<Judged> {
  const predicate = predicates[name] as Predicate<unknown, Judged>;
  return predicate.test(args, context);
}

/** Which subjects the assertion can judge only when the whole run is known: those with which one of its predicates must wait. */
export function waitsFor<Judged>(assertion: Assertion): ((judged: Judged) => boolean) | undefined {
  const { all = [], any = [], not, ...leaves } = assertion;
  const own = Object.entries(leaves).map(([name, args]) => {
    const predicate = predicates[name as PredicateName] as Predicate<unknown, Judged>;
    return predicate.waits?.(args);
  });
  const nested = [...all, ...any, ...(not ? [not] : [])].map((branch) => waitsFor<Judged>(branch));
  const waits = [...own, ...nested].filter((each) => each !== undefined);
  return waits.length === 0 ? undefined : (judged) => waits.some((each) => each(judged));
}

/** Paths of predicates that cannot judge such a subject. */
export function misfits(
  assertion: Assertion,
  subject: PolicySubject,
): readonly { readonly name: PredicateName; readonly path: readonly (string | number)[] }[] {
  const { all = [], any = [], not, ...leaves } = assertion;
  const under = (branch: Assertion, ...path: (string | number)[]) =>
    misfits(branch, subject).map(({ name, path: rest }) => ({ name, path: [...path, ...rest] }));
  const names = Object.keys(leaves) as PredicateName[];
  return [
    ...names
      .filter((name) => !(predicates[name].subjects as readonly PolicySubject[]).includes(subject))
      .map((name) => ({ name, path: [name] })),
    ...all.flatMap((branch, index) => under(branch, 'all', index)),
    ...any.flatMap((branch, index) => under(branch, 'any', index)),
    ...(not ? under(not, 'not') : []),
  ];
}
