import type { Looser } from '../predicate.ts';
import { type Assertion, type PredicateName, predicates } from '../predicates/index.ts';
import { isLooser } from './looser.ts';
import { inShort, isSame, leftOut, mapOf } from './values.ts';

/** One place of an assertion that asks for less, or where that cannot be told. */
export type Loosened = {
  /** `rotation.maxAge`, `any.0.usage`. */
  readonly path: string;
  readonly what: 'threshold' | 'rewritten';
  readonly from: string;
  readonly to: string;
};

/** What is added beside the rest only asks for more: predicates side by side must all hold. */
export function loosened(before: Assertion, after: Assertion, under: readonly (string | number)[] = []): readonly Loosened[] {
  const { all, any, not, ...leaves } = before;
  const names = Object.keys(leaves) as PredicateName[];
  return [
    ...names.flatMap((name) => inPredicate(name, before[name], after[name], [...under, name])),
    ...inBranches(all, after.all, [...under, 'all']),
    ...inBranches(any, after.any, [...under, 'any']),
    ...(isSame(not, after.not) ? [] : [rewritten([...under, 'not'], not, after.not)]),
  ];
}

type Branches = readonly Assertion[] | undefined;

/** Branch by branch where there are as many as before. Nobody can tell which of them a new one stands for. */
function inBranches(before: Branches, after: Branches, path: readonly (string | number)[]): readonly Loosened[] {
  if (isSame(before, after) || before === undefined) return [];
  if (after?.length !== before.length) return [rewritten(path, before, after)];
  return before.flatMap((branch, at) => loosened(branch, after[at] ?? {}, [...path, at]));
}

function inPredicate(name: PredicateName, before: unknown, after: unknown, path: readonly (string | number)[]): readonly Loosened[] {
  if (after === undefined) return [{ path: path.join('.'), what: 'threshold', from: inShort(before), to: leftOut }];
  const { looser, args } = predicates[name];
  return inArguments(before, after, { looser, schema: args, path, inner: '' });
}

type Within = {
  readonly looser: Readonly<Record<string, Looser>>;
  readonly schema: unknown;
  readonly path: readonly (string | number)[];
  readonly inner: string;
};

function inArguments(before: unknown, after: unknown, within: Within): readonly Loosened[] {
  if (isSame(before, after)) return [];
  const { looser, schema, path, inner } = within;
  const way = looser[inner];
  if (way !== undefined) return inValue(way, before, after, within);
  const [was, is] = [mapOf(before), mapOf(after)];
  if (!was || !is) return [rewritten(path, before, after)];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return keys.flatMap((key) =>
    inArguments(was[key], is[key], {
      looser,
      schema: mapOf(mapOf(mapOf(schema)?.['properties'])?.[key]),
      path: [...path, key],
      inner: inner === '' ? key : `${inner}.${key}`,
    }),
  );
}

function inValue(way: Looser, before: unknown, after: unknown, { schema, path }: Within): readonly Loosened[] {
  const change = { path: path.join('.'), from: inShort(before), to: inShort(after) };
  // A list of what is taken as well, or an allowance, is all that can ask for less by being there.
  if (before === undefined) return way === 'more' || way === 'added' ? [{ ...change, what: 'threshold' }] : [];
  if (after === undefined) return way === 'added' ? [] : [{ ...change, what: 'threshold' }];
  const words = mapOf(schema)?.['enum'];
  const less = isLooser(way, before, after, Array.isArray(words) ? words : []);
  if (less === undefined) return [{ ...change, what: 'rewritten' }];
  return less ? [{ ...change, what: 'threshold' }] : [];
}

function rewritten(path: readonly (string | number)[], before: unknown, after: unknown): Loosened {
  return { path: path.join('.'), what: 'rewritten', from: inShort(before), to: inShort(after) };
}
