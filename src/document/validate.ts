import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { type Mistake, OperatorError } from '../model/operator-error.ts';
import { mistakeOf } from './mistake.ts';
import type { YamlDocument } from './parse.ts';

/**
 * The document's value, once it fits the schema (draft-07). Throws OperatorError `document-invalid` with every mistake and its position.
 * The schema must be the one `T` is derived from. It is compiled on first use and kept.
 */
export function checked<T>(document: YamlDocument, schema: object): T {
  const mistakes = mistakesIn(document, document.value, schema);
  if (mistakes.length > 0) throw new OperatorError('document-invalid', mistakes);
  return document.value as T;
}

/** Mistakes of one value inside a document; `base` is the path that leads to it. */
export function mistakesIn(
  document: Pick<YamlDocument, 'position'>,
  value: unknown,
  schema: object,
  base: readonly (string | number)[] = [],
): readonly Mistake[] {
  const validate = compiled(schema);
  if (validate(value)) return [];
  return inOrder(telling(validate.errors ?? []).map((error) => mistakeOf(document, value, error, base)));
}

let ajv: Ajv | undefined;
const validators = new WeakMap<object, ValidateFunction>();

function compiled(schema: object): ValidateFunction {
  const ready = validators.get(schema);
  if (ready) return ready;
  if (!ajv) {
    ajv = new Ajv({
      allErrors: true,
      strict: true,
      strictRequired: false,
      allowUnionTypes: true,
      discriminator: true,
      verbose: true,
      // The engine optimises what it runs often; done beforehand, it takes half of the time that a schema takes to compile.
      code: { optimize: false },
    });
    formats.default(ajv, ['date-time', 'date', 'uri', 'email']);
  }
  const validate = ajv.compile(schema);
  validators.set(schema, validate);
  return validate;
}

const unions = new Set(['anyOf', 'oneOf']);
const words = new Set(['enum', 'const']);

/**
 * The errors worth telling. A union fails with the errors of all its branches; only those of the branch that was meant are told,
 * and when no branch fits even in type, only the union itself.
 */
function telling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  let rest = errors.filter(({ keyword }) => keyword !== 'if');
  for (const union of errors.filter(({ keyword }) => unions.has(keyword))) {
    const inside = rest.filter((each) => each !== union && isInside(union, each));
    const branches = Map.groupBy(inside, (each) => branchOf(union, each));
    const [meant] = [...branches.values()].filter((branch) => !branch.some((each) => isOtherShape(union, each))).toSorted(byFit(union));
    const told = meant && !fitsTwice(union) && !isBetterNamed(union, meant) ? meant : undefined;
    rest = rest.filter((each) => (each === union ? told === undefined : !inside.includes(each) || told?.includes(each)));
  }
  return rest;
}

/** A `oneOf` of which several branches fit: what the others lack is not what is wrong. */
function fitsTwice({ keyword, params }: ErrorObject): boolean {
  return keyword === 'oneOf' && Array.isArray((params as { readonly passingSchemas?: unknown }).passingSchemas);
}

/** A value of another type than the branch takes, or a list or map where it takes one of some words. */
function isOtherShape(union: ErrorObject, error: ErrorObject): boolean {
  if (!isSamePlace(union, error)) return false;
  return error.keyword === 'type' || (words.has(error.keyword) && typeof error.data === 'object');
}

/** A union with a title says all that may stand in its place; a branch of a few words knows only those. */
function isBetterNamed(union: ErrorObject, branch: readonly ErrorObject[]): boolean {
  return typeof union.parentSchema?.['title'] === 'string' && branch.every((each) => isSamePlace(union, each) && words.has(each.keyword));
}

function isInside(union: ErrorObject, error: ErrorObject): boolean {
  const within = isSamePlace(union, error) || error.instancePath.startsWith(`${union.instancePath}/`);
  return within && error.schemaPath.startsWith(`${union.schemaPath}/`);
}

function isSamePlace(union: ErrorObject, error: ErrorObject): boolean {
  return error.instancePath === union.instancePath;
}

function branchOf(union: ErrorObject, error: ErrorObject): string {
  return error.schemaPath.slice(union.schemaPath.length + 1).split('/', 1)[0] ?? '';
}

/** The branch that got furthest into the value, then the one with the fewest errors. */
function byFit(union: ErrorObject): (a: readonly ErrorObject[], b: readonly ErrorObject[]) => number {
  const shallow = (branch: readonly ErrorObject[]) => branch.filter((each) => isSamePlace(union, each)).length;
  return (a, b) => shallow(a) - shallow(b) || a.length - b.length;
}

/** As the file reads, and none twice: several branches may want the same key. */
function inOrder(mistakes: readonly Mistake[]): readonly Mistake[] {
  const distinct = new Map(
    mistakes.map((each) => [`${each.message}\n${String(each.position?.line)}:${String(each.position?.column)}`, each]),
  );
  const place = ({ position }: Mistake) => (position?.line ?? 0) * 10_000 + (position?.column ?? 0);
  return [...distinct.values()].toSorted((a, b) => place(a) - place(b));
}
