import type { Look } from '../../src/connector/contract.ts';
import { required } from '../../src/connector/item.ts';
import { type Json, textIn } from './answer.ts';
import { itemsOfParts } from './parts.ts';
import { nameOr } from './session.ts';

type Pools<Item> = {
  readonly pools: AsyncIterable<readonly Json[]>;
  readonly noun: 'workload-identity-pool' | 'workforce-pool';
  /** `name`: the resource name of the pool. */
  read(name: string, pool: Json): Promise<readonly Item[]>;
};

/** What is read provider by provider of one pool; one that cannot be read hides no other. */
export async function itemsOfProviders<Item>(
  look: Look,
  providers: readonly Json[],
  read: (name: string) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  const pages = itemsOfParts(look, {
    parts: [providers],
    width: 2,
    scopeOf: (provider) => `identity-provider/${nameOr(provider, 'name', 'unnamed').replace(/^.*Pools\//, '')}`,
    read: (provider) => read(required(textIn(provider, 'name'), 'name')),
  });
  return (await Array.fromAsync(pages)).flat();
}

/** What is read pool by pool; one that cannot be read hides no other. */
export function itemsOfPools<Item>(look: Look, { pools, noun, read }: Pools<Item>): AsyncGenerator<readonly Item[]> {
  return itemsOfParts(look, {
    parts: pools,
    width: 4,
    scopeOf: (pool) => `${noun}/${nameOr(pool, 'name', 'unnamed').replace(/.*\//, '')}`,
    read: (pool) => read(required(textIn(pool, 'name'), 'name'), pool),
  });
}
