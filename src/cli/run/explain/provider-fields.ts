import type { Connector, Operation } from '../../../connector/contract.ts';
import type { InventoryRecord } from '../../../model/inventory.ts';

/** What the provider itself calls the field that a fact was read from, by the call that answered with it; undefined where nobody wrote that down. */
export type FieldNames = (operation: string, fact: string) => string | undefined;

export function fieldNames(connectors: readonly Connector[], kind: InventoryRecord['kind']): FieldNames {
  const operations = connectors
    .flatMap(({ surfaces }) => surfaces)
    .filter(({ kinds }) => kinds.some((each) => each.kind.id === kind))
    .flatMap((surface) => surface.operations);
  return (call, fact) =>
    operations
      .filter((each) => each.call === call)
      .map((each) => fieldName(each, fact))
      .find((name) => name !== undefined);
}

export function fieldName({ fields }: Operation, fact: string): string | undefined {
  const name = new Map(Object.entries(fields ?? {})).get(fact);
  return typeof name === 'object' ? name.join(' or ') : name;
}
