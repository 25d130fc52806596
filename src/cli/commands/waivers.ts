import { type Command, InvalidArgumentError, Option } from 'commander';
import { durationPattern } from '../../model/duration.ts';
import { instant } from '../../model/instant.ts';
import { addCacheOptions, addJudgeOptions } from '../options.ts';
import type { Host } from '../host.ts';
import type { AddCommand } from './add-command.ts';

export const addWaivers: AddCommand = (program, host, outcome) => {
  const waivers = program.command('waivers').description('add, list, check, renew and prune waivers');
  for (const add of [addAdd, addList, addCheck, addRenew, addPrune]) add(waivers, host, outcome);
};

type Add = (waivers: Command, host: Host, outcome: { code: number }) => void;

const addAdd: Add = (waivers, host, outcome) => {
  const command = waivers
    .command('add')
    .description('write a waiver; what a run would not count is refused')
    .argument('[finding]', 'id of a finding in --result or --inventory')
    .optionsGroup('What it covers:')
    .addOption(new Option('--policy-id <id>', 'the policy, where no finding is given'))
    .addOption(new Option('--subject <id>', "the subject's own id"))
    .addOption(new Option('--kind <kind>', 'its kind'))
    .addOption(new Option('--scope <scope>', 'in place of an id: names of one kind within one scope'))
    .addOption(new Option('--names <names>', 'such as batch-* (comma-separated)').argParser(list))
    .optionsGroup('Waiver:')
    .addOption(new Option('--reason <text>', 'why it cannot be fixed yet').makeOptionMandatory())
    .addOption(new Option('--requester <person>', 'who asks for it').makeOptionMandatory());
  addGrantOptions(command)
    .addOption(new Option('--granted <date>', 'its first day, by default today').argParser(date))
    .addOption(new Option('--compensating-control <text>', 'what bounds the risk meanwhile'))
    .addOption(new Option('--id <id>', 'by default the next of the year, such as W-2026-012'))
    .addOption(new Option('--file <file>', 'the waiver file, where there are several'));
  addEvidenceOptions(addChange(command)).action(async (finding: string | undefined) => {
    const { runWaiversAdd } = await import('../run/waivers/add.ts');
    outcome.code = await runWaiversAdd(finding, command.optsWithGlobals(), host);
  });
};

const addList: Add = (waivers, host, outcome) => {
  const command = waivers
    .command('list')
    .description('state, days left, policy, subject and approver; the first to run out first')
    .addOption(new Option('-f, --format <format>', 'output format').choices(['table', 'json']).default('table'));
  addEvidenceOptions(command).action(async () => {
    const { runWaiversList } = await import('../run/waivers/list.ts');
    outcome.code = await runWaiversList(command.optsWithGlobals(), host);
  });
};

const addCheck: Add = (waivers, host, outcome) => {
  const command = waivers.command('check').description('exit 1 on waivers that have run out or do not count, each with file and line');
  addRulesOptions(command).action(async () => {
    const { runWaiversCheck } = await import('../run/waivers/check.ts');
    outcome.code = await runWaiversCheck(command.optsWithGlobals(), host);
  });
};

const addRenew: Add = (waivers, host, outcome) => {
  const command = waivers
    .command('renew')
    .description('give a waiver more time, approved anew; what it was before stays in the file')
    .argument('<waiver>', 'its id')
    .optionsGroup('Waiver:');
  addGrantOptions(command)
    .addOption(new Option('--requester <person>', 'who asks for it, by default who did before'))
    .addOption(new Option('--reason <text>', 'why it still cannot be fixed, by default the reason it has'));
  addRulesOptions(addChange(command)).action(async (id: string) => {
    const { runWaiversRenew } = await import('../run/waivers/renew.ts');
    outcome.code = await runWaiversRenew(id, command.optsWithGlobals(), host);
  });
};

const addPrune: Add = (waivers, host, outcome) => {
  const command = waivers.command('prune').description('remove waivers that have run out and, with a result, those that cover nothing');
  addEvidenceOptions(addChange(command)).action(async () => {
    const { runWaiversPrune } = await import('../run/waivers/prune.ts');
    outcome.code = await runWaiversPrune(command.optsWithGlobals(), host);
  });
};

function addGrantOptions(command: Command): Command {
  return command
    .addOption(new Option('--approver <person>', 'another person, active on the roster').makeOptionMandatory())
    .addOption(new Option('--expires <date>', 'its last day').argParser(date))
    .addOption(new Option('--for <duration>', 'in place of --expires: how long, such as 30d').argParser(duration))
    .addOption(new Option('--ticket <ticket>', 'where it was agreed'));
}

function addChange(command: Command): Command {
  return command.addOption(new Option('--dry-run', 'show what would change, and write nothing'));
}

function addEvidenceOptions(command: Command): Command {
  return addRulesOptions(
    command
      .optionsGroup('Evidence:')
      .addOption(new Option('--result <file>', 'a result saved by scan or evaluate as JSON'))
      .addOption(new Option('--inventory <file>', 'in its place: an inventory, which is judged now')),
  );
}

function addRulesOptions(command: Command): Command {
  return addCacheOptions(addJudgeOptions(command));
}

function date(value: string): string {
  if (instant(value) === undefined) throw new InvalidArgumentError('Wanted a date such as 2027-01-31.');
  return value;
}

function duration(value: string): string {
  if (!new RegExp(durationPattern).test(value)) throw new InvalidArgumentError('Wanted a duration such as 30d.');
  return value;
}

function list(value: string): readonly string[] {
  return value.split(',').map((each) => each.trim());
}
