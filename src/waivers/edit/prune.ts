import { type Edit, applied } from './apply.ts';
import { type Block, blockWithGap } from './block.ts';
import { type Page, type Place, listOf } from './page.ts';

/** The text of the file without some of its waivers, and without the comments that belong to them. */
export function without(page: Page, ids: ReadonlySet<string>): string {
  const gone = page.entries.filter(({ entry }) => ids.has(entry.id));
  return applied(page, {
    edits: gone.some(({ dash }) => dash === -1)
      ? undefined
      : [...apart(gone.map((place) => blockWithGap(page, place))).map((block) => ({ ...block, text: '' })), ...emptied(page, gone)],
    remodel: (documents) => {
      for (const { document, at } of gone.toReversed()) documents[document]?.deleteIn(['waivers', at]);
    },
  });
}

/** Neighbours may both claim the blank lines between them. */
function apart(blocks: readonly Block[]): readonly Block[] {
  return blocks.map(({ start, end }, at) => ({ start: Math.max(start, blocks[at - 1]?.end ?? 0), end }));
}

/** A list that loses all its items is written `[]`: nothing at all would not be a list. */
function emptied(page: Page, gone: readonly Place[]): readonly Edit[] {
  return page.documents.flatMap((document, index) => {
    const all = page.entries.filter((place) => place.document === index).length;
    const range = listOf(document)?.range;
    if (!range || all === 0 || gone.filter((place) => place.document === index).length < all) return [];
    const colon = page.text.slice(0, range[0]).lastIndexOf('waivers:') + 'waivers:'.length;
    return [{ start: colon, end: colon, text: ' []' }];
  });
}
