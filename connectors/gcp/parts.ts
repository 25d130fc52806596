import type { Look } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';

export type Parts<Part, Item> = {
  readonly parts: AsyncIterable<readonly Part[]> | Iterable<readonly Part[]>;
  /** Read at once. */
  readonly width: number;
  /** The row of a part that cannot be read: `service-account/…`. */
  scopeOf(part: Part): string;
  read(part: Part): Promise<readonly Item[]>;
};

type Unread = { readonly scope: string; readonly error: unknown };

/**
 * One call for each part, where Google has no list of the whole. A part that cannot be read is a gap and hides no other; when none can
 * be read, the surface itself is refused, in one row and not in hundreds.
 */
export async function* itemsOfParts<Part, Item>(
  look: Look,
  { parts, width, scopeOf, read }: Parts<Part, Item>,
): AsyncGenerator<readonly Item[]> {
  const unread: Unread[] = [];
  let hasRead = false;
  for await (const page of parts) {
    const items: Item[] = [];
    const answers = fanOut(page, width, async (part): Promise<{ readonly items: readonly Item[] } | Unread> => {
      try {
        return { items: await read(part) };
      } catch (error) {
        return { scope: scopeOf(part), error };
      }
    });
    for await (const answer of answers) {
      if ('error' in answer) unread.push(answer);
      else {
        hasRead = true;
        items.push(...answer.items);
      }
    }
    if (!hasRead) continue;
    for (const { scope, error } of unread.splice(0)) look.gap(scope, error);
    yield items;
  }
  if (unread[0]) throw unread[0].error;
}
