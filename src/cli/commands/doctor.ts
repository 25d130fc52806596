import { addCollectOptions } from '../options.ts';
import type { AddCommand } from './add-command.ts';

export const addDoctor: AddCommand = (program, host, outcome) => {
  const command = program.command('doctor').description('try each login and surface, and name what is missing');
  addCollectOptions(command);
  command.action(async () => {
    const { runDoctor } = await import('../run/doctor.ts');
    outcome.code = await runDoctor(command.optsWithGlobals(), host);
  });
};
