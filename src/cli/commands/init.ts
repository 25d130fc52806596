import { Option } from 'commander';
import type { AddCommand } from './add-command.ts';

export const addInit: AddCommand = (program, host, outcome) => {
  const command = program
    .command('init')
    .description('write a configuration to start from; nothing is overwritten')
    .addOption(new Option('-p, --connector <ids>', 'connectors to run: aws, azure, gcp, github').argParser((value) => value.split(',')))
    .addOption(new Option('--roster <file>', 'people roster: its headers are mapped to our columns'))
    .addOption(new Option('-y, --yes', 'take what is not sure, and mark it in the file'));
  command.action(async () => {
    const { runInit } = await import('../run/init.ts');
    outcome.code = await runInit(command.optsWithGlobals(), host);
  });
};
