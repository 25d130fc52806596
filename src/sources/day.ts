import { instant } from '../model/instant.ts';
import type { Mistake } from '../model/operator-error.ts';
import { printable } from '../model/printable.ts';

/** The mistake of a cell that should hold a date and does not; undefined where it does, or is empty. Dates are never guessed from `8/9/2026`. */
export function dateMistake(
  column: string,
  cell: string | undefined,
  place: { readonly file: string; readonly line: number },
): Mistake | undefined {
  if (cell === undefined || instant(cell) !== undefined) return undefined;
  return {
    message: `${column} is not a date: \`${printable(cell).slice(0, 60)}\``,
    hint: 'such as 2026-11-21',
    position: place,
  };
}
