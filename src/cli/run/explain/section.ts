import { printable } from '../../../model/printable.ts';

/** One line of a section: what it is, and what is known of it. */
export type Row = readonly [label: string, text: string];

/** A titled list with its labels in one column; nothing where there are no rows. Whatever a provider or a file says is made safe to print. */
export function section(title: string, rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const width = Math.max(...rows.map(([label]) => printable(label).length));
  const lines = rows.map(([label, text]) => {
    const [first = '', ...more] = text.split('\n').map(printable);
    const rest = more.map((line) => `\n  ${' '.repeat(width)}  ${line}`).join('');
    return `  ${printable(label).padEnd(width)}  ${first}${rest}`.trimEnd();
  });
  return `\n${title}\n${lines.join('\n')}\n`;
}
