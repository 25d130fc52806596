import { type YamlDocument, parseDocuments } from '../document/parse.ts';
import { settledDocument } from '../document/settled.ts';
import { mistakesIn } from '../document/validate.ts';
import { type Mistake, OperatorError } from '../model/operator-error.ts';
import type { WrittenParameter } from './parameters.ts';
import { EnvelopeSchema } from './schema.ts';

/** A policy file as the caller has read it; reading is not done here. */
export type PolicyFile = {
  readonly file: string;
  readonly text: string;
  /** What the text says, where it was parsed and held valid before this run. */
  readonly value?: unknown;
};

/** One document of a policy file whose envelope holds: what its values mean comes later, once parameters are bound. */
export type Sheet = PolicySheet | SetSheet;
export type PolicySheet = {
  readonly document: YamlDocument;
  readonly kind: 'Policy';
  readonly id: string;
  readonly written: WrittenPolicy;
};
export type SetSheet = { readonly document: YamlDocument; readonly kind: 'PolicySet'; readonly id: string; readonly written: WrittenSet };

export type WrittenEntry = { readonly id: string; readonly disabled?: boolean } & Readonly<Record<string, unknown>>;
export type WrittenPolicy = WrittenEntry & { readonly kind: 'Policy'; readonly params?: Readonly<Record<string, WrittenParameter>> };
export type WrittenSet = {
  readonly kind: 'PolicySet';
  readonly metadata: { readonly id: string; readonly title?: string; readonly description?: string; readonly extends?: readonly string[] };
  readonly params?: Readonly<Record<string, WrittenParameter>>;
  readonly waivers?: unknown;
  readonly include?: readonly string[];
  readonly policies?: readonly WrittenEntry[];
};

/** Reads all files; documents with mistakes are left out and their mistakes handed on, so that one run shows those of every file. */
export function readSheets(files: readonly PolicyFile[], onMistakes: (mistakes: readonly Mistake[]) => void): readonly Sheet[] {
  return files
    .flatMap((file) => documentsOf(file, onMistakes))
    .flatMap((document): readonly Sheet[] => {
      const mistakes = document.isSettled ? [] : mistakesIn(document, document.value, EnvelopeSchema);
      if (mistakes.length > 0) {
        onMistakes(mistakes);
        return [];
      }
      const written = document.value as WrittenPolicy | WrittenSet;
      if (isSet(written)) return [{ document, kind: 'PolicySet', id: written.metadata.id, written }];
      return [{ document, kind: 'Policy', id: written.id, written }];
    });
}

function isSet(written: WrittenPolicy | WrittenSet): written is WrittenSet {
  return written.kind === 'PolicySet';
}

export function documentsOf(read: PolicyFile, onMistakes: (mistakes: readonly Mistake[]) => void): readonly YamlDocument[] {
  if (read.value !== undefined) return [settledDocument(read.file, read.value, () => read.text)];
  try {
    return parseDocuments(read.file, read.text);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    onMistakes(error.mistakes);
    return [];
  }
}
