import { addReportOptions, asOfOption } from '../options.ts';
import type { AddCommand } from './add-command.ts';

export const addDemo: AddCommand = (program, host, outcome) => {
  const command = program.command('demo').description('scan an invented company: no network, no credentials');
  addReportOptions(command.optionsGroup('Judge:').addOption(asOfOption()));
  command.action(async () => {
    const { runDemo } = await import('../run/demo.ts');
    outcome.code = await runDemo(command.optsWithGlobals(), host);
  });
};
