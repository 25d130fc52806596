import { type Document, isScalar, isSeq } from 'yaml';
import type { FormerGrant } from '../../model/waiver.ts';
import type { WaiverEntry } from '../schema.ts';
import { type Edit, applied, uneditable } from './apply.ts';
import { columnOf, contentEnd, nextLine } from './lines.ts';
import { type Page, type Place, placeOf } from './page.ts';
import { flowText, scalarText } from './render.ts';

/** What a renewal says anew; what it leaves out stays. */
export type Renewal = Pick<WaiverEntry, 'approver' | 'granted' | 'expires'> & Partial<Pick<WaiverEntry, 'requester' | 'reason' | 'ticket'>>;

/** The text of the file with one waiver given more time: its former grant is kept below it, and the renewal counted. */
export function renewed(page: Page, id: string, renewal: Renewal): string {
  const place = placeOf(page, id);
  const { entry, node } = place;
  // Others may say the same by its anchor.
  if (node.items.some(({ value }) => isScalar(value) && value.anchor !== undefined)) throw uneditable(page.file);
  const values: Readonly<Record<string, string>> = { ...renewal };
  const renewals = (entry.renewals ?? 0) + 1;
  const former = formerGrant(entry, renewal);
  return applied(page, {
    edits: place.dash === -1 || place.node.flow === true ? undefined : editsFor(page, place, values, renewals, former),
    remodel: (documents) => remodel(documents, place, values, renewals, former),
  });
}

/** The former reason is told where the renewal has another. */
function formerGrant({ requester, approver, granted, expires, reason }: WaiverEntry, renewal: Renewal): FormerGrant {
  const grant = { requester, approver, granted, expires };
  return renewal.reason === undefined || renewal.reason === reason ? grant : { ...grant, reason: reason.trim() };
}

function remodel(
  documents: readonly Document[],
  { document: index, at }: Place,
  values: Readonly<Record<string, string>>,
  renewals: number,
  former: FormerGrant,
): void {
  const document = documents[index];
  if (!document) return;
  const path = ['waivers', at];
  const setIn = (key: string, value: string | number): void => {
    const present = document.getIn([...path, key], true);
    if (isScalar(present) && present.type !== 'BLOCK_FOLDED' && present.type !== 'BLOCK_LITERAL') present.value = value;
    else document.setIn([...path, key], value);
  };
  for (const [key, value] of Object.entries(values)) setIn(key, value);
  setIn('renewals', renewals);
  const list = document.getIn([...path, 'former'], true);
  const grant = document.createNode(former, { flow: true });
  if (isSeq(list)) list.add(grant);
  else document.setIn([...path, 'former'], document.createNode([grant]));
}

function editsFor(
  page: Page,
  { node }: Place,
  values: Readonly<Record<string, string>>,
  renewals: number,
  former: FormerGrant,
): readonly Edit[] | undefined {
  const { text } = page;
  const edits: (Edit | undefined)[] = [];
  const added: string[] = [];
  for (const [key, value] of Object.entries({ ...values, renewals })) {
    const present = node.get(key, true);
    if (present === undefined) added.push(`${key}: ${typeof value === 'number' ? String(value) : scalarText(value, undefined)}`);
    else edits.push(replacing(text, present, typeof value === 'number' ? String(value) : scalarText(value, present), page.eol));
  }
  const list = node.get('former', true);
  if (list === undefined) added.push('former:', `  - ${flowText(former)}`);
  else
    edits.push(
      isSeq(list) && list.flow !== true && list.range
        ? below(page, list.range, columnOf(text, list.range[0]), [`- ${flowText(former)}`])
        : undefined,
    );
  const [start = 0, end = start] = node.range ?? [];
  if (added.length > 0) edits.push(below(page, [start, end], columnOf(text, start), added));
  return edits.every((edit) => edit !== undefined) ? merged(edits) : undefined;
}

/** A block scalar ends with its line; what replaces it stands on one. */
function replacing(text: string, present: unknown, put: string, eol: string): Edit | undefined {
  if (!isScalar(present) || !present.range) return undefined;
  const [start, end] = present.range;
  return { start, end, text: text.slice(start, end).endsWith('\n') ? `${put}${eol}` : put };
}

function below({ text, eol }: Page, [start, end]: readonly number[], column: number, lines: readonly string[]): Edit {
  const at = nextLine(text, contentEnd(text, start ?? 0, end ?? 0));
  const put = lines.map((line) => `${' '.repeat(column)}${line}${eol}`).join('');
  return { start: at, end: at, text: text.slice(0, at).endsWith('\n') ? put : `${eol}${put}` };
}

/** Two insertions at one place keep their order. */
function merged(edits: readonly Edit[]): readonly Edit[] {
  return edits.reduce<readonly Edit[]>((done, edit) => {
    const twin = done.find(({ start, end }) => start === edit.start && end === edit.end && start === end);
    return twin ? done.map((each) => (each === twin ? { ...each, text: each.text + edit.text } : each)) : [...done, edit];
  }, []);
}
