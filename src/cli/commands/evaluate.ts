import { addCacheOptions, addGateOptions, addJudgeOptions, addReportOptions } from '../options.ts';
import type { AddCommand } from './add-command.ts';

export const addEvaluate: AddCommand = (program, host, outcome) => {
  const command = program
    .command('evaluate')
    .description('judge a saved inventory: no cloud rights, no network')
    .argument('<inventory>', 'NDJSON file written by collect, or - for stdin');
  for (const add of [addJudgeOptions, addCacheOptions, addGateOptions, addReportOptions]) add(command);
  command.action(async (inventory: string) => {
    const { runEvaluate } = await import('../run/evaluate.ts');
    outcome.code = await runEvaluate(inventory, command.optsWithGlobals(), host);
  });
};
