import type { ParseError, TypeError as CelTypeError } from '@marcbachmann/cel-js';
import { didYouMean, suggest } from '../../document/suggest.ts';
import type { Parameters } from '../parameters.ts';
import { type RecordName, fieldsOf, partFields } from './fields.ts';
import { linearMatches } from './linear-matches.ts';

/** What was probably meant. */
export function hintFor(
  { code, summary, node }: ParseError | CelTypeError,
  record: RecordName,
  parameters: Parameters,
): string | undefined {
  if (code === 'unknown_variable') return didYouMean(lastWord(summary), ['subject', 'params', 'now']);
  if (code === 'no_such_key') {
    const word = lastWord(summary);
    const known = ownerOf(node?.args) === 'params' ? Object.keys(parameters) : fieldNames(ownerOf(node?.args), record);
    return known.length === 0 ? undefined : didYouMean(word, known);
  }
  if (code === 'no_matching_overload') {
    const name = /'(?:[\w<>]+\.)?(\w+)\(/.exec(summary)?.[1] ?? '';
    const meant = suggest(name, functions);
    if (meant !== undefined && meant !== name) return `did you mean \`${meant}\`?`;
  }
  return mayBeAbsent(summary) ? 'it may be absent: ask `!= null` and then `.value()`, or `.orValue(…)`' : undefined;
}

/** An optional value where a plain one is wanted; but not where even its value would be of another type. */
function mayBeAbsent(summary: string): boolean {
  const [, left, right] = /no such overload: (\S+) \S+ (\S+)$/.exec(summary) ?? [];
  const bare = (type: string): string => /^optional<(.+)>$/.exec(type)?.[1] ?? type;
  return summary.includes('optional') && (left === undefined || right === undefined || bare(left) === bare(right));
}

/** As an author writes types, and as messages are written here. */
export function inWords(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`
    .replaceAll('google.protobuf.', '')
    .replaceAll('Timestamp', 'timestamp')
    .replaceAll('Duration', 'duration')
    .replaceAll(linearMatches, 'matches')
    .replaceAll('EOF', 'the end');
}

const functions = [
  'days',
  'duration',
  'timestamp',
  'matches',
  'startsWith',
  'endsWith',
  'contains',
  'size',
  'split',
  'join',
  'orValue',
  'value',
  'exists',
  'all',
  'filter',
  'map',
];

function lastWord(summary: string): string {
  return /(\w+)$/.exec(summary)?.[1] ?? summary;
}

/** The variable that a field is asked of; of anything else, the fields of all parts are what may be meant. */
function ownerOf(args: unknown): string | undefined {
  const [left] = Array.isArray(args) ? (args as readonly unknown[]) : [];
  return typeof left === 'object' && left !== null && 'args' in left && typeof left.args === 'string' ? left.args : undefined;
}

function fieldNames(owner: string | undefined, record: RecordName): readonly string[] {
  return owner === 'subject'
    ? Object.keys(fieldsOf(record))
    : [...new Set(Object.values(partFields).flatMap((fields) => Object.keys(fields)))];
}
