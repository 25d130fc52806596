import type { ErrorObject } from 'ajv';
import type { Mistake } from '../model/operator-error.ts';
import { printable } from './frame.ts';
import type { YamlDocument } from './parse.ts';
import { didYouMean } from './suggest.ts';

type Path = readonly (string | number)[];
/** What one error says: words, hint, and the path it points at. */
type Told = { readonly message: string; readonly hint?: string; readonly path?: Path; readonly at?: 'key' | 'value' };

/** An ajv error (made with `verbose`) in words that name the key, with its position in the document. */
export function mistakeOf(document: Pick<YamlDocument, 'position'>, root: unknown, error: ErrorObject, base: Path): Mistake {
  const path = pathOf(root, error.instancePath);
  const { message, hint, path: aimed = path, at = 'value' } = tell(error, path, base);
  return { message, ...(hint === undefined ? {} : { hint }), position: document.position([...base, ...aimed], at) };
}

/** `policies[2].match.states`; the document itself is `the document`. */
export function pathText(path: Path): string {
  const text = path
    .map((step) => (typeof step === 'number' ? `[${String(step)}]` : /^[\w$-]+$/.test(step) ? `.${step}` : `.${quoted(step)}`))
    .join('');
  return text === '' ? 'the document' : text.replace(/^\./, '');
}

function tell(error: ErrorObject, path: Path, base: Path): Told {
  const name = pathText([...base, ...path]);
  const parameters = error.params as Readonly<Record<string, unknown>>;
  const schema = (error.parentSchema ?? {}) as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'additionalProperties':
    case 'propertyNames':
      return unknownKey(String(parameters['additionalProperty'] ?? parameters['propertyName']), path, base, schema);
    case 'required':
      return missing(String(parameters['missingProperty']), path, base);
    case 'enum':
      return notOneOf(name, error.data, list(parameters['allowedValues']));
    case 'const':
      return notOneOf(name, error.data, [parameters['allowedValue']]);
    case 'type':
      return wrongType(name, error.data, list(parameters['type']).map(String), schema);
    case 'pattern':
    case 'format':
      return wrongShape(name, error.data, schema, error.keyword === 'format' ? String(parameters['format']) : undefined);
    case 'anyOf':
    case 'oneOf':
      return error.data === null ? noValue(name) : wrongShape(name, error.data, schema, undefined);
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return Number(parameters['limit']) === 1
        ? { message: `${name} is empty` }
        : { message: `${name} has too few entries: ${error.message ?? ''}` };
    case 'uniqueItems':
      return { message: `${name} lists the same entry twice`, path: [...path, Number(parameters['i'])] };
    case 'discriminator':
      return wrongTag(String(parameters['tag']), parameters['tagValue'], path, base, schema);
    default:
      return { message: `${name} ${error.message ?? 'is not valid'}` };
  }
}

function unknownKey(key: string, path: Path, base: Path, schema: Readonly<Record<string, unknown>>): Told {
  const allowed = typeof schema['properties'] === 'object' && schema['properties'] !== null ? Object.keys(schema['properties']) : [];
  const where = path.length + base.length === 0 ? '' : ` in ${pathText([...base, ...path])}`;
  const hint = allowed.length === 0 ? {} : { hint: didYouMean(key, allowed) };
  return { message: `unknown key ${quoted(key)}${where}`, ...hint, path: [...path, key], at: 'key' };
}

function missing(key: string, path: Path, base: Path): Told {
  const where = path.length + base.length === 0 ? '' : ` in ${pathText([...base, ...path])}`;
  return { message: `${quoted(key)} is missing${where}`, at: 'key' };
}

function notOneOf(name: string, data: unknown, allowed: readonly unknown[]): Told {
  if (data === null || data === undefined) return noValue(name);
  const words = allowed.filter((each) => each !== null).map(String);
  if (words.length === 1) return { message: `${name} must be ${quoted(words[0] ?? '')}, not ${described(data)}` };
  const isText = typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean';
  return { message: `${name} cannot be ${described(data)}`, hint: isText ? didYouMean(String(data), words) : `known: ${words.join(', ')}` };
}

