import type { Collected, InventoryRecord } from '../../../model/inventory.ts';
import { OperatorError } from '../../../model/operator-error.ts';
import type { Result } from '../../../model/result.ts';
import type { FoundConfig } from '../../config/config.ts';
import type { Host } from '../../host.ts';
import type { CollectOptions } from '../../options.ts';
import { freshEvidence, savedEvidence } from '../evidence.ts';
import { judged } from '../judge.ts';
import { openRun } from '../open-run.ts';
import { readInventory } from '../read-inventory.ts';
import { readResult } from '../read-result.ts';
import type { ResultOptions } from '../result-for.ts';

export type ExplainOptions = ResultOptions & CollectOptions;
/** A result, and the records behind it where they are at hand. */
export type Explained = { readonly result: Result; readonly records: readonly InventoryRecord[] };

/**
 * A saved result, with the records of an inventory beside it; or an inventory that is judged now; or a run of its own, which nobody starts by
 * leaving out a file. Throws OperatorError `usage`.
 */
export async function evidenceFor(options: ExplainOptions, found: FoundConfig, host: Host): Promise<Explained> {
  const records: InventoryRecord[] = [];
  if (options.result !== undefined) {
    const result = await readResult(options.result, host);
    if (options.inventory !== undefined) await drained(kept((await readInventory(options.inventory, host)).lines, records));
    return { result, records };
  }
  if (options.inventory === undefined && options.replay === undefined && options.connector === undefined) {
    throw new OperatorError('usage', {
      message: 'nothing says where the finding is',
      hint: 'give --result FILE, --inventory FILE or both; or --connector, to look again now',
    });
  }
  const evidence =
    options.inventory === undefined
      ? freshEvidence(await openRun(options, host), options, host)
      : await savedEvidence(options.inventory, options, found, host);
  const result = await judged({ ...evidence, inventory: kept(evidence.inventory, records) }, found, options, { host });
  return { result, records };
}

async function* kept(lines: AsyncIterable<Collected>, records: InventoryRecord[]): AsyncGenerator<Collected> {
  for await (const line of lines) {
    if (line.record !== 'coverage' && line.record !== 'scope') records.push(line);
    yield line;
  }
}

async function drained(lines: AsyncGenerator<Collected>): Promise<void> {
  let next = await lines.next();
  while (next.done !== true) next = await lines.next();
}
