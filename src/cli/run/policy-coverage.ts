import { didYouMean } from '../../document/suggest.ts';
import { OperatorError } from '../../model/operator-error.ts';
import { printable } from '../../model/printable.ts';
import { type FrameworkCoverage, type RequirementCoverage, frameworkCoverage } from '../../policy/frameworks/coverage.ts';
import { loadPolicies } from '../../policy/load.ts';
import type { Policy } from '../../policy/policy.ts';
import { grid } from '../../report/grid.ts';
import type { Host } from '../host.ts';
import type { GlobalOptions, JudgeOptions } from '../options.ts';
import { shippedFolder, shippedPolicies } from '../shipped-files.ts';
import { renderOptions } from '../render-options.ts';
import { openPolicies } from './policy-set.ts';

type Options = JudgeOptions & GlobalOptions & { readonly framework?: string; readonly format: 'table' | 'json' };

/** Which requirements of a framework the policies in force test; without a framework, a summary of all. It judges nothing: exit 0. */
export async function runPolicyCoverage(options: Options, host: Host): Promise<number> {
  const { policies, notInForce, frameworks } = await openPolicies(options, host);
  const { framework: wanted } = options;
  if (wanted !== undefined && !frameworks.has(wanted))
    throw new OperatorError('usage', { message: `there is no framework ${wanted}`, hint: didYouMean(wanted, [...frameworks.keys()]) });

  const others = await shippedOf(notInForce, host);
  const coverages = [...frameworks.values()]
    .filter(({ id }) => wanted === undefined || id === wanted)
    .map((framework) => frameworkCoverage(framework, policies, others));
  if (options.format === 'json') {
    await host.stdout.write(`${JSON.stringify({ frameworks: coverages.map(plain) }, undefined, 2)}\n`);
    return 0;
  }
  const { width } = renderOptions({ ...options, limit: 1 }, host);
  await host.stdout.write(wanted === undefined ? summary(coverages, width) : coverages.map((each) => inFull(each, width)).join(''));
  return 0;
}

/** Of these ids, the policies that ship. */
async function shippedOf(ids: ReadonlySet<string>, host: Host): Promise<readonly Policy[]> {
  const files = (await shippedPolicies(host)).filter(({ file }) => !file.startsWith(`${shippedFolder}sets/`));
  return loadPolicies({ files, builtin: [] }).policies.filter(({ id }) => ids.has(id));
}

function summary(coverages: readonly FrameworkCoverage[], width: number): string {
  const rows = coverages.map(({ framework, counts }) => [
    // One below the other: an id that is broken over two lines cannot be copied.
    `${printable(framework.id)}\n${printable(`${framework.title} ${framework.version}`)}`,
    ...[counts.full, counts.part, counts.missing, counts.none].map(String),
  ]);
  const table = grid(['Framework', 'In full', 'In part', 'Not by these', 'By no test'], rows, width);
  return `${table}Requirements that the policies in force test. --framework <id> shows each with its policies, and what is missing.\n`;
}

function inFull({ framework, requirements, counts }: FrameworkCoverage, width: number): string {
  const { title, version, source, verified, titles, extent } = framework;
  const head = [
    `${title} ${version}`,
    `${source}, ids${titles === 'original' ? ' and titles' : ''} compared on ${verified}${titles === 'original' ? '' : '; titles are ours'}`,
    `Listed: ${extent}`,
  ];
  const rows = requirements.map((each) => [printable(each.id), printable(each.title), words[each.coverage], detail(each)]);
  const table = grid(['Requirement', 'Title', 'Tested', 'By, and what is missing'], rows, width);
  const limits = 'A limit that you raise (policy list shows them) may ask for less than the requirement does.';
  const total = `${limits}\n${String(requirements.length)} requirements: ${String(counts.full)} tested in full, ${String(counts.part)} in part, ${String(counts.missing)} not by these policies, ${String(counts.none)} by no test\n`;
  return `${head.map(printable).join('\n')}\n\n${table}${total}`;
}

const words = { full: 'in full', part: 'in part', missing: 'not by these', none: 'by no test' } as const;

function detail({ policies, others, because }: RequirementCoverage): string {
  const lines = [
    ...policies,
    ...(others.length > 0 ? [`shipped, not in force: ${others.join(', ')}`] : []),
    ...(because === undefined ? [] : [because]),
  ];
  return lines.map(printable).join('\n');
}

function plain({ framework, requirements, counts }: FrameworkCoverage) {
  const { id, title, version, source, verified, titles, extent } = framework;
  return { id, title, version, source, verified, titles, extent, counts, requirements };
}
