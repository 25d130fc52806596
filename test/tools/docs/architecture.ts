import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { layerTable, ruleList } from '../layers/layer-table.ts';
import { filled } from './block.ts';
import type { Pages } from './pages.ts';

/** The layer rules inside the page that explains them. */
export async function architectureBlocks(repository: string): Promise<Pages> {
  const path = 'docs/architecture.md';
  const text = await readFile(join(repository, path), 'utf8');
  return new Map([[path, filled(filled(text, 'layers', layerTable()), 'rules', ruleList())]]);
}
