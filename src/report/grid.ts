import Table from 'cli-table3';

/** A bordered table that fits the width. Borders and heads are uncoloured: cli-table3 colours them on its own, past NO_COLOR. */
export function grid(head: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  const colWidths = columns(head, rows, width);
  const cells = rows.map((row) => row.map((cell, index) => breakLong(cell, (colWidths[index] ?? 0) - 2)));
  // Lines between rows only where a row is more than one line: else they are noise.
  const compact = cells.every((row) =>
    row.every((cell, index) => !cell.includes('\n') && visible(cell).length <= (colWidths[index] ?? 0) - 2),
  );
  const drawn = new Table({
    head: [...head],
    colWidths,
    wordWrap: true,
    wrapOnWordBoundary: true,
    style: { head: [], border: [], compact },
  });
  drawn.push(...cells);
  return `${drawn.toString()}\n`;
}

/** Natural widths where they fit; else the widest columns give way first, none below 12. */
function columns(head: readonly string[], rows: readonly (readonly string[])[], width: number): number[] {
  const natural = head.map((title, index) => Math.max(title.length, ...rows.map((row) => longestLine(row[index] ?? ''))) + 2);
  const room = Math.max(width - head.length - 1, head.length * 12);
  while (sum(natural) > room) {
    const widest = natural.indexOf(Math.max(...natural));
    const size = natural[widest] ?? 0;
    if (size <= 12) break;
    natural[widest] = size - 1;
  }
  return natural;
}

/** cli-table3 cuts a word that is longer than its column; an identifier must stay whole, so it is broken over lines instead. */
function breakLong(cell: string, width: number): string {
  return cell.replaceAll(/\S+/g, (word) =>
    visible(word).length <= width || word.includes('\u001b')
      ? word
      : (word.match(new RegExp(`.{1,${String(width)}}`, 'gu')) ?? [word]).join('\n'),
  );
}

function longestLine(cell: string): number {
  return Math.max(
    ...visible(cell)
      .split('\n')
      .map((line) => line.length),
  );
}

function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colour codes
  return text.replaceAll(/\u001b\[[\d;]*m/g, '');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
