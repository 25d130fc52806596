import {
  type Document,
  LineCounter,
  type Node,
  type Pair,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  visit,
} from 'yaml';
import { type Mistake, OperatorError, type Position } from '../model/operator-error.ts';
import { frame, printable } from './frame.ts';
import { scalarOffset } from './scalar-offset.ts';

/** One document of a YAML file. `value` is plain data; dates stay text, keys are always text. */
export type YamlDocument = {
  readonly file: string;
  readonly value: unknown;
  /** Its value was held valid before this run, as those of shipped files by the tests: nothing in it has to be checked again. */
  readonly isSettled?: true;
  /** Where the value (or its key) stands; for a path that is not there, the nearest parent that is. */
  position(path: readonly (string | number)[], at?: 'key' | 'value'): Position;
  /** Where a part of a text stands: `offset` and `length` count characters of the value. Left out of what was not read from a file. */
  inside?(path: readonly (string | number)[], offset: number, length: number): Position;
};

const mostAliases = 100;
const byteOrderMark = '\uFEFF';

/**
 * All documents of a YAML file, at least one; empty ones are left out. `version`: 1.1 where the format of the file says so, in which a bare
 * `no` is false. Throws OperatorError `yaml-invalid` with every mistake of the file.
 */
export function parseDocuments(file: string, text: string, version: '1.1' | '1.2' = '1.2'): readonly YamlDocument[] {
  const source = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  const lines = new LineCounter();
  const parsed = parseAllDocuments(source, { lineCounter: lines, prettyErrors: false, stringKeys: true, version });
  const at = (start: number, end: number): Position => place(file, source, lines, start, end);
  const documents = 'empty' in parsed ? [] : parsed.filter((each) => each.errors.length > 0 || !isEmpty(each));
  if (documents.length === 0) throw new OperatorError('yaml-invalid', { message: 'the file is empty', position: { file } });
  const mistakes = documents.flatMap((document) => syntaxMistakes(document, at));
  if (mistakes.length > 0) throw new OperatorError('yaml-invalid', mistakes);
  return documents.map((document) => ({
    file,
    value: toValue(document, at),
    position: (path, side = 'value') => at(...rangeIn(document, path, side)),
    inside: (path, offset, length) => insideScalar(source, document, path, offset, length, at),
  }));
}

function isEmpty({ contents }: Document): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}

type At = (start: number, end: number) => Position;

function syntaxMistakes(document: Document, at: At): Mistake[] {
  const problems = [...document.errors, ...document.warnings];
  const exhausted = problems.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (exhausted) return [{ message: 'nested too deeply', position: at(...exhausted.pos) }];
  if (problems.length === 0) return aliasMistakes(document, at);
  const told = problems.map(({ code, message, pos }) => ({ message: sentence(code, message), pos: openingOf(document, message, pos) }));
  const distinct = new Map(told.map((each) => [`${each.message} ${each.pos.join(' ')}`, each]));
  return [...distinct.values()].map(({ message, pos }) => ({ message, position: at(...pos) }));
}

/** A quote that is not closed runs to the end of the file, where the parser points; it is mended where it opens. */
function openingOf(document: Document, message: string, pos: readonly [number, number]): [start: number, end: number] {
  if (!message.startsWith('Missing closing ')) return [...pos];
  let opening: number | undefined;
  visit(document, {
    Scalar(_, { range }) {
      if (range && range[0] < pos[0] && pos[0] <= range[2]) opening = range[0];
    },
  });
  return opening === undefined ? [...pos] : [opening, opening + 1];
}

function sentence(code: string, message: string): string {
  if (message.startsWith('Missing closing ')) return 'this quote is never closed';
  if (code === 'DUPLICATE_KEY') return 'this key stands here twice';
  if (code === 'TAB_AS_INDENT') return 'a tab cannot indent; use spaces';
  if (code === 'NON_STRING_KEY') return 'a key must be plain text';
  return printable(message);
}

