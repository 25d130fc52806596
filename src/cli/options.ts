import { type Command, InvalidArgumentError, Option } from 'commander';
import { durationPattern } from '../model/duration.ts';
import { severities } from '../model/finding.ts';
import { instant } from '../model/instant.ts';
import type { Gate } from '../model/result.ts';
import { type Format, formats } from '../report/index.ts';

/** Option groups that commands share. Every option is also an environment variable: `--fail-on` is OVERDUE_FAIL_ON. */

export type GlobalOptions = {
  readonly config?: string | false;
  readonly quiet?: true;
  readonly color: 'auto' | 'always' | 'never' | boolean;
  readonly progress: boolean;
};
export type CollectOptions = {
  readonly connector?: readonly string[];
  readonly surface?: readonly string[];
  readonly set?: readonly string[];
  readonly record?: string;
  readonly replay?: string;
  readonly timeout?: string;
  readonly maxReportAge?: string;
  readonly concurrency?: number;
  readonly asOf?: string;
} & CacheOptions;
export type CacheOptions = { readonly cacheDir?: string; readonly cache?: boolean };
export type SourceOptions = {
  readonly roster?: string;
  readonly vendors?: string;
  readonly workloads?: readonly string[];
  readonly configFrom?: string;
  readonly acceptSourceChange?: true;
};
export type JudgeOptions = SourceOptions & {
  readonly policy?: readonly string[];
  readonly param?: readonly string[];
  readonly waivers?: readonly string[] | false;
  readonly asOf?: string;
};
export type GateOptions = Partial<Gate>;
export type ReportOptions = { readonly format?: Format; readonly output?: string; readonly limit: number; readonly showSuppressed?: true };

export function addGlobalOptions(command: Command): Command {
  return command
    .optionsGroup('Global:')
    .addOption(option('-c, --config <file>', 'configuration file, by default the nearest overdue.yaml'))
    .addOption(option('--no-config', 'use no configuration file'))
    .addOption(option('-q, --quiet', 'no progress and no notes on stderr'))
    .addOption(option('--no-progress', 'no progress on stderr'))
    .addOption(option('--color <when>', 'colour the output').choices(['auto', 'always', 'never']).default('auto'))
    .addOption(new Option('--no-color', 'same as --color never'));
}

export function addCollectOptions(command: Command): Command {
  return addCacheOptions(command)
    .optionsGroup('Collect:')
    .addOption(option('-p, --connector <ids>', 'connectors to run: aws, azure, gcp, github').argParser(list))
    .addOption(option('--surface <ids>', 'only these surfaces; the others are reported as skipped').argParser(list))
    .addOption(option('--set <connector.setting=value>', 'a connector setting for this run (repeatable)').argParser(repeated))
    .addOption(option('--record <folder>', 'save the traffic, scrubbed, to a new folder'))
    .addOption(option('--replay <folder>', 'serve saved traffic instead of the network'))
    .addOption(
      option('--max-report-age <duration>', "ask again for the last use of what a provider's older report tells").argParser(duration),
    )
    .addOption(option('--timeout <duration>', 'stop after this long, with what there is').argParser(duration))
    .addOption(option('--concurrency <n>', 'surfaces read at once in each connector').argParser(positive));
}

/** For commands that keep something for their next run: answers, and the sizes of the sources. */
export function addCacheOptions(command: Command): Command {
  return command
    .optionsGroup('Cache:')
    .addOption(option('--cache-dir <folder>', 'keep answers and sizes of sources here, by default in the cache of the platform'))
    .addOption(option('--no-cache', 'keep nothing, and use nothing that was kept'));
}

/** The authoritative records to hold owners against. */
export function addSourceOptions(command: Command): Command {
  return command
    .optionsGroup('Sources:')
    .addOption(option('--roster <file>', 'people roster, by default CSV'))
    .addOption(option('--vendors <file>', 'vendor contracts, CSV'))
    .addOption(option('--workloads <files>', 'workload registry, by default Backstage YAML').argParser(list))
    .addOption(option('--accept-source-change', 'take sources that lost more than a fifth since the last run'));
}

export function addJudgeOptions(command: Command): Command {
  return addSourceOptions(command)
    .optionsGroup('Judge:')
    .addOption(option('--policy <file|builtin:set>', 'policy files or shipped sets, by default builtin:baseline').argParser(list))
    .addOption(option('--param <name=value>', 'a policy parameter (repeatable)').argParser(repeated))
    .addOption(option('--waivers <files>', 'waiver files').argParser(list))
    .addOption(option('--no-waivers', 'apply no waivers'))
    .addOption(asOfOption());
}

export function asOfOption(): Option {
  return option('--as-of <time>', 'judge as of this moment: what breaks by then').argParser(moment);
}

export function addGateOptions(command: Command): Command {
  return command
    .optionsGroup('Gate:')
    .addOption(
      option(
        '--config-from <revision>',
        'configuration, policies, waivers and sources as of this revision; what the change relaxes is a finding',
      ),
    )
    .addOption(option('--fail-on <severity>', 'exit 1 on findings at or above, by default high').choices([...severities, 'none']))
    .addOption(
      option('--fail-on-unknown <severity>', 'exit 3 on unknown verdicts at or above, by default none').choices([...severities, 'none']),
    )
    .addOption(
      option('--require-coverage <how>', 'exit 3 on places not looked at, by default declared').choices(['full', 'declared', 'none']),
    );
}

export function addReportOptions(command: Command): Command {
  return command
    .optionsGroup('Output:')
    .addOption(option('-f, --format <format>', 'output format, by default table').choices(formats))
    .addOption(option('-o, --output <file>', 'write to a file; the format follows its ending'))
    .addOption(option('--limit <n>', 'rows in a table').argParser(positive).default(200))
    .addOption(option('--show-suppressed', 'also what waivers cover'));
}

/** An option with its environment variable. */
function option(flags: string, description: string): Option {
  const made = new Option(flags, description);
  const name = made
    .attributeName()
    .replaceAll(/[A-Z]/g, (letter) => `_${letter}`)
    .toUpperCase();
  return made.negate ? made : made.env(`OVERDUE_${name}`);
}

function list(value: string, before: readonly string[] = []): readonly string[] {
  return [
    ...before,
    ...value
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  ];
}

function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function duration(value: string): string {
  if (!new RegExp(durationPattern).test(value)) throw new InvalidArgumentError('Wanted a duration such as 90d, 12h or 10m.');
  return value;
}

function moment(value: string): string {
  const at = instant(value);
  if (at === undefined) throw new InvalidArgumentError('Wanted a moment in UTC such as 2027-01-15 or 2027-01-15T12:00:00Z.');
  return at;
}

function positive(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Wanted a whole number from 1.');
  return number;
}
