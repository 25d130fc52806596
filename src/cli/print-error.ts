import { Chalk } from 'chalk';
import { type Mistake, OperatorError, type Position } from '../model/operator-error.ts';
import { printable } from '../model/printable.ts';
import type { ColorLevel } from './color.ts';

/** A roster of ten thousand rows may be wrong in each of them, and a terminal keeps the last lines only. */
const mostShown = 100;

/** What an error looks like on stderr: the operator's mistake in a few lines, our bug with its stack and how to report it. */
export function errorText(error: unknown, level: ColorLevel): string {
  const chalk = new Chalk({ level });
  if (error instanceof OperatorError) {
    const head = (code = error.code) => `${chalk.red.bold('error')}${chalk.dim(`[${code}]`)}`;
    const shown = error.mistakes.slice(0, mostShown).map((mistake) => mistakeText(mistake, head(mistake.code)));
    const more = error.mistakes.length - shown.length;
    return `${shown.join('')}${more > 0 ? `${head()}: and ${String(more)} more\n` : ''}`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${chalk.red.bold('internal error')}: this is a bug in overdue, not in your set-up\n${stack}\nPlease report it with the command and this text; it holds no secret values.\n`;
}

function mistakeText({ message, hint, position }: Mistake, head: string): string {
  const where = position === undefined ? '' : ` ${place(position)}`;
  const frame = position?.frame === undefined ? '' : `${position.frame}\n`;
  const next = hint === undefined ? '' : `  ${printable(hint)}\n`;
  return `${head}${where}: ${printable(message)}\n${frame}${next}`;
}

function place({ file, line, column }: Position): string {
  return [printable(file), line, column].filter((part) => part !== undefined).join(':');
}
