import { addCollectOptions, addGateOptions, addJudgeOptions, addReportOptions } from '../options.ts';
import type { AddCommand } from './add-command.ts';

export const addScan: AddCommand = (program, host, outcome) => {
  const command = program.command('scan').description('enumerate, judge, report: the main job');
  for (const add of [addCollectOptions, addJudgeOptions, addGateOptions, addReportOptions]) add(command);
  command.action(async () => {
    const { runScan } = await import('../run/scan.ts');
    outcome.code = await runScan(command.optsWithGlobals(), host);
  });
};
