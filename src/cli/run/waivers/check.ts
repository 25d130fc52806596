import { printable } from '../../../model/printable.ts';
import { loadWaivers } from '../../../waivers/load.ts';
import type { Host } from '../../host.ts';
import { type DeskOptions, openDesk } from './desk.ts';
import { problemsWith } from './problems.ts';

/** Names what is wrong with the waivers themselves, with file and line. */
export async function runWaiversCheck(options: DeskOptions, host: Host): Promise<number> {
  const desk = await openDesk(options, host);
  const waivers = loadWaivers(desk.sheets);
  const problems = problemsWith(waivers, desk);
  for (const { waiver, text, fails } of problems)
    await host.stdout.write(`${printable(`${waiver.source}: ${fails ? '' : 'note: '}${waiver.id} ${text}`)}\n`);
  const failing = problems.filter(({ fails }) => fails).length;
  const counts = [counted(waivers.length, 'waiver'), ` in ${counted(desk.sheets.length, 'file')}, `, counted(failing, 'problem')];
  await host.stderr.write(`${counts.join('')}\n`);
  return failing > 0 ? 1 : 0;
}

function counted(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
