import type { ChalkInstance } from 'chalk';
import type { Coverage } from '../model/coverage.ts';
import { grid } from './grid.ts';
import { printable } from '../model/printable.ts';
import type { RenderOptions } from './reporter.ts';
import { why } from './wording/why.ts';

/** What was looked at and what was not: printed by every run, also when there is nothing to find. */
export function* coverageSection(coverage: readonly Coverage[], chalk: ChalkInstance, options: RenderOptions): Generator<string> {
  const looked = coverage.filter((row) => row.state !== 'not-enumerable');
  yield `\n${chalk.bold('Coverage')}\n`;
  if (looked.length === 0) yield 'nothing was looked at\n';
  else
    yield grid(
      ['Surface', 'Scope', 'State', 'Records'],
      looked.slice(0, options.limit).map((row) => cells(row, chalk)),
      options.width,
    );
  if (looked.length > options.limit) yield `… and ${String(looked.length - options.limit)} more places (-f json for all)\n`;
  const invisible = coverage.flatMap((row) =>
    row.state === 'not-enumerable' ? [[row.surface, printable(row.detail ?? why(row.reason))]] : [],
  );
  if (invisible.length === 0) return;
  yield `\n${chalk.bold('Never visible')}  ${chalk.dim('no API lists it')}\n`;
  yield grid(['What', 'Why'], invisible, options.width);
}

function cells(row: Coverage, chalk: ChalkInstance): string[] {
  return [row.surface, printable(row.scope), state(row, chalk), String(row.count)];
}

function state(row: Coverage, chalk: ChalkInstance): string {
  if (row.state === 'complete')
    return `${chalk.green('complete')}${row.detail === undefined ? '' : chalk.dim(`: ${printable(row.detail)}`)}`;
  const color = row.state === 'skipped' || row.state === 'not-enabled' ? chalk.dim : chalk.yellow;
  const needs = row.requires ? `\nneeds ${row.requires.join(', ')}` : '';
  return `${color(row.state)}: ${why(row.reason)}${row.detail === undefined ? '' : `\n${printable(row.detail)}`}${needs}`;
}
