import { inventoryStream, kindsOf } from '../../collect/inventory-stream.ts';
import { isBlind } from '../../model/coverage.ts';
import type { InventoryLine } from '../../model/inventory.ts';
import { type Host, tool } from '../host.ts';
import type { CollectOptions, GlobalOptions } from '../options.ts';
import { writeOutput } from '../write-output.ts';
import { exitCode } from './exit-code.ts';
import { enumerate } from './enumerate.ts';
import { openRun } from './open-run.ts';

export async function runCollect(options: CollectOptions & GlobalOptions & { readonly output?: string }, host: Host): Promise<number> {
  const run = await openRun(options, host);
  const startedAt = run.network.now();
  const lines = inventoryStream(enumerate(run, options, host), kindsOf(run.connectors), {
    tool: tool(host),
    startedAt,
    now: run.network.now,
    interrupted: () => run.signal.aborted,
  });
  let blind = false;
  await writeOutput(
    ndjson(lines, (line) => {
      if (line.record === 'coverage' && isBlind(line)) blind = true;
    }),
    options.output,
    host,
  );
  return exitCode(run.signal, blind ? 3 : 0);
}

async function* ndjson(lines: AsyncIterable<InventoryLine>, watch: (line: InventoryLine) => void): AsyncGenerator<string> {
  for await (const line of lines) {
    watch(line);
    yield `${JSON.stringify(line)}\n`;
  }
}
