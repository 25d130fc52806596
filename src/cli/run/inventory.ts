import picomatch from 'picomatch';
import { type Coverage, isBlind } from '../../model/coverage.ts';
import type { Collected, InventoryRecord } from '../../model/inventory.ts';
import type { RenderOptions } from '../../report/reporter.ts';
import { inventoryTable } from '../../report/inventory-table.ts';
import type { Host } from '../host.ts';
import type { CollectOptions, GlobalOptions } from '../options.ts';
import { renderOptions } from '../render-options.ts';
import { writeOutput } from '../write-output.ts';
import { enumerate } from './enumerate.ts';
import { exitCode } from './exit-code.ts';
import { type Run, openRun } from './open-run.ts';
import { readInventory } from './read-inventory.ts';

type Options = CollectOptions & GlobalOptions & { readonly format: 'table' | 'ndjson'; readonly kind?: readonly string[] };

export async function runInventory(path: string | undefined, options: Options, host: Host): Promise<number> {
  const { lines, signal } = path === undefined ? await fresh(options, host) : await saved(path, host);
  const wanted = options.kind === undefined ? () => true : picomatch([...options.kind]);
  const coverage: Coverage[] = [];
  const kept = filtered(lines, wanted, coverage);
  if (options.format === 'ndjson') await writeOutput(ndjson(kept), undefined, host);
  else await writeOutput(inventoryTable(await Array.fromAsync(kept), coverage, tableOptions(options, host)), undefined, host);
  return exitCode(signal, coverage.some(isBlind) ? 3 : 0);
}

type Source = { readonly lines: AsyncIterable<Collected>; readonly signal: AbortSignal };

async function fresh(options: Options, host: Host): Promise<Source> {
  const run: Run = await openRun(options, host);
  return { lines: enumerate(run, options, host), signal: run.signal };
}

async function saved(path: string, host: Host): Promise<Source> {
  const { lines } = await readInventory(path, host);
  return { lines, signal: host.signal };
}

async function* filtered(lines: Source['lines'], wanted: (kind: string) => boolean, coverage: Coverage[]): AsyncGenerator<InventoryRecord> {
  for await (const line of lines) {
    if (line.record === 'coverage') coverage.push(line);
    else if (line.record !== 'scope' && wanted(line.kind)) yield line;
  }
}

async function* ndjson(records: AsyncIterable<InventoryRecord>): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(record)}\n`;
}

function tableOptions(options: Options, host: Host): RenderOptions {
  return renderOptions({ ...options, limit: 200 }, host);
}
