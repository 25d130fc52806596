import { Chalk } from 'chalk';
import { type Coverage } from '../model/coverage.ts';
import type { Fact } from '../model/fact.ts';
import type { InventoryRecord } from '../model/inventory.ts';
import { printable } from '../model/printable.ts';
import { fact } from '../model/record.ts';
import { coverageSection } from './coverage-section.ts';
import { grid } from './grid.ts';
import type { RenderOptions } from './reporter.ts';
import { date } from './wording/words.ts';

/** What was enumerated, a table for each kind, then the coverage. `-` is absent, `?` unknown. */
export function* inventoryTable(
  records: readonly InventoryRecord[],
  coverage: readonly Coverage[],
  options: RenderOptions,
): Generator<string> {
  const chalk = new Chalk({ level: options.colorLevel });
  for (const [kind, group] of Map.groupBy(records, (record) => record.kind)) {
    yield `\n${chalk.bold(kind)}  ${chalk.dim(String(group.length))}\n`;
    yield grid(
      ['Name', 'Scope', 'Status', 'Created', 'Rotated', 'Last used', 'Expires'],
      group.slice(0, options.limit).map(row),
      options.width,
    );
    if (group.length > options.limit) yield `… and ${String(group.length - options.limit)} more (-f ndjson for all)\n`;
  }
  yield* coverageSection(coverage, chalk, options);
}

function row(record: InventoryRecord): string[] {
  const rotated = record.record === 'credential' ? day(fact(record, 'rotatedAt')) : '';
  return [
    printable(record.name),
    printable(record.scope),
    record.status,
    day(fact(record, 'createdAt')),
    rotated,
    day(fact(record, 'lastUsedAt')),
    day(fact(record, 'expiresAt')),
  ];
}

function day(value: Fact<string>): string {
  if (value.state === 'known') return date(value.value);
  return value.state === 'absent' ? '-' : '?';
}
