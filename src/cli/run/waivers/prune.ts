import { printable } from '../../../model/printable.ts';
import { openPage } from '../../../waivers/edit/page.ts';
import { without } from '../../../waivers/edit/prune.ts';
import type { Host } from '../../host.ts';
import { type ResultOptions, resultFor } from '../result-for.ts';
import { openDesk } from './desk.ts';
import { save } from './save.ts';
import { standings } from './standing.ts';

export type PruneOptions = ResultOptions & { readonly dryRun?: true };

/** Removes what has run out and, where a result tells, what covers nothing. What was not seen is not known to cover nothing: it stays. */
export async function runWaiversPrune(options: PruneOptions, host: Host): Promise<number> {
  const desk = await openDesk(options, host);
  const isTold = options.result !== undefined || options.inventory !== undefined;
  const gone = standings(desk, isTold ? await resultFor(options, host) : undefined).filter(
    ({ state }) => state === 'expired' || state === 'unmatched',
  );
  const ids = new Set(gone.map(({ waiver }) => waiver.id));
  for (const sheet of desk.sheets) {
    const page = openPage(sheet.file, sheet.text);
    if (page.entries.some(({ entry }) => ids.has(entry.id))) await save({ ...sheet, text: without(page, ids) }, sheet.text, options, host);
  }
  const done = options.dryRun === true ? 'would be removed' : 'removed';
  const lines = gone.map(({ waiver, state }) => `${printable(waiver.id)} ${done}: ${state} (${waiver.source})\n`);
  await host.stderr.write(lines.length === 0 ? 'nothing to remove\n' : lines.join(''));
  return 0;
}
