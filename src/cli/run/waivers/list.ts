import { printable } from '../../../model/printable.ts';
import { grid } from '../../../report/grid.ts';
import type { Host } from '../../host.ts';
import { renderOptions } from '../../render-options.ts';
import { type ResultOptions, resultFor } from '../result-for.ts';
import { openDesk } from './desk.ts';
import { type Standing, standings } from './standing.ts';

export type ListOptions = ResultOptions & { readonly format: 'table' | 'json' };

export async function runWaiversList(options: ListOptions, host: Host): Promise<number> {
  const desk = await openDesk(options, host);
  const isTold = options.result !== undefined || options.inventory !== undefined;
  const all = standings(desk, isTold ? await resultFor(options, host) : undefined).toSorted((a, b) => a.daysLeft - b.daysLeft);
  if (options.format === 'json') {
    const list = all.map(({ waiver, state, problem, daysLeft }) => ({
      ...waiver,
      state,
      ...(problem === undefined ? {} : { problem }),
      daysLeft,
    }));
    await host.stdout.write(`${JSON.stringify({ waivers: list }, undefined, 2)}\n`);
    return 0;
  }
  if (all.length === 0) {
    await host.stdout.write('no waivers\n');
    return 0;
  }
  const { width } = renderOptions({ ...options, limit: all.length }, host);
  await host.stdout.write(grid(['Waiver', 'State', 'Days left', 'Policy', 'Subject', 'Approver'], all.map(row), width));
  return 0;
}

function row({ waiver, state, problem, daysLeft }: Standing): readonly string[] {
  const { id, policy, subject, approver, renewals = 0 } = waiver;
  const covers = 'id' in subject ? subject.id : `${subject.names.join(', ')}\n${subject.kind}\n${subject.scope}`;
  const often = renewals === 0 ? '' : `\nrenewed ${String(renewals)} ${renewals === 1 ? 'time' : 'times'}`;
  return [`${id}${often}`, problem === undefined ? state : `${state}: ${problem}`, String(daysLeft), policy, covers, approver].map((cell) =>
    cell.split('\n').map(printable).join('\n'),
  );
}
