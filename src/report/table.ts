import { Chalk, type ChalkInstance } from 'chalk';
import type { Finding, Severity } from '../model/finding.ts';
import { coverageSection } from './coverage-section.ts';
import { grid } from './grid.ts';
import { printable } from '../model/printable.ts';
import type { Reporter, RenderOptions } from './reporter.ts';
import { summaryLines } from './summary.ts';
import { undecidedSection } from './undecided-section.ts';

export const table: Reporter = {
  id: 'table',
  description: 'For people: findings by theme, then coverage, then the reason for the exit code.',
  *render(result, options) {
    const chalk = new Chalk({ level: options.colorLevel });
    yield* findingsSection(result.findings, chalk, options);
    if (options.showSuppressed) yield* waivedSection(result.waived, chalk, options);
    yield* coverageSection(result.coverage, chalk, options);
    yield* summaryLines(result, chalk);
  },
};

function* findingsSection(findings: readonly Finding[], chalk: ChalkInstance, options: RenderOptions): Generator<string> {
  const failed = findings.filter((finding) => finding.verdict === 'fail');
  const shown = failed.slice(0, options.limit);
  for (const [policy, group] of byPolicy(shown)) {
    const [first] = group;
    if (!first) continue;
    yield `\n${paint(chalk, first.severity)}  ${chalk.bold(printable(first.title))}  ${chalk.dim(policy)}\n`;
    yield grid(
      ['Subject', 'Why', 'Owner'],
      group.map((finding) => row(finding, chalk)),
      options.width,
    );
    yield `${chalk.dim(`  fix: ${printable(first.remediation)}`)}\n`;
  }
  if (failed.length > shown.length) yield `\n… and ${String(failed.length - shown.length)} more findings (--limit, or -f json for all)\n`;
  yield* undecidedSection(
    findings.filter((finding) => finding.verdict === 'unknown'),
    chalk,
    options,
  );
}

function row(finding: Finding, chalk: ChalkInstance): string[] {
  const { subject } = finding;
  return [
    `${printable(subject.name)}\n${chalk.dim(subject.kind)}\n${chalk.dim(printable(subject.scope))}`,
    `${printable(finding.reason)}\n${chalk.dim(finding.id)}`,
    ownerCell(finding),
  ];
}

function ownerCell({ owners }: Finding): string {
  const [first, ...rest] = owners;
  if (!first) return '-';
  const state = first.state === 'active' ? '' : ` (${first.state})`;
  return `${printable(first.ref)}${state}${rest.length > 0 ? ` +${String(rest.length)}` : ''}`;
}

function* waivedSection(findings: readonly Finding[], chalk: ChalkInstance, options: RenderOptions): Generator<string> {
  if (findings.length === 0) return;
  yield `\n${chalk.bold('Waived')}  ${chalk.dim('found, and suppressed for a time')}\n`;
  const rows = findings
    .slice(0, options.limit)
    .map((finding) => [
      `${printable(finding.subject.name)}\n${chalk.dim(finding.subject.kind)}`,
      `${finding.policy}\n${printable(finding.reason)}`,
      waiverCell(finding),
    ]);
  yield grid(['Subject', 'Policy', 'Waiver'], rows, options.width);
}

function waiverCell({ waiver }: Finding): string {
  if (!waiver) return '';
  const { id, expires, approver, reason, ticket } = waiver;
  const until = `${id} until ${expires.slice(0, 10)}${ticket === undefined ? '' : `, ${ticket}`}`;
  return [until, `approved by ${approver}`, reason].map(printable).join('\n');
}

function byPolicy(findings: readonly Finding[]): Map<string, Finding[]> {
  return Map.groupBy(findings, (finding) => finding.policy);
}

const colors = { critical: 'redBright', high: 'red', medium: 'yellow', low: 'cyan', info: 'gray' } as const satisfies Record<
  Severity,
  string
>;

function paint(chalk: ChalkInstance, severity: Severity): string {
  return chalk[colors[severity]].bold(severity.toUpperCase());
}
