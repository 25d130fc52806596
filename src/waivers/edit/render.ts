import { Document, Scalar, isMap, isScalar, isSeq, stringify } from 'yaml';
import type { WaiverEntry } from '../schema.ts';

const plain = { lineWidth: 0 } as const;

/** An entry as lines of a list, from its `-`: what it is about stays on one line. `offset`: how far the keys stand from the dash. */
export function entryText(entry: WaiverEntry, offset = 2): string {
  const document = new Document(entry);
  const subject = document.get('subject', true);
  if (isMap(subject)) {
    subject.flow = true;
    const names = subject.get('names', true);
    if (isSeq(names)) names.flow = true;
  }
  const former = document.get('former', true);
  for (const grant of isSeq(former) ? former.items : []) if (isMap(grant)) grant.flow = true;
  const lines = document.toString(plain).trimEnd().split('\n');
  return lines
    .map((line, at) => (at === 0 ? `-${' '.repeat(offset - 1)}${line}` : line === '' ? line : `${' '.repeat(offset)}${line}`))
    .join('\n');
}

/** A value on one line. */
export function flowText(value: object): string {
  const document = new Document(value);
  if (isMap(document.contents)) document.contents.flow = true;
  return document.toString(plain).trim();
}

/** A text in the style of the one it replaces, where that fits on one line. */
export function scalarText(text: string, like: unknown): string {
  const scalar = new Scalar(text);
  const type = isScalar(like) ? like.type : undefined;
  if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') scalar.type = type;
  return stringify(scalar, plain).trim();
}
