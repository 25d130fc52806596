import type { Document } from 'yaml';
import { OperatorError } from '../../model/operator-error.ts';
import { type Page, documentsIn } from './page.ts';

/** Text in place of other text. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string };
export type Change = {
  /** Undefined: the file is written in a way that cannot be changed piece by piece. */
  readonly edits: readonly Edit[] | undefined;
  /** The same change to the parsed documents. */
  remodel(documents: readonly Document[]): void;
};

/**
 * The text after a change. It is changed piece by piece, so that every other byte stays; the result is read again and held against what
 * it has to say. Where that does not come out, the document is written anew, which keeps comments and order but not every blank.
 */
export function applied(page: Page, { edits, remodel }: Change): string {
  const wanted = documentsIn(page.text);
  remodel(wanted);
  const spliced = edits === undefined ? undefined : splice(page.text, edits);
  if (spliced !== undefined && says(page.file, spliced, wanted)) return spliced;
  const rewritten = wanted.map((document) => document.toString({ lineWidth: 0 })).join('---\n');
  if (says(page.file, rewritten, wanted)) return rewritten;
  throw uneditable(page.file);
}

export function uneditable(file: string): OperatorError {
  return new OperatorError('waivers-uneditable', {
    message: `${file} is written in a way that cannot be changed without risk to the rest of it`,
    hint: 'change it by hand; anchors and aliases are the usual reason',
    position: { file },
  });
}

function splice(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((rest, { start, end, text: put }) => rest.slice(0, start) + put + rest.slice(end), text);
}

function says(file: string, text: string, wanted: readonly Document[]): boolean {
  const documents = documentsIn(text);
  const isSound = documents.every(({ errors }) => errors.length === 0);
  return isSound && plain(file, documents) === plain(file, wanted);
}

/** What documents say, to be compared. An alias whose anchor is gone says nothing. */
function plain(file: string, documents: readonly Document[]): string {
  try {
    return JSON.stringify(documents.map((document) => document.toJS() as unknown));
  } catch (error) {
    if (error instanceof ReferenceError) throw uneditable(file);
    throw error;
  }
}
