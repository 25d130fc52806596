import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { OperatorError } from '../../model/operator-error.ts';
import { printable } from '../../model/printable.ts';
import type { Host } from '../host.ts';
import { type RosterProposal, proposeRoster } from '../roster-proposal.ts';
import { schemaLine } from '../schema-line.ts';
import { startingConfig, startingPolicies, startingWaivers } from '../starting-files.ts';
import { loadConnectors, mustKnow } from './open-run.ts';

type Options = { readonly connector?: readonly string[]; readonly roster?: string; readonly yes?: true };

const copies = '.overdue/';

/** Writes a set-up to start from, whole or not at all. What is not sure is not written, unless `--yes` takes it. */
export async function runInit({ connector = [], roster, yes }: Options, host: Host): Promise<number> {
  const known = (await loadConnectors(host)).map(({ id }) => id);
  for (const id of connector) mustKnow(id, known, 'connector');
  const proposal = roster === undefined ? undefined : await proposeRoster(roster, host);
  if (proposal) await host.stderr.write(proposalText(proposal));
  refuse(proposal, yes === true);
  const files = await withSchemas(
    {
      'overdue.yaml': { schema: 'config.schema.json', text: startingConfig(known, connector, proposal) },
      'waivers.yaml': { schema: 'waivers.schema.json', text: startingWaivers },
      'policies.yaml': { schema: 'policy.schema.json', text: startingPolicies },
    },
    host,
  );
  await writeAll(files, host);
  await host.stdout.write(`${[...files.keys()].join('\n')}\n\n${next(connector)}`);
  return 0;
}

/** What stands in the way of writing, or of writing without being asked. */
function refuse(proposal: RosterProposal | undefined, takeUnsure: boolean): void {
  if (!proposal) return;
  const { file, lacking, columns, outcome } = proposal;
  if (lacking.length > 0) {
    throw new OperatorError('roster-unclear', {
      message: `no header of ${file} stands for ${lacking.join(', ')}`,
      hint: 'add the column to the export, or map it under sources.people.columns in a configuration of your own',
      position: { file, line: 1 },
    });
  }
  if ('mistakes' in outcome) throw new OperatorError('source-invalid', outcome.mistakes);
  const unsure = columns.filter(({ isSure }) => !isSure);
  if (unsure.length === 0 || takeUnsure) return;
  throw new OperatorError('roster-unclear', {
    message: `not sure of ${unsure.map(({ column }) => column).join(', ')}; nothing was written`,
    hint: '--yes takes the first header of each and marks it in overdue.yaml',
    position: { file, line: 1 },
  });
}

function proposalText({ file, format, columns, unused, outcome }: RosterProposal): string {
  const lines = columns.map(({ column, headers, isSure, doubt }) => {
    const from = headers.map((header) => printable(header)).join(' or ');
    return `  ${column.padEnd(16)} ${from}${isSure ? '' : `   not sure: ${doubt ?? ''}`}\n`;
  });
  const rest = unused.length === 0 ? '' : `  not used: ${unused.map((header) => printable(header)).join(', ')}\n`;
  const read = 'people' in outcome ? `  ${String(outcome.people)} people can be read\n` : '';
  return `${printable(file)} (${format})\n${lines.join('')}${rest}${read}\n`;
}

type Draft = { readonly schema: string; readonly text: string };

/** Each file with the line that names its schema; copies of the schemas where the installed ones lie elsewhere. */
async function withSchemas(drafts: Readonly<Record<string, Draft>>, host: Host): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const schemas = new Map<string, string>();
  for (const [name, { schema, text }] of Object.entries(drafts)) {
    const { line, copy } = schemaLine(resolve(host.cwd, name), host, { name: schema, folder: copies });
    files.set(name, `${line}${text}`);
    if (copy !== undefined) schemas.set(copy, await readFile(join(host.packageRoot, 'schemas', schema), 'utf8'));
  }
  return new Map([...files, ...schemas]);
}

async function writeAll(files: ReadonlyMap<string, string>, { cwd }: Host): Promise<void> {
  const there = [...files.keys()].filter((name) => existsSync(resolve(cwd, name)));
  if (there.length > 0) {
    throw new OperatorError(
      'file-exists',
      there.map((name) => ({
        message: `${name} is there already, and nothing is overwritten`,
        hint: 'run init in an empty folder',
        position: { file: name },
      })),
    );
  }
  for (const [name, text] of files) {
    await mkdir(dirname(resolve(cwd, name)), { recursive: true });
    await writeFile(resolve(cwd, name), text, { flag: 'wx' });
  }
}

function next(connectors: readonly string[]): string {
  const steps = [
    ...(connectors.length === 0
      ? ['choose connectors in overdue.yaml']
      : ['overdue doctor          # can it log in, and read everything?']),
    'overdue owners check    # do the names lead to people?',
    'overdue scan',
  ];
  return `Next:\n${steps.map((step) => `  ${step}\n`).join('')}`;
}
