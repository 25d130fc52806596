export type ReadThrough<Item> = { readonly items: readonly Item[]; readonly broke?: { readonly error: unknown } };

/** Reads all pages that can be read. What came before a refusal is kept; the caller must pass the refusal on. */
export async function readThrough<Item>(pages: AsyncIterable<readonly Item[]>): Promise<ReadThrough<Item>> {
  const items: Item[] = [];
  try {
    for await (const page of pages) items.push(...page);
  } catch (error) {
    return { items, broke: { error } };
  }
  return { items };
}
