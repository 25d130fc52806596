export type ReadThrough<Item> = {
  readonly items: readonly Item[];
  /** The same, page by page. */
  readonly pages: readonly (readonly Item[])[];
  readonly broke?: { readonly error: unknown };
};

/** Reads all pages that can be read. What came before a refusal is kept; the caller must pass the refusal on. */
export async function readThrough<Item>(pages: AsyncIterable<readonly Item[]>): Promise<ReadThrough<Item>> {
  const read: (readonly Item[])[] = [];
  try {
    for await (const page of pages) read.push(page);
  } catch (error) {
    return { items: read.flat(), pages: read, broke: { error } };
  }
  return { items: read.flat(), pages: read };
}
