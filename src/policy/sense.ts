import type { YamlDocument } from '../document/parse.ts';
import { didYouMean } from '../document/suggest.ts';
import type { Kind } from '../model/kind.ts';
import { misfits } from './assertion.ts';
import { globs } from './glob.ts';
import type { Complain } from './layer.ts';
import type { Path } from './parameters.ts';
import { type Exclusion, type Match, type Policy, each } from './policy.ts';
import type { Assertion } from './predicates/index.ts';

/** What a schema cannot say. */
export function complainOfSense(
  policy: Policy,
  document: YamlDocument,
  kinds: ReadonlyMap<string, Kind> | undefined,
  complain: Complain,
): void {
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
  for (const { keys, path } of strayKeys(policy)) {
    complain({
      message: `\`${keys.join('`, `')}\` cannot match a ${subject}`,
      position: document.position([...path, keys[0] ?? ''], 'key'),
    });
  }
  if (!kinds) return;
  for (const [each, path] of matchesOf(policy)) complainOfKinds(each, [...path, 'kinds'], document, kinds, complain);
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

/** Every match of a policy, and where it stands. */
function matchesOf({ match, exclude, severityWhen }: Policy): readonly (readonly [Match | Exclusion, Path])[] {
  return [
    [match, ['match']],
    ...exclude.map((each, index) => [each, ['exclude', index]] as const),
    ...severityWhen.map((each, index) => [each.match, ['severityWhen', index, 'match']] as const),
  ];
}

const ofCoverage: ReadonlySet<string> = new Set(['connectors', 'surfaces', 'scopes', 'because'] satisfies (keyof Exclusion)[]);
const onlyOfCoverage: ReadonlySet<string> = new Set(['connectors', 'surfaces'] satisfies (keyof Match)[]);

/** Keys that ask of a record what only a place of coverage has, or the other way round. */
function strayKeys(policy: Policy): readonly { readonly keys: readonly string[]; readonly path: Path }[] {
  const isStray = policy.subject === 'coverage' ? (key: string) => !ofCoverage.has(key) : (key: string) => onlyOfCoverage.has(key);
  return matchesOf(policy)
    .map(([match, path]) => ({ keys: Object.keys(match).filter(isStray), path }))
    .filter(({ keys }) => keys.length > 0);
}
