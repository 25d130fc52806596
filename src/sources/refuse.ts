import { type Mistake, OperatorError } from '../model/operator-error.ts';

/** Throws OperatorError `source-invalid` with all mistakes of a source, as its files read; nothing where there are none. */
export function refuse(mistakes: readonly Mistake[]): void {
  if (mistakes.length > 0) throw new OperatorError('source-invalid', mistakes.toSorted(byPlace));
}

function byPlace({ position: a }: Mistake, { position: b }: Mistake): number {
  if (!a || !b || a.file !== b.file) return (a?.file ?? '') < (b?.file ?? '') ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
