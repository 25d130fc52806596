import { OperatorError } from '../../../model/operator-error.ts';
import type { Waiver } from '../../../model/waiver.ts';
import { loadWaivers } from '../../../waivers/load.ts';
import type { Desk, WaiverSheet } from './desk.ts';
import { problemsWith } from './problems.ts';

/** Makes sure, before anything is written, that `check` would let the waiver pass. Throws OperatorError `waiver-refused` with all that it would name. */
export function mustCount(id: string, sheet: Omit<WaiverSheet, 'path'>, desk: Desk): Waiver {
  const others = desk.sheets.filter(({ file }) => file !== sheet.file);
  const waiver = loadWaivers([...others, sheet]).find((each) => each.id === id);
  if (!waiver) throw new TypeError(`a waiver ${id} that was just written is not there`);
  const problems = problemsWith([waiver], desk).filter(({ fails }) => fails);
  if (problems.length === 0) return waiver;
  const mistakes = problems.map(({ text }) => ({
    message: `waiver ${id} would be refused: it ${text}`,
    hint: 'nothing was written',
    position: { file: sheet.file },
  }));
  throw new OperatorError('waiver-refused', mistakes);
}
