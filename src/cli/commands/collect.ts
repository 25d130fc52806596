import { Option } from 'commander';
import { addCollectOptions } from '../options.ts';
import type { AddCommand } from './add-command.ts';

export const addCollect: AddCommand = (program, host, outcome) => {
  const command = program.command('collect').description('enumerate only: an inventory (NDJSON) to judge elsewhere');
  addCollectOptions(command);
  command
    .optionsGroup('Output:')
    .addOption(new Option('-o, --output <file>', 'write the inventory to a file (default: stdout)').env('OVERDUE_OUTPUT'));
  command.action(async () => {
    const { runCollect } = await import('../run/collect.ts');
    outcome.code = await runCollect(command.optsWithGlobals(), host);
  });
};
