import { Option } from 'commander';
import { addCollectOptions } from '../options.ts';
import type { AddCommand } from './add-command.ts';

export const addInventory: AddCommand = (program, host, outcome) => {
  const command = program
    .command('inventory')
    .description('list identities and credentials, without judging them')
    .argument('[inventory]', 'NDJSON file written by collect (default: enumerate now)');
  addCollectOptions(command);
  command
    .optionsGroup('Output:')
    .addOption(new Option('-f, --format <format>', 'output format').choices(['table', 'ndjson']).default('table').env('OVERDUE_FORMAT'))
    .addOption(new Option('--kind <globs>', 'only these kinds, such as aws.* (comma-separated)').argParser((value) => value.split(',')));
  command.action(async (inventory: string | undefined) => {
    const { runInventory } = await import('../run/inventory.ts');
    outcome.code = await runInventory(inventory, command.optsWithGlobals(), host);
  });
};
