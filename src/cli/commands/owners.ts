import { type Command, Option } from 'commander';
import { groupings } from '../../reconcile/owner-coverage.ts';
import type { Host } from '../host.ts';
import { addCollectOptions, addSourceOptions, asOfOption } from '../options.ts';
import type { AddCommand } from './add-command.ts';

export const addOwners: AddCommand = (program, host, outcome) => {
  const owners = program.command('owners').description('who answers for what: check, resolve, coverage');
  for (const add of [addCheck, addResolve, addCoverage]) add(owners, host, outcome);
};

type AddSubcommand = (owners: Command, host: Host, outcome: { code: number }) => void;

const addCheck: AddSubcommand = (owners, host, outcome) => {
  const check = owners
    .command('check')
    .description('names that lead to nobody, owners who left, claims that disagree; exit 1 where there are any')
    .argument('[inventory]', 'NDJSON file written by collect (default: the sources alone)');
  addOptions(check);
  check.action(async (inventory: string | undefined) => {
    const { runOwnersCheck } = await import('../run/owners-check.ts');
    outcome.code = await runOwnersCheck(inventory, check.optsWithGlobals(), host);
  });
};

const addResolve: AddSubcommand = (owners, host, outcome) => {
  const resolve = owners
    .command('resolve')
    .description('who a name is, or who answers for a record: each claim, who said it, and what the roster says')
    .argument('<name|id>', 'address, login, id or group; or the id or name of a record')
    .argument('[inventory]', 'NDJSON file written by collect (default: the sources alone)');
  addOptions(resolve);
  resolve.action(async (name: string, inventory: string | undefined) => {
    const { runOwnersResolve } = await import('../run/owners-resolve.ts');
    outcome.code = await runOwnersResolve(name, inventory, resolve.optsWithGlobals(), host);
  });
};

const addCoverage: AddSubcommand = (owners, host, outcome) => {
  const coverage = owners
    .command('coverage')
    .description('how many records somebody active answers for')
    .argument('[inventory]', 'NDJSON file written by collect (default: enumerate now)');
  addOptions(coverage);
  coverage.addOption(new Option('--by <what>', 'a row for each').choices(Object.keys(groupings)).default('kind'));
  coverage.action(async (inventory: string | undefined) => {
    const { runOwnersCoverage } = await import('../run/owners-coverage.ts');
    outcome.code = await runOwnersCoverage(inventory, coverage.optsWithGlobals(), host);
  });
};

function addOptions(command: Command): void {
  addCollectOptions(addSourceOptions(command).addOption(asOfOption()));
  command
    .optionsGroup('Output:')
    .addOption(new Option('-f, --format <format>', 'output format').choices(['table', 'json']).default('table').env('OVERDUE_FORMAT'));
}
