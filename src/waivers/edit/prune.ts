import { type Edit, applied } from './apply.ts';
import { type Block, blockOf, withGap } from './block.ts';
import { type Page, type Place, listOf } from './page.ts';

/** The text of the file without some of its waivers, and without the comments that belong to them. */
export function without(page: Page, ids: ReadonlySet<string>): string {
  const gone = page.entries.filter(({ entry }) => ids.has(entry.id));
  return applied(page, {
    edits: gone.some(({ dash }) => dash === -1)
      ? undefined
      : [...runsOf(page, gone).map((block) => ({ ...block, text: '' })), ...emptied(page, gone)],
    remodel: (documents) => {
      for (const { document, at } of gone.toReversed()) documents[document]?.deleteIn(['waivers', at]);
    },
  });
}

/** Neighbours go as one, so that what stood between them goes as well. */
function runsOf(page: Page, gone: readonly Place[]): readonly Block[] {
  const runs: { last: Place; block: Block }[] = [];
  for (const place of gone) {
    const { start, end } = blockOf(page, place);
    const run = runs.at(-1);
    const follows = run?.last.document === place.document && run.last.at === place.at - 1;
    if (run && follows) [run.last, run.block] = [place, { start: run.block.start, end }];
    else runs.push({ last: place, block: { start, end } });
  }
  return runs.map(({ block }) => withGap(page, block));
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
