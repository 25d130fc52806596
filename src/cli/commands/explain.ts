import { Option } from 'commander';
import { addCollectOptions, addJudgeOptions } from '../options.ts';
import type { AddCommand } from './add-command.ts';

export const addExplain: AddCommand = (program, host, outcome) => {
  const command = program
    .command('explain')
    .description('the chain behind a finding, a policy or a kind')
    .argument('<id>', 'of a finding, a policy or a kind')
    .optionsGroup('Evidence:')
    .addOption(new Option('--result <file>', 'a result saved as JSON'))
    .addOption(new Option('--inventory <file>', 'an inventory: judged now, or beside --result for facts and dependents'));
  addJudgeOptions(addCollectOptions(command));
  command.action(async (id: string) => {
    const { runExplain } = await import('../run/explain/explain.ts');
    outcome.code = await runExplain(id, command.optsWithGlobals(), host);
  });
};
