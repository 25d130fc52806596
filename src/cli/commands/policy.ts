import { addJudgeOptions } from '../options.ts';
import type { AddCommand } from './add-command.ts';

export const addPolicy: AddCommand = (program, host, outcome) => {
  const policy = program.command('policy').description('list, show, validate and test policies');

  const list = policy.command('list').description('policies of this set-up, with their parameters bound');
  list.option('-f, --format <format>', 'table or json', 'table');
  addJudgeOptions(list);
  list.action(async () => {
    const { runPolicyList } = await import('../run/policy-list.ts');
    outcome.code = await runPolicyList(list.optsWithGlobals(), host);
  });

  const show = policy
    .command('show')
    .description('one policy: what it demands, why, and how to fix')
    .argument('<id>', 'such as rotation/long-lived-credential');
  addJudgeOptions(show);
  show.action(async (id: string) => {
    const { runPolicyShow } = await import('../run/policy-show.ts');
    outcome.code = await runPolicyShow(id, show.optsWithGlobals(), host);
  });

  const validate = policy
    .command('validate')
    .description('check policy files; every mistake with its position')
    .argument('<files...>', 'policy files');
  validate.action(async (files: string[]) => {
    const { runPolicyValidate } = await import('../run/policy-validate.ts');
    outcome.code = await runPolicyValidate(files, validate.optsWithGlobals(), host);
  });

  const test = policy
    .command('test')
    .description('run the examples of policies')
    .argument('[files...]', 'policy files (default: the policies of this set-up)');
  addJudgeOptions(test);
  test.action(async (files: string[]) => {
    const { runPolicyTest } = await import('../run/policy-test.ts');
    outcome.code = await runPolicyTest(files, test.optsWithGlobals(), host);
  });
};
