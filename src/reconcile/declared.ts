import { type Fact, absent, known, unknown } from '../model/fact.ts';
import type { Identity } from '../model/identity.ts';
import { type Instant, instant, instantOrDayEnd } from '../model/instant.ts';
import type { InventoryRecord } from '../model/inventory.ts';
import { type PrivilegeLevel, privilegeLevels, statusSinceOf } from '../model/record.ts';
import type { Quarantine } from '../model/subject.ts';
import { type OwnerConventions, tagged } from './conventions.ts';

/** What the owners say that it may do: on the record, else on the identity that it proves. A word that is no level says nothing that could be held against it. */
export function declaredPrivilegeOf(
  record: InventoryRecord,
  identity: Identity | undefined,
  names: readonly string[],
): Fact<PrivilegeLevel> {
  const [tag] = [...tagged(record.tags, names), ...(identity ? tagged(identity.tags, names) : [])];
  if (!tag) return absent();
  const level = privilegeLevels.find((each) => each === tag.value.toLowerCase());
  return level === undefined
    ? unknown('malformed-response', `tag ${tag.key} says ${tag.value}, which is none of ${privilegeLevels.join(', ')}`)
    : known(level);
}

/** The provider's own word first: a tag is written by hand, and often late. */
export function quarantineOf(record: InventoryRecord, { quarantinedAt, quarantineUntil }: OwnerConventions): Quarantine {
  const told = statusSinceOf(record);
  const since = told.state === 'known' ? told : momentOf(record, quarantinedAt, instant);
  return { since: since.state === 'absent' ? told : since, until: momentOf(record, quarantineUntil, instantOrDayEnd) };
}

function momentOf(record: InventoryRecord, names: readonly string[], read: (text: string) => Instant | undefined): Fact<Instant> {
  const [tag] = tagged(record.tags, names);
  if (!tag) return absent();
  const at = read(tag.value);
  return at === undefined ? unknown('malformed-response', `tag ${tag.key} says ${tag.value}, which is no date`) : known(at);
}
