import { entityRef, refText } from '../entity-ref.ts';
import { joinKey } from '../join-key.ts';

/** The id of a workload in a registry without references: that to which a bare name in a tag leads. */
export function workloadId(name: string): string {
  const ref = entityRef(name, 'component');
  return ref ? refText(ref) : joinKey(name);
}

/** A name without a blank or a mark of its own is a team, as in registries that know owners only by their alias. */
export function ownerRef(text: string): string {
  const ref = text.includes('@') ? undefined : entityRef(text, 'group');
  return ref ? refText(ref) : text;
}