/** The parser leaves missing anchors to evaluation, where they have no position, and lets a node contain itself. */
function aliasMistakes(document: Document, at: At): Mistake[] {
  const anchors = new Map<string, Node>();
  const mistakes: Mistake[] = [];
  visit(document, {
    Value(_, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
    Alias(_, node, ancestors) {
      const target = anchors.get(node.source);
      const [start, end] = node.range ?? [0, 0];
      if (!target)
        mistakes.push({ message: `no anchor \`&${printable(node.source)}\` stands before this alias`, position: at(start, end) });
      else if (ancestors.includes(target))
        mistakes.push({ message: `\`*${printable(node.source)}\` contains itself`, position: at(start, end) });
    },
  });
  return mistakes;
}

function toValue(document: Document, at: At): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases }) as unknown;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new OperatorError('yaml-invalid', {
      message: `aliases expand to more than ${String(mostAliases)} times their text`,
      hint: 'write out what the aliases stand for',
      position: at(...heaviestAlias(document)),
    });
  }
}

/** The first alias of those that stand for the most others: there the expansion runs away. */
function heaviestAlias(document: Document): [start: number, end: number] {
  const weights = new Map<string, number>();
  let heaviest: { readonly weight: number; readonly range: [number, number] } = { weight: -1, range: [0, 0] };
  visit(document, {
    Alias(_, { source, range }, ancestors) {
      const weight = 1 + (weights.get(source) ?? 0);
      for (const around of ancestors) {
        if (isCollection(around) && around.anchor !== undefined) weights.set(around.anchor, (weights.get(around.anchor) ?? 0) + weight);
      }
      if (weight > heaviest.weight && range) heaviest = { weight, range: [range[0], range[1]] };
    },
  });
  return heaviest.range;
}

type Found = { readonly node: unknown; readonly pair: Pair | undefined; readonly isThere: boolean };

/** The node that a path leads to, or the last one on the way to it. */
function find(document: Document, path: readonly (string | number)[]): Found {
  let node: unknown = document.contents;
  let pair: Pair | undefined;
  for (const step of path) {
    const target = isNode(node) && 'resolve' in node ? node.resolve(document) : node;
    const next = isMap(target)
      ? target.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : isSeq(target)
        ? target.items[Number(step)]
        : undefined;
    if (next === undefined) return { node, pair, isThere: false };
    pair = isPair(next) ? next : undefined;
    node = isPair(next) ? next.value : next;
  }
  return { node, pair, isThere: true };
}

function rangeIn(document: Document, path: readonly (string | number)[], side: 'key' | 'value'): [start: number, end: number] {
  const { node, pair, isThere } = find(document, path);
  return rangeOf(pair, node, isThere ? side : 'key');
}

function insideScalar(
  source: string,
  document: Document,
  path: readonly (string | number)[],
  offset: number,
  length: number,
  at: At,
): Position {
  const { node, isThere } = find(document, path);
  if (!isThere || !isScalar(node) || typeof node.value !== 'string' || !node.range) return at(...rangeIn(document, path, 'value'));
  const [start, end] = node.range;
  const text = source.slice(start, end);
  const first = start + scalarOffset(text, node.value, offset);
  return at(first, start + scalarOffset(text, node.value, offset + Math.max(1, length) - 1) + 1);
}

/** A collection is pointed at by its key where it has one, otherwise by its first item: carets under a whole block say nothing. */
function rangeOf(pair: Pair | undefined, node: unknown, side: 'key' | 'value'): [start: number, end: number] {
  const aimed = pair !== undefined && (side === 'key' || !isScalar(node) || isBlank(node)) ? pair.key : node;
  if (!isNode(aimed) || !aimed.range) return [0, 0];
  const first: unknown = isCollection(aimed) ? aimed.items[0] : undefined;
  if (isPair(first)) return rangeOf(first, first.value, 'key');
  return [aimed.range[0], aimed.range[1]];
}

function isBlank(node: unknown): boolean {
  return isScalar(node) && node.range !== undefined && node.range !== null && node.range[0] === node.range[1];
}

function place(file: string, source: string, lines: LineCounter, start: number, end: number): Position {
  const { line, col } = lines.linePos(Math.min(start, Math.max(0, source.length)));
  if (line === 0) return { file };
  const lineEnd = lines.lineStarts[line] ?? source.length + 1;
  const length = Math.max(1, Math.min(end, lineEnd - 1) - start);
  return {
    file,
    line,
    column: col,
    // Made when somebody reads it: a registry of a hundred thousand entries asks for the line of each, and shows none.
    get frame() {
      return frame(source, { line, column: col, length });
    },
  };
}
