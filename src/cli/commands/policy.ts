import { type Command, Option } from 'commander';
import { severities } from '../../model/finding.ts';
import type { Host } from '../host.ts';
import { addJudgeOptions } from '../options.ts';
import type { AddCommand } from './add-command.ts';

export const addPolicy: AddCommand = (program, host, outcome) => {
  const policy = program.command('policy').description('list, show, write, validate, test and map policies');
  for (const add of [addList, addShow, addCoverage, addDocs, addNew, addValidate, addTest, addSchema]) add(policy, host, outcome);
};

type AddSubcommand = (policy: Command, host: Host, outcome: { code: number }) => void;

const format = () => new Option('-f, --format <format>', 'output format').choices(['table', 'json']).default('table');

const addList: AddSubcommand = (policy, host, outcome) => {
  const list = policy.command('list').description('policies of this set-up, with their parameters bound').addOption(format());
  addJudgeOptions(list);
  list.action(async () => {
    const { runPolicyList } = await import('../run/policy-list.ts');
    outcome.code = await runPolicyList(list.optsWithGlobals(), host);
  });
};

const addShow: AddSubcommand = (policy, host, outcome) => {
  const show = policy
    .command('show')
    .description('one policy: what it demands, why, and how to fix')
    .argument('<id>', 'such as rotation/long-lived-credential');
  addJudgeOptions(show);
  show.action(async (id: string) => {
    const { runPolicyShow } = await import('../run/policy-show.ts');
    outcome.code = await runPolicyShow(id, show.optsWithGlobals(), host);
  });
};

const addCoverage: AddSubcommand = (policy, host, outcome) => {
  const coverage = policy
    .command('coverage')
    .description('which requirements of a framework the policies test, in part, or cannot test')
    .option('--framework <id>', 'such as owasp-nhi-2025 (default: a summary of all)')
    .addOption(format());
  addJudgeOptions(coverage);
  coverage.action(async () => {
    const { runPolicyCoverage } = await import('../run/policy-coverage.ts');
    outcome.code = await runPolicyCoverage(coverage.optsWithGlobals(), host);
  });
};

const addDocs: AddSubcommand = (policy, host, outcome) => {
  const docs = policy
    .command('docs')
    .description('the policies of this set-up as Markdown')
    .option('-o, --output <file>', 'write to a file (default: stdout)');
  addJudgeOptions(docs);
  docs.action(async () => {
    const { runPolicyDocs } = await import('../run/policy-docs.ts');
    outcome.code = await runPolicyDocs(docs.optsWithGlobals(), host);
  });
};

const addNew: AddSubcommand = (policy, host, outcome) => {
  const start = policy
    .command('new')
    .description('write a policy of your own that starts as a shipped one')
    .argument('<id>', 'such as acme/deploy-keys-are-used')
    .requiredOption('--title <text>', 'what must be true, in one line')
    .addOption(new Option('--severity <severity>', 'how bad it is when it is not').choices(severities).default('medium'))
    .option('--from <policy>', 'the shipped policy to start from', 'usage/unused-credential')
    .option('-o, --output <file>', 'file to write, which must not be there (default: policies/<id>.yaml)');
  start.action(async (id: string) => {
    const { runPolicyNew } = await import('../run/policy-new.ts');
    outcome.code = await runPolicyNew(id, start.opts(), host);
  });
};

const addValidate: AddSubcommand = (policy, host, outcome) => {
  const validate = policy
    .command('validate')
    .description('check policy files; every mistake with its position')
    .argument('<files...>', 'policy files');
  validate.action(async (files: string[]) => {
    const { runPolicyValidate } = await import('../run/policy-validate.ts');
    outcome.code = await runPolicyValidate(files, validate.optsWithGlobals(), host);
  });
};

const addTest: AddSubcommand = (policy, host, outcome) => {
  const test = policy
    .command('test')
    .description('run the examples of policies')
    .argument('[files...]', 'policy files (default: the policies of this set-up)')
    .option('--coverage', 'exit 1 where a policy has no example that passes, fails or is unknown');
  addJudgeOptions(test);
  test.action(async (files: string[]) => {
    const { runPolicyTest } = await import('../run/policy-test.ts');
    outcome.code = await runPolicyTest(files, test.optsWithGlobals(), host);
  });
};

const addSchema: AddSubcommand = (policy, host, outcome) => {
  const schema = policy
    .command('schema')
    .description('the JSON Schema (draft-07) of policy files and what stands beside them, for editors');
  schema.addOption(new Option('--of <what>', 'whose schema').choices(['policy', 'framework', 'waivers']).default('policy'));
  schema.action(async () => {
    const { runPolicySchema } = await import('../run/policy-schema.ts');
    outcome.code = await runPolicySchema(schema.opts<{ of: 'policy' | 'framework' | 'waivers' }>().of, host);
  });
};