/** A tagged union whose tag is missing or names none of its branches. */
function wrongTag(tag: string, value: unknown, path: Path, base: Path, schema: Readonly<Record<string, unknown>>): Told {
  if (value === undefined) return missing(tag, path, base);
  const known = list(schema['oneOf']).flatMap((branch) => {
    const { const: only, enum: several } = ((branch as Tagged).properties?.[tag] ?? {}) as {
      readonly const?: unknown;
      readonly enum?: unknown;
    };
    return list(several ?? only);
  });
  return { ...notOneOf(pathText([...base, ...path, tag]), value, known), path: [...path, tag] };
}
type Tagged = { readonly properties?: Readonly<Record<string, unknown>> };

const wanted: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'nothing',
};

function wrongType(name: string, data: unknown, types: readonly string[], schema: Readonly<Record<string, unknown>>): Told {
  if (data === null) return noValue(name);
  const words = types.filter((type) => type !== 'null').map((type) => wanted[type] ?? type);
  const message = `${name} must be ${nounOf(schema) ?? words.join(' or ')}, not ${described(data)}`;
  if (types.includes('array') && typeof data !== 'object' && itemTypes(schema).includes(typeof data))
    return { message, hint: `write [${brief(data)}]` };
  if ((typeof data !== 'number' && typeof data !== 'boolean') || !types.includes('string') || !fitsAsText(data, schema))
    return { message, ...suchAs(schema) };
  const isLong = typeof data === 'number' && String(data).length > 8;
  return { message, hint: isLong ? 'quote it: 12-digit account ids lose leading zeros' : `quote it: "${String(data)}"` };
}

function itemTypes(schema: Readonly<Record<string, unknown>>): readonly unknown[] {
  const items = schema['items'];
  return typeof items === 'object' && items !== null && 'type' in items ? list(items.type) : [];
}

/** Quoting helps where nothing else is wrong: `90` is no duration in quotes either. */
function fitsAsText(data: number | boolean, { pattern }: Readonly<Record<string, unknown>>): boolean {
  return typeof pattern !== 'string' || new RegExp(pattern, 'u').test(String(data));
}

function wrongShape(name: string, data: unknown, schema: Readonly<Record<string, unknown>>, format: string | undefined): Told {
  const byFormat = format === undefined ? undefined : formatted[format];
  const noun = nounOf(schema) ?? byFormat?.noun ?? 'what is wanted here';
  const hint = suchAs(schema);
  return {
    message: `${name} is not ${noun}: ${described(data)}`,
    ...(byFormat && !('hint' in hint) ? { hint: `such as ${byFormat.example}` } : hint),
  };
}

const formatted: Readonly<Record<string, { readonly noun: string; readonly example: string }>> = {
  'date-time': { noun: 'a moment in UTC', example: '2026-11-21T00:00:00Z' },
  date: { noun: 'a date', example: '2026-11-21' },
  uri: { noun: 'an address', example: 'https://example.org/page' },
  email: { noun: 'an e-mail address', example: 'dana@larkspur.example' },
};

function noValue(name: string): Told {
  return { message: `${name} has no value`, hint: 'give it one, or leave the key out' };
}

/** A schema's `title` is the noun for messages, its `examples` the hint. */
function nounOf(schema: Readonly<Record<string, unknown>>): string | undefined {
  return typeof schema['title'] === 'string' ? schema['title'] : undefined;
}

function suchAs(schema: Readonly<Record<string, unknown>>): { readonly hint?: string } {
  const examples = list(schema['examples']);
  return examples.length === 0
    ? {}
    : { hint: `such as ${examples.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(', ')}` };
}

function described(data: unknown): string {
  if (Array.isArray(data)) return 'a list';
  return typeof data === 'object' && data !== null ? 'a map' : quoted(data);
}

/** Text of the file inside a message: printable, short, in backquotes. */
function quoted(data: unknown): string {
  return `\`${brief(data)}\``;
}

function brief(data: unknown): string {
  const text = printable(String(data));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Steps of a JSON pointer; digits are an index only where the value really is a list. */
function pathOf(root: unknown, pointer: string): Path {
  const path: (string | number)[] = [];
  let value = root;
  for (const part of pointer.split('/').slice(1)) {
    const step = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(value) ? Number(step) : step);
    value = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[step] : undefined;
  }
  return path;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
