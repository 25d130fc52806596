import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import type { InventoryLine } from '../../src/model/inventory.ts';
import type { Provenance } from '../../src/model/provenance.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');

/** What facts a call told of a kind, in the recorded runs. */
async function toldIn(connector: string): Promise<ReadonlySet<string>> {
  const lines = (await readFile(join(fixtures, `golden/${connector}.ndjson`), 'utf8')).split('\n').filter((line) => line !== '');
  return new Set(
    lines
      .map((line) => JSON.parse(line) as InventoryLine)
      .flatMap((line) => ('evidence' in line && 'kind' in line ? line.evidence.map((each) => ({ kind: line.kind, ...each })) : []))
      .flatMap(({ kind, operation, fields }: Provenance & { readonly kind: string }) =>
        fields.map((fact) => `${kind} ${operation} ${fact}`),
      ),
  );
}

async function trafficOf(connector: string): Promise<string> {
  const folder = join(fixtures, 'company/traffic', connector);
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n').toLowerCase();
}

const all = await Promise.all(Object.values(connectors).map((load) => load()));
/** A call that several surfaces share is declared once, with what any of them reads from it. */
const named = all.flatMap(({ id, surfaces }) => {
  const uses = surfaces.flatMap(({ kinds, operations }) =>
    operations.map((operation) => ({ operation, kinds: kinds.map(({ kind }) => kind.id) })),
  );
  const shared = Map.groupBy(
    uses.filter(({ operation }) => operation.fields !== undefined),
    ({ operation }) => operation.call,
  );
  return [...shared].map(([call, users]) => ({
    connector: id,
    call,
    kinds: users.flatMap(({ kinds }) => kinds),
    fields: users.map(({ operation }) => operation.fields ?? {}),
  }));
});
const told = new Map(await Promise.all(all.map(async ({ id }) => [id, await toldIn(id)] as const)));
const traffic = new Map(await Promise.all(all.map(async ({ id }) => [id, await trafficOf(id)] as const)));

test('most that matters names the fields it is read from', () => {
  expect(new Set(named.flatMap(({ kinds }) => kinds)).size).toBeGreaterThan(40);
  expect(new Set(named.map(({ connector }) => connector))).toEqual(new Set(Object.keys(connectors)));
});

describe.each(named.map((each) => [each.call, each] as const))('%s', (call, { connector, kinds, fields }) => {
  test('names fields of facts that it tells', () => {
    const facts = fields.flatMap((each) => Object.keys(each));
    const untold = facts.filter((fact) => !kinds.some((kind) => told.get(connector)?.has(`${kind} ${call} ${fact}`)));
    expect(untold).toEqual([]);
  });

  test('names fields that the provider sends', () => {
    const isSent = (name: string) => name.split('.').every((part) => traffic.get(connector)?.includes(part.toLowerCase()));
    const unsent = fields.flatMap((each) => Object.values(each)).filter((names) => ![names].flat().some(isSent));
    expect(unsent).toEqual([]);
  });
});
