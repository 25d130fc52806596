import { type Fact, absent, known, unknown } from '../model/fact.ts';
import type { Identity } from '../model/identity.ts';
import type { InventoryRecord } from '../model/inventory.ts';
import { fact } from '../model/record.ts';
import { tagged } from './conventions.ts';

/** What the record is for: the provider's own field first, then its tags, then the same of its identity. */
export function purposeOf(record: InventoryRecord, identity: Identity | undefined, names: readonly string[]): Fact<string> {
  const said = [record, ...(identity ? [identity] : [])].map((each) => saidBy(each, names));
  const unread = said.find((each) => each.state === 'unknown' && each.why !== 'not-offered');
  return said.find(({ state }) => state === 'known') ?? unread ?? said.find(({ state }) => state === 'absent') ?? unknown('not-offered');
}

function saidBy(record: InventoryRecord, names: readonly string[]): Fact<string> {
  const field = fact(record, 'purpose');
  if (field.state === 'known') return field;
  const [tag] = tagged(record.tags, names);
  if (tag) return known(tag.value);
  if (field.state === 'absent') return field;
  // No field for it, and the tags were read: that nobody wrote a purpose is then a fact.
  const sawTags = record.evidence.some(({ fields }) => fields.includes('tags'));
  return field.why === 'not-offered' && sawTags ? absent() : unknown(field.why, field.detail);
}
