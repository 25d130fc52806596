import { instant } from '../model/instant.ts';
import type { Mistake, Position } from '../model/operator-error.ts';
import { quoted } from './source-text.ts';

/** The mistake of a cell that should hold a date and does not; undefined where it does, or is empty. Dates are never guessed from `8/9/2026`. */
export function dateMistake(column: string, cell: string | undefined, position: Position): Mistake | undefined {
  if (cell === undefined || instant(cell) !== undefined) return undefined;
  return { message: `${column} is not a date: ${quoted(cell)}`, hint: 'such as 2026-11-21', position };
}
