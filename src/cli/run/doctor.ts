import { Chalk } from 'chalk';
import type { Coverage } from '../../model/coverage.ts';
import { printable } from '../../model/printable.ts';
import { grid } from '../../report/grid.ts';
import { why } from '../../report/wording/why.ts';
import type { Host } from '../host.ts';
import type { CollectOptions, GlobalOptions } from '../options.ts';
import { renderOptions } from '../render-options.ts';
import { enumerate, lackingText } from './enumerate.ts';
import { exitCode } from './exit-code.ts';
import { openRun } from './open-run.ts';

/** Logs in and reads one page of each surface: what works, what does not, and which permission is missing. */
export async function runDoctor(options: CollectOptions & GlobalOptions, host: Host): Promise<number> {
  const run = await openRun(options, host);
  const { colorLevel, width } = renderOptions({ ...options, limit: 1000 }, host);
  const chalk = new Chalk({ level: colorLevel });
  await host.stdout.write(
    `${chalk.bold('configuration')}  ${run.found.file === undefined ? 'none found; flags and environment only' : printable(run.found.file)}\n`,
  );
  await host.stdout.write(`${chalk.bold('connectors')}     ${run.connectors.map(({ id }) => id).join(', ')}\n`);

  const rows: Coverage[] = [];
  const logins: string[][] = [];
  const onLacking = (connector: string, scope: string, permissions: readonly string[]): void => {
    logins.push([connector, printable(scope), lackingText(connector, permissions)]);
  };
  for await (const line of enumerate(run, options, host, { firstPageOnly: true, onLacking })) {
    if (line.record === 'coverage' && line.state !== 'not-enumerable') rows.push(line);
  }
  const cells = rows.map((row) => [
    row.surface,
    printable(row.scope),
    row.state === 'complete' ? chalk.green('can be read') : chalk.yellow(row.state),
    advice(row),
  ]);
  if (logins.length > 0) await host.stdout.write(grid(['Login', 'Scope', 'What it says that it lacks'], logins, width));
  await host.stdout.write(grid(['Surface', 'Scope', 'First page', 'What is missing'], cells, width));
  const closed = rows.filter((row) => row.state !== 'complete' && row.state !== 'skipped');
  const verdict =
    closed.length === 0
      ? chalk.green('everything can be read')
      : chalk.yellow(`${String(closed.length)} of ${String(rows.length)} places cannot be read completely`);
  await host.stdout.write(`${verdict}\n`);
  return exitCode(run.signal, closed.length === 0 ? 0 : 3);
}

function advice(row: Coverage): string {
  if (row.state === 'complete') return row.detail === undefined ? '' : printable(row.detail);
  const needs = row.requires ? `\ngrant ${row.requires.join(', ')} (overdue permissions ${row.connector})` : '';
  return `${why(row.reason)}${row.detail === undefined ? '' : `: ${printable(row.detail)}`}${needs}`;
}
