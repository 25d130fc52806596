import { time } from '../../src/connector/item.ts';
import { type Fact, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch } from '../../src/model/instant.ts';
import type { Status } from '../../src/model/record.ts';

/** `expired` once its end has passed, for what the provider itself goes on calling by its switch alone. */
export function statusUntil(expiresAt: Fact<Instant>, status: Status, observedAt: Instant): Status {
  const isOver = expiresAt.state === 'known' && epoch(expiresAt.value) <= epoch(observedAt);
  return isOver && status === 'active' ? 'expired' : status;
}

const settling = 60_000;

/**
 * When a secret was put where AWS tells only that something about its holder was modified, be it a description: known as long as the
 * last modification is the making itself, which may take a moment.
 */
export function rotationUnlessModified(createdAt: Date | undefined, modifiedAt: Date | undefined): Fact<Instant> {
  const isFirst = createdAt !== undefined && modifiedAt !== undefined && modifiedAt.getTime() - createdAt.getTime() <= settling;
  return isFirst ? time(createdAt) : unknown('not-offered', 'it was modified, and AWS does not say whether its secret was');
}
