import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { overdue } from '../../cli/overdue.ts';
import { filled } from './block.ts';
import type { Pages } from './pages.ts';

/** README with its two output blocks as the program prints them today. */
export async function readmeBlocks(repository: string): Promise<Pages> {
  const text = await readFile(join(repository, 'README.md'), 'utf8');
  const help = await overdue(['--help']);
  const demo = await overdue(['demo']);
  return new Map([['README.md', filled(filled(text, 'help', fenced(help.stdout.trimEnd())), 'demo', fenced(excerpt(demo.stdout)))]]);
}

/** One short group of findings and how the run ends: enough to see what it is. */
function excerpt(output: string): string {
  const sections = output.trim().split('\n\n');
  const shown = sections.find((section) => section.includes('sharing/reused-key')) ?? sections[0] ?? '';
  return [shown, '…', ...sections.slice(-1)].join('\n\n');
}

function fenced(output: string): string {
  return `\`\`\`\n${output}\n\`\`\``;
}
