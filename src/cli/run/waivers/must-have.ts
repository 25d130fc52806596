import { didYouMean } from '../../../document/suggest.ts';
import { OperatorError } from '../../../model/operator-error.ts';
import type { Waiver } from '../../../model/waiver.ts';
import { loadWaivers } from '../../../waivers/load.ts';
import type { Desk, WaiverSheet } from './desk.ts';

/** A waiver by its id, and the file it stands in. */
export function mustHave(id: string, { sheets }: Desk): { readonly sheet: WaiverSheet; readonly waiver: Waiver } {
  const all = sheets.flatMap((sheet) => loadWaivers([sheet]).map((waiver) => ({ sheet, waiver })));
  const found = all.find(({ waiver }) => waiver.id === id);
  if (found) return found;
  const ids = all.map(({ waiver }) => waiver.id);
  throw new OperatorError('usage', {
    message: ids.length === 0 ? 'there are no waivers in this set-up' : `there is no waiver ${id}`,
    hint: ids.length === 0 ? 'name their files under waivers in overdue.yaml, or with --waivers' : didYouMean(id, ids),
  });
}
