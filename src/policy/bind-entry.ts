import type { YamlDocument } from '../document/parse.ts';
import { didYouMean } from '../document/suggest.ts';
import { mistakesIn } from '../document/validate.ts';
import type { Severity } from '../model/finding.ts';
import type { Kind } from '../model/kind.ts';
import { misfits } from './assertion.ts';
import { mappingMistakes } from './frameworks/check-mapping.ts';
import type { Frameworks } from './frameworks/framework.ts';
import { globs } from './glob.ts';
import { type Complain, type Entry, lineOf, placeOf } from './layer.ts';
import { type Parameter, bind } from './parameters.ts';
import { type Exclusion, type Match, type Policy, each } from './policy.ts';
import type { PolicySubject } from './predicate.ts';
import type { Assertion } from './predicates/index.ts';
import { BoundPolicySchema, boundKeys } from './schema.ts';

/** What `BoundPolicySchema` lets through: a policy whose defaults are not yet filled in. */
type Bound = { readonly id: string; readonly title: string; readonly severity: Severity; readonly subject: PolicySubject } & Partial<
  Omit<Policy, 'source'>
> &
  Pick<Policy, 'assert' | 'why' | 'fix'>;

/** When given, policies may name only these. */
export type Known = { readonly kinds?: ReadonlyMap<string, Kind>; readonly frameworks?: Frameworks };

/** The policy with its parameters bound, or undefined once its mistakes are handed on. */
export function bindEntry(
  entry: Entry,
  parameters: ReadonlyMap<string, Parameter>,
  { kinds, frameworks }: Known,
  complain: Complain,
): Policy | undefined {
  let isClean = true;
  const mistaken: Complain = (mistake) => {
    isClean = false;
    complain(mistake);
  };
  const document = documentOf(entry);
  const value = Object.fromEntries(
    [...entry.parts].map(([key, { value: written }]) => {
      if (!boundKeys.has(key)) return [key, written];
      const bound = bind(written, parameters, ({ path, name, hint }) =>
        mistaken({ message: `no parameter \`${name}\` is declared`, hint, position: document.position([key, ...path]) }),
      );
      return [key, bound];
    }),
  );
  // A `$name` that nothing stands behind fails the schema as well, and says less.
  if (!isClean) return undefined;
  for (const mistake of mistakesIn({ ...document, value }, value, BoundPolicySchema)) mistaken(mistake);
  if (!isClean) return undefined;

  const policy = withDefaults(value as Bound, lineOf(placeOf(entry.origin)));
  complainOfSense(policy, document, kinds, mistaken);
  for (const { path, at, ...mistake } of frameworks ? mappingMistakes(policy.mapsTo, frameworks) : [])
    mistaken({ ...mistake, position: document.position(['mapsTo', ...path], at) });
  return isClean ? policy : undefined;
}

/** Its parts may come from several files: a position is looked up in the file that the part was written in. */
function documentOf({ parts, origin }: Entry): YamlDocument {
  return {
    file: origin.document.file,
    value: undefined,
    position: ([key, ...rest], at) => {
      const part = typeof key === 'string' ? parts.get(key) : undefined;
      return part ? part.document.position([...part.path, ...rest], at) : placeOf(origin);
    },
  };
}

function withDefaults(bound: Bound, source: string): Policy {
  return {
    status: 'stable',
    match: {},
    exclude: [],
    whenUnknown: 'report',
    severityWhen: [],
    mapsTo: {},
    references: [],
    examples: [],
    disabled: false,
    ...bound,
    source,
  };
}

/** What a schema cannot say. */
function complainOfSense(policy: Policy, document: YamlDocument, kinds: ReadonlyMap<string, Kind> | undefined, complain: Complain): void {
  const { subject, assert, match, exclude, severityWhen } = policy;
  for (const { name, path } of misfits(assert satisfies Assertion, subject)) {
    complain({ message: `\`${name}\` cannot judge a ${subject}`, position: document.position(['assert', ...path], 'key') });
  }
  if ((subject === 'waiver' || subject === 'relaxation') && Object.keys(match).length + exclude.length + severityWhen.length > 0) {
    complain({
      message: `a policy on ${subject}s judges every ${subject}: leave out match, exclude and severityWhen`,
      position: document.position(['subject']),
    });
  }
  if (!kinds) return;
  const matches: readonly (readonly [Match | Exclusion, readonly (string | number)[]])[] = [
    [match, ['match']],
    ...exclude.map((each, index) => [each, ['exclude', index]] as const),
    ...severityWhen.map((each, index) => [each.match, ['severityWhen', index, 'match']] as const),
  ];
  for (const [each, path] of matches) complainOfKinds(each, [...path, 'kinds'], document, kinds, complain);
  for (const [index, { given }] of policy.examples.entries()) {
    if ('kind' in given && given.kind !== undefined)
      complainOfKinds({ kinds: given.kind }, ['examples', index, 'given', 'kind'], document, kinds, complain);
  }
}

function complainOfKinds(
  match: Match,
  path: readonly (string | number)[],
  document: YamlDocument,
  kinds: ReadonlyMap<string, Kind>,
  complain: Complain,
): void {
  const known = [...kinds.keys()];
  const isList = Array.isArray(match.kinds);
  for (const [index, pattern] of each(match.kinds).entries()) {
    const isMatch = globs(pattern);
    if (known.some(isMatch)) continue;
    complain({
      message: `there is no kind \`${pattern}\``,
      hint: didYouMean(pattern, known),
      position: document.position(isList ? [...path, index] : path),
    });
  }
}
