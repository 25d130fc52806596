import type { AddCommand } from './add-command.ts';

export const addPermissions: AddCommand = (program, host, outcome) => {
  const command = program
    .command('permissions')
    .description('print the least read-only permissions that it needs')
    .argument('<connector>', 'aws, azure, gcp or github')
    .option('--surface <ids>', 'only for these surfaces (comma-separated)', (value: string) => value.split(','));
  command.action(async (connector: string) => {
    const { runPermissions } = await import('../run/permissions.ts');
    outcome.code = await runPermissions(connector, command.opts(), host);
  });
};
