import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import { kindsOf } from '../../src/collect/inventory-stream.ts';
import type { InventoryLine, InventoryRecord } from '../../src/model/inventory.ts';
import { placeholder, remediesOf } from '../../src/model/remedy-command.ts';

const kinds = kindsOf(await Promise.all(Object.values(connectors).map((load) => load())));
const remedied = [...kinds.values()].filter(({ remedy }) => remedy !== undefined);
const fields = ['id', 'name', 'identity', 'permission', 'scope', 'details'];

async function golden(connector: string): Promise<readonly InventoryRecord[]> {
  const text = await readFile(new URL(`../../fixtures/golden/${connector}.ndjson`, import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines
    .map((line) => JSON.parse(line) as InventoryLine)
    .filter((line) => line.record === 'credential' || line.record === 'identity' || line.record === 'grant');
}
const records = (await Promise.all(Object.keys(connectors).map(golden))).flat();

test('many kinds say how they are disabled or deleted', () => {
  expect(remedied.length).toBeGreaterThan(40);
});

describe.each(remedied.map((kind) => [kind.id, kind] as const))('%s', (_, kind) => {
  const templates = Object.values(kind.remedy ?? {}).flat();

  test('names only placeholders that a record can fill', () => {
    for (const template of templates) {
      const named = [...template.matchAll(placeholder)];
      expect(template.replaceAll(placeholder, '')).not.toMatch(/[{}'"`$;&|<>\\]/);
      expect(named.filter(([, field]) => !fields.includes(field?.split('.')[0] ?? ''))).toEqual([]);
      expect(named).not.toHaveLength(0);
    }
  });

  test('is filled by some recorded thing of its kind', () => {
    const own = records.filter((record) => record.kind === kind.id).map((record) => remediesOf(kind, record));
    const unfilled = own.filter((steps) => steps.length > 0).map((steps) => steps.filter((each) => 'missing' in each));
    expect(own.length === 0 || unfilled.some((missing) => missing.length === 0), JSON.stringify(unfilled[0])).toBe(true);
  });
});
