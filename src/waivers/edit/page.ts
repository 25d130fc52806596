import { type Document, type YAMLMap, type YAMLSeq, isMap, isSeq, parseAllDocuments } from 'yaml';
import { OperatorError } from '../../model/operator-error.ts';
import type { WaiverEntry, WaiverFile } from '../schema.ts';

/** A waiver file that holds in form, opened to be changed: the text, and where its entries stand in it. */
export type Page = {
  readonly file: string;
  readonly text: string;
  /** As the file ends its lines. */
  readonly eol: string;
  readonly documents: readonly Document[];
  readonly entries: readonly Place[];
};
/** One entry: which document, which item, its node, and where its `-` stands. */
export type Place = {
  readonly document: number;
  readonly at: number;
  readonly entry: WaiverEntry;
  readonly node: YAMLMap;
  readonly dash: number;
};

/** The text must have been read by `loadWaivers` before. */
export function openPage(file: string, text: string): Page {
  const documents = documentsIn(text);
  return { file, text, eol: text.includes('\r\n') ? '\r\n' : '\n', documents, entries: documents.flatMap(placesIn) };
}

export function documentsIn(text: string): readonly Document[] {
  const parsed = parseAllDocuments(text, { keepSourceTokens: true });
  return 'empty' in parsed ? [] : parsed.filter(({ contents }) => isMap(contents));
}

function placesIn(document: Document, index: number): readonly Place[] {
  const list = listOf(document);
  // The schema has accepted what these nodes say.
  const { waivers } = document.toJS() as WaiverFile;
  return waivers.flatMap((entry, at) => {
    const node = list?.items[at];
    return isMap(node) ? [{ document: index, at, entry, node, dash: dashOf(list, at) }] : [];
  });
}

/** The list of waivers, where it is written out and not an alias. */
export function listOf(document: Document | undefined): YAMLSeq | undefined {
  const list = document?.get('waivers', true);
  return isSeq(list) ? list : undefined;
}

function dashOf(list: YAMLSeq | undefined, at: number): number {
  const token = list?.srcToken;
  const start = token?.type === 'block-seq' ? token.items[at]?.start : undefined;
  return start?.find(({ type }) => type === 'seq-item-ind')?.offset ?? -1;
}

export function placeOf({ entries, file }: Page, id: string): Place {
  const place = entries.find(({ entry }) => entry.id === id);
  if (place) return place;
  throw new OperatorError('waiver-unknown', { message: `no waiver ${id} in ${file}` });
}
