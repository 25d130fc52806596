import type { Connector } from '../connector/contract.ts';
import type { Instant } from '../model/instant.ts';
import { type Collected, type InventoryLine, inventoryVersion } from '../model/inventory.ts';
import type { Kind } from '../model/kind.ts';

export type StreamFrame = {
  readonly tool: { readonly name: string; readonly version: string };
  readonly startedAt: Instant;
  now(): Instant;
  /** Asked at the end of the stream. */
  interrupted(): boolean;
};

/** Kinds of all surfaces, each once, by id. */
export function kindsOf(connectors: readonly Connector[]): ReadonlyMap<string, Kind> {
  const kinds = connectors.flatMap((connector) => connector.surfaces.flatMap((surface) => surface.kinds.map(({ kind }) => kind)));
  return new Map(kinds.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((kind) => [kind.id, kind]));
}

/** Kind -> ids of the surfaces that list it. */
export function surfacesByKind(connectors: readonly Connector[]): ReadonlyMap<string, ReadonlySet<string>> {
  const listed = connectors.flatMap(({ surfaces }) =>
    surfaces.flatMap(({ id, kinds }) => kinds.map(({ kind }) => ({ kind: kind.id, id }))),
  );
  return new Map([...Map.groupBy(listed, ({ kind }) => kind)].map(([kind, pairs]) => [kind, new Set(pairs.map(({ id }) => id))]));
}

/** Puts head, kinds and end around what was collected: an inventory that can be judged elsewhere, and is seen to be whole. */
export async function* inventoryStream(
  collected: AsyncIterable<Collected>,
  kinds: ReadonlyMap<string, Kind>,
  { tool, startedAt, now, interrupted }: StreamFrame,
): AsyncGenerator<InventoryLine> {
  let lines = 1 + kinds.size;
  yield { record: 'inventory', schemaVersion: inventoryVersion, tool, startedAt };
  for (const declaration of kinds.values()) yield { record: 'kind', declaration };
  for await (const line of collected) {
    lines += 1;
    yield line;
  }
  yield { record: 'end', finishedAt: now(), lines: lines + 1, interrupted: interrupted() };
}
