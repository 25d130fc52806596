import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { overdue } from '../../cli/overdue.ts';
import type { Pages } from './index.ts';

/** README with its two output blocks as the program prints them today. */
export async function readmeBlocks(repository: string): Promise<Pages> {
  const text = await readFile(join(repository, 'README.md'), 'utf8');
  const help = await overdue(['--help']);
  const demo = await overdue(['demo']);
  return new Map([['README.md', filled(filled(text, 'help', help.stdout.trimEnd()), 'demo', excerpt(demo.stdout))]]);
}

/** One short group of findings and how the run ends: enough to see what it is. */
function excerpt(output: string): string {
  const sections = output.trim().split('\n\n');
  const shown = sections.find((section) => section.includes('orphan/vendor-ended')) ?? sections[0] ?? '';
  return [shown, '…', ...sections.slice(-1)].join('\n\n');
}

function filled(text: string, name: string, output: string): string {
  const start = `<!-- ${name} -->`;
  const end = `<!-- /${name} -->`;
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`README.md has no block ${start}`);
  return `${before}${start}\n\n\`\`\`\n${output}\n\`\`\`\n\n${end}${after}`;
}
