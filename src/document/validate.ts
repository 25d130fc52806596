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
export function mistakesIn(document: YamlDocument, value: unknown, schema: object, base: readonly (string | number)[] = []): readonly Mistake[] {
  const validate = compiled(schema);
  if (validate(value)) return [];
  return telling(validate.errors ?? []).map((error) => mistakeOf(document, value, error, base));
}

let ajv: Ajv | undefined;
const validators = new WeakMap<object, ValidateFunction>();

function compiled(schema: object): ValidateFunction {
  const ready = validators.get(schema);
  if (ready) return ready;
  if (!ajv) {
    ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true, discriminator: true, verbose: true });
    formats.default(ajv, ['date-time', 'date', 'uri', 'email']);
  }
  const validate = ajv.compile(schema);
  validators.set(schema, validate);
  return validate;
}

const unions = new Set(['anyOf', 'oneOf']);

/**
 * The errors worth telling. A union fails with one error for each of its branches: where a branch got past the type, its inner errors
 * say what is wrong; otherwise only the union itself does.
 */
function telling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  let rest = errors.filter(({ keyword }) => keyword !== 'if');
  for (const union of errors.filter(({ keyword }) => unions.has(keyword))) {
    const inside = rest.filter((each) => each !== union && isBranchOf(union, each));
    const deep = inside.filter(({ keyword, instancePath }) => instancePath !== union.instancePath || !['type', 'const', 'enum', 'pattern'].includes(keyword));
    rest = rest.filter((each) => (deep.length > 0 ? each !== union && (!inside.includes(each) || deep.includes(each)) : !inside.includes(each)));
  }
  return rest;
}

function isBranchOf(union: ErrorObject, error: ErrorObject): boolean {
  const within = error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`);
  return within && (error.schemaPath.startsWith(`${union.schemaPath}/`) || error.schemaPath.startsWith('#/definitions/'));
}
