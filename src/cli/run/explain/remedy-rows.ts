import type { InventoryRecord } from '../../../model/inventory.ts';
import type { Kind } from '../../../model/kind.ts';
import { remediesOf } from '../../../model/remedy.ts';
import type { Row } from './section.ts';

/** The provider's commands, ready for the shell. This tool runs none of them. */
export function remedyRows(kind: Kind | undefined, record: InventoryRecord): readonly Row[] {
  if (kind === undefined) return [];
  return remediesOf(kind, record).map((each) => [
    each.step,
    'command' in each ? each.command : `no command can be made: the record has nothing fit for ${each.missing.join(', ')}`,
  ]);
}
