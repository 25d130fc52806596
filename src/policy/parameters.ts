import { didYouMean } from '../document/suggest.ts';
import { durationPattern } from '../model/duration.ts';
import type { Position } from '../model/operator-error.ts';
import { text } from '../model/schema.ts';

export const parameterTypes = ['duration', 'text', 'number', 'boolean', 'list'] as const;
export type ParameterType = (typeof parameterTypes)[number];

const parameterValue = { type: ['string', 'number', 'boolean', 'array'], items: { type: 'string' } } as const;
/** A parameter is its default value, or a map that also names its type and meaning. */
export const ParametersSchema = {
  type: 'object',
  propertyNames: { pattern: '^[a-z][A-Za-z0-9]*$' },
  additionalProperties: {
    title: 'a value, or a map of default, type and description',
    anyOf: [
      parameterValue,
      {
        type: 'object',
        required: ['default'],
        additionalProperties: false,
        properties: { default: parameterValue, type: { enum: parameterTypes }, description: text },
      },
    ],
  },
} as const;
export type ParameterValue = string | number | boolean | readonly string[];
export type Parameters = Readonly<Record<string, ParameterValue>>;
export type WrittenParameter =
  | ParameterValue
  | { readonly default: ParameterValue; readonly type?: ParameterType; readonly description?: string };

export type Parameter = {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: ParameterValue;
  readonly description?: string;
  /** Where its value was set last: a file, or the operator. */
  readonly position: Position;
  /** Whether that was a file whose values were held valid before this run. */
  readonly isSettled: boolean;
};

export function parameter(name: string, written: WrittenParameter, setAt: Pick<Parameter, 'position' | 'isSettled'>): Parameter {
  if (typeof written !== 'object' || isList(written)) return { name, type: typeOf(written), value: written, ...setAt };
  const { default: value, type = typeOf(value), description } = written;
  return { name, type, value, ...setAt, ...(description === undefined ? {} : { description }) };
}

const isDuration = new RegExp(durationPattern);

export function fits(value: ParameterValue, type: ParameterType): boolean {
  return type === typeOf(value) || (type === 'text' && typeof value === 'string');
}

/** A value from the command line is text: it is read as what the parameter is. Undefined: it is not one. */
export function readAs(type: ParameterType, value: ParameterValue): ParameterValue | undefined {
  if (typeof value !== 'string' || fits(value, type)) return fits(value, type) ? value : undefined;
  if (type === 'number') return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : undefined;
  return type === 'list' ? value.split(',').map((item) => item.trim()) : undefined;
}

function typeOf(value: ParameterValue): ParameterType {
  if (typeof value === 'string') return isDuration.test(value) ? 'duration' : 'text';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'list';
}

function isList(value: WrittenParameter): value is readonly string[] {
  return Array.isArray(value);
}

const reference = /^\$([a-z][A-Za-z0-9]*)$/;

export type Path = readonly (string | number)[];
export type Unbound = { readonly path: Path; readonly name: string; readonly hint: string };

/** The value with every `$name` replaced; `$$name` stands for the text `$name`. Names that nobody declares are handed to `onMissing`. */
export function bind(
  value: unknown,
  parameters: ReadonlyMap<string, Parameter>,
  onMissing: (unbound: Unbound) => void,
  path: Path = [],
): unknown {
  if (typeof value === 'string') {
    const name = reference.exec(value)?.[1];
    if (name === undefined) return value.startsWith('$$') ? value.slice(1) : value;
    const found = parameters.get(name);
    if (found) return found.value;
    onMissing({ path, name, hint: parameters.size === 0 ? 'declare it under `params`' : didYouMean(name, [...parameters.keys()]) });
    return value;
  }
  if (Array.isArray(value)) return value.map((item: unknown, index) => bind(item, parameters, onMissing, [...path, index]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [key, bind(item, parameters, onMissing, [...path, key])]),
  );
}

/** Names that a value refers to, as `$name` or in the expression of a `cel` as `params.name`. */
export function references(value: unknown): ReadonlySet<string> {
  const names = new Set(referencesInExpressions(value));
  bind(value, new Map(), ({ name }) => names.add(name));
  return names;
}

export function referencesInExpressions(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesInExpressions);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === 'cel' && typeof inner === 'string'
      ? [...inner.matchAll(inExpression)].map(([, name = '']) => name)
      : referencesInExpressions(inner),
  );
}

const inExpression = /\bparams\s*\.\s*([a-z][A-Za-z0-9]*)/g;
