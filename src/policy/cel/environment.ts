import { Environment, Optional } from '@marcbachmann/cel-js';
import { Duration } from '@marcbachmann/cel-js/evaluator';
import { day, milliseconds } from '../../model/duration.ts';
import type { ParameterValue, Parameters } from '../parameters.ts';
import { type RecordName, duration, fieldsOf, partFields, timestamp } from './fields.ts';
import { linearMatches, matchesLinearly } from './linear-matches.ts';
import { Owner, Traits, Trust } from './parts.ts';
import { views } from './subject-view.ts';

/** Far more than a readable condition takes, and little enough to evaluate on every record. */
const limits = { maxAstNodes: 400, maxDepth: 24, maxListElements: 100, maxMapEntries: 20, maxCallArguments: 8 };

/** What an expression of a policy on such records can name: `subject`, `params` and `now`, all of them typed. */
export function environmentFor(record: RecordName, parameters: Parameters): Environment {
  const environment = new Environment({ enableOptionalTypes: true, unlistedVariablesAreDyn: false, limits });
  for (const [name, ctor] of Object.entries({ Traits, Owner, Trust })) {
    environment.registerType(name, { ctor, fields: { ...partFields[name as keyof typeof partFields] } });
  }
  environment.registerType('Subject', { ctor: views[record], fields: { ...fieldsOf(record) } });
  environment.registerVariable('subject', 'Subject');
  environment.registerVariable('now', timestamp);
  environment.registerVariable({ name: 'params', schema: parameterTypes(parameters) });
  environment.registerFunction(`days(int): ${duration}`, (count: bigint) => Duration.fromMilliseconds(Number(count) * day));
  environment.registerFunction(`string.${linearMatches}(string): bool`, matchesLinearly);
  for (const [operator, handler] of operators()) environment.registerOperator(operator, handler);
  return environment;
}

function parameterTypes(parameters: Parameters): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, typeOf(value)]));
}

function typeOf(value: ParameterValue): string {
  if (typeof value === 'string') return isLength(value) ? duration : 'string';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  return typeof value === 'boolean' ? 'bool' : 'list<string>';
}

/** The values of the parameters, as expressions see them. */
export function parameterValues(parameters: Parameters): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, valueOf(value)]));
}

function valueOf(value: ParameterValue): unknown {
  if (typeof value === 'string') return isLength(value) ? Duration.fromMilliseconds(milliseconds(value)) : value;
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

function isLength(text: string): boolean {
  return /^\d{1,6}[mhdw]$/.test(text);
}

type Handler = (a: unknown, b: unknown) => unknown;
type Comparable = { valueOf(): number | string };

/** What is absent equals null and nothing else, and has no order. What is unknown never gets here. */
function operators(): readonly (readonly [operator: string, handler: Handler])[] {
  return [
    ...[timestamp, duration, 'string'].flatMap(equalities),
    ['optional<list<string>> == null', isNone] as const,
    ...[timestamp, duration].flatMap(orders),
    [
      `string in optional<list<string>>`,
      (item, list) => list instanceof Optional && list.hasValue() && (list.value() as string[]).includes(item as string),
    ],
    [
      `optional<string> in list<string>`,
      (item, list) => item instanceof Optional && item.hasValue() && (list as string[]).includes(item.value() as string),
    ],
    [`${timestamp} - optional<${timestamp}>: optional<${duration}>`, (a, b) => mapped(b, (at) => between(a, at))],
    [`optional<${timestamp}> - ${timestamp}: optional<${duration}>`, (a, b) => mapped(a, (at) => between(at, b))],
    [`optional<${timestamp}> + ${duration}: optional<${timestamp}>`, (a, b) => mapped(a, (at) => new Date(Number(at) + Number(b)))],
  ];
}

function equalities(type: string): readonly (readonly [string, Handler])[] {
  return [
    [`optional<${type}> == null`, isNone],
    [`optional<${type}> == ${type}`, (a, b) => a instanceof Optional && a.hasValue() && key(a.value()) === key(b)],
    [`optional<${type}> == optional<${type}>`, (a, b) => key(plain(a)) === key(plain(b))],
  ];
}

function orders(type: string): readonly (readonly [string, Handler])[] {
  const compare: Readonly<Record<string, (a: number, b: number) => boolean>> = {
    '<': (a, b) => a < b,
    '<=': (a, b) => a <= b,
    '>': (a, b) => a > b,
    '>=': (a, b) => a >= b,
  };
  return Object.entries(compare).flatMap(([sign, holds]) => {
    const handler: Handler = (a, b) => holds(ordered(a), ordered(b));
    return [
      [`optional<${type}> ${sign} ${type}`, handler],
      [`${type} ${sign} optional<${type}>`, handler],
      [`optional<${type}> ${sign} optional<${type}>`, handler],
    ] as const;
  });
}

function isNone(given: unknown): boolean {
  return given instanceof Optional && !given.hasValue();
}

function plain(given: unknown): unknown {
  return given instanceof Optional ? (given.hasValue() ? given.value() : null) : given;
}

function key(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as Comparable).valueOf() : value;
}

/** Throws what `.value()` throws for what is absent. */
function ordered(given: unknown): number {
  return Number(given instanceof Optional ? given.value() : given);
}

function mapped(given: unknown, change: (value: unknown) => unknown): unknown {
  return given instanceof Optional && given.hasValue() ? Optional.of(change(given.value())) : Optional.none();
}

function between(later: unknown, earlier: unknown): Duration {
  return Duration.fromMilliseconds(Number(later) - Number(earlier));
}
