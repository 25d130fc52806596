import type { YamlDocument } from '../document/parse.ts';
import { mistakesIn } from '../document/validate.ts';
import type { Severity } from '../model/finding.ts';
import type { Kind } from '../model/kind.ts';
import { complainOfExpressions } from './cel/complain.ts';
import { mappingMistakes } from './frameworks/check-mapping.ts';
import type { Frameworks } from './frameworks/framework.ts';
import { type Complain, type Entry, lineOf, placeOf, referencesOf } from './layer.ts';
import { type Parameter, bind, referencesInExpressions } from './parameters.ts';
import type { Match, Policy } from './policy.ts';
import type { PolicySubject } from './predicate.ts';
import { BoundPolicySchema, boundKeys } from './schema.ts';
import { complainOfSense } from './sense.ts';

/** What `BoundPolicySchema` lets through: a policy whose defaults are not yet filled in. */
type Bound = { readonly id: string; readonly title: string; readonly severity: Severity; readonly subject: PolicySubject } & Partial<
  Omit<Policy, 'source' | 'severityWhen'>
> &
  Pick<Policy, 'assert' | 'why' | 'fix'> & { readonly severityWhen?: readonly WrittenStep[] };
type WrittenStep = { readonly match?: Match; readonly cel?: string; readonly severity: Severity };

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
  const settled = isSettled(entry, parameters);
  for (const mistake of settled ? [] : mistakesIn(document, value, BoundPolicySchema)) mistaken(mistake);
  if (!isClean) return undefined;

  const policy = withDefaults(value as Bound, entry, parametersIn(value, parameters));
  if (settled) return policy;
  complainOfSense(policy, document, kinds, mistaken);
  complainOfExpressions(value, policy.subject, parameters, document, mistaken);
  for (const { path, at, ...mistake } of frameworks ? mappingMistakes(policy.mapsTo, frameworks) : [])
    mistaken({ ...mistake, position: document.position(['mapsTo', ...path], at) });
  return isClean ? policy : undefined;
}

/** Whether it is as it was held valid before this run, in all its parts and with the values of all its parameters. */
function isSettled(entry: Entry, parameters: ReadonlyMap<string, Parameter>): boolean {
  if (![...entry.parts.values()].every(({ document }) => document.isSettled)) return false;
  return [...referencesOf(entry)].every((name) => parameters.get(name)?.isSettled);
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
    inside: ([key, ...rest], offset, length) => {
      const part = typeof key === 'string' ? parts.get(key) : undefined;
      const path = part ? [...part.path, ...rest] : [];
      return part?.document.inside?.(path, offset, length) ?? part?.document.position(path) ?? placeOf(origin);
    },
  };
}

function withDefaults({ severityWhen = [], ...bound }: Bound, { origin }: Entry, parameters: Pick<Policy, 'parameters'>): Policy {
  return {
    status: 'stable',
    match: {},
    exclude: [],
    whenUnknown: 'report',
    severityWhen: severityWhen.map(stepOf),
    mapsTo: {},
    references: [],
    examples: [],
    disabled: false,
    ...bound,
    ...parameters,
    // Where it stands is looked up when somebody asks: most runs never do.
    get source() {
      return lineOf(placeOf(origin));
    },
  };
}

/** `{ cel, severity }` is short for a match of nothing else. */
function stepOf({ match = {}, cel, severity }: WrittenStep): Policy['severityWhen'][number] {
  return { match: cel === undefined ? match : { ...match, cel }, severity };
}

function parametersIn(value: unknown, parameters: ReadonlyMap<string, Parameter>): Pick<Policy, 'parameters'> {
  const named = [...new Set(referencesInExpressions(value))].toSorted();
  if (named.length === 0) return {};
  return {
    parameters: Object.fromEntries(named.flatMap((name) => (parameters.has(name) ? [[name, parameters.get(name)?.value ?? '']] : []))),
  };
}
