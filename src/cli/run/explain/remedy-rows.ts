import type { InventoryRecord } from '../../../model/inventory.ts';
import type { Kind } from '../../../model/kind.ts';
import type { Status } from '../../../model/record.ts';
import { type Filled, remediesOf } from '../../../model/remedy-command.ts';
import type { Row } from './section.ts';

const deleted: Partial<Readonly<Record<Status, string>>> = {
  'pending-deletion': 'nothing: its deletion is under way',
  'deleted-recoverable': 'nothing: it is deleted, until somebody restores it or the provider removes it for good',
};

/** The provider's commands, ready for the shell. This tool runs none of them. */
export function remedyRows(kind: Kind | undefined, record: InventoryRecord): readonly Row[] {
  if (kind === undefined) return [];
  const told = deleted[record.status];
  if (told !== undefined) return [['to run', told]];
  const remedies = remediesOf(kind, record);
  return [...remedies.map((each): Row => [each.step, inWords(each)]), ...(remedies.some(isQuoted) ? [quoting] : [])];
}

function inWords(remedy: Filled): string {
  if ('command' in remedy) return remedy.command;
  return `no command can be made: the record has nothing fit for ${remedy.missing.join(', ')}`;
}

/** No template holds a quote of its own. */
function isQuoted(remedy: Filled): boolean {
  return 'command' in remedy && remedy.command.includes("'");
}

/** To cmd.exe a single quote is a letter like any other, and what stands between two of them is for it to run. */
const quoting: Row = ['for', 'a POSIX shell such as bash or zsh: names in quotes are not safe in PowerShell or cmd.exe'];
