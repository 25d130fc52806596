import type { ChalkInstance } from 'chalk';
import { day } from '../model/duration.ts';
import { severities } from '../model/finding.ts';
import { epoch } from '../model/instant.ts';
import type { Result } from '../model/result.ts';
import { printable } from '../model/printable.ts';

export function* summaryLines(result: Result, chalk: ChalkInstance): Generator<string> {
  const { summary, exit } = result;
  const { pass, fail, unknown, notApplicable } = summary.verdicts;
  yield `\n${counted(summary.credentials, 'credential')}, ${counted(summary.identities, 'identity', 'identities')}; verdicts: `;
  yield `${String(pass)} pass, ${String(fail)} fail, ${String(unknown)} unknown, ${String(notApplicable)} not applicable\n`;
  yield `findings: ${bySeverity(result)}; ${String(summary.waived)} waived\n`;
  if (Math.abs(epoch(result.asOf) - epoch(result.startedAt)) >= day)
    yield `judged as of ${result.asOf}, from facts of ${result.startedAt}: what changes in between is not known\n`;
  const disabled = result.policies.filter((policy) => policy.disabled).map((policy) => policy.id);
  if (disabled.length > 0) yield `disabled policies: ${disabled.map(printable).join(', ')}\n`;
  if (result.interrupted) yield `${chalk.yellow('interrupted: what was not read is marked in the coverage')}\n`;
  yield `${chalk.bold(`exit ${String(exit.code)}`)}: ${exit.reasons.map(printable).join('; ')}\n`;
}

function bySeverity({ summary }: Result): string {
  const parts = severities
    .toReversed()
    .filter((severity) => summary.bySeverity[severity] > 0)
    .map((severity) => `${String(summary.bySeverity[severity])} ${severity}`);
  return parts.length > 0 ? parts.join(', ') : 'none';
}

function counted(number: number, one: string, many = `${one}s`): string {
  return `${String(number)} ${number === 1 ? one : many}`;
}
