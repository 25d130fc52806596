// https://learn.microsoft.com/en-us/entra/fundamentals/users-restore
import { day } from '../../src/model/duration.ts';
import { type Fact, known, unknown } from '../../src/model/fact.ts';
import { type Instant, epoch, instant } from '../../src/model/instant.ts';

/** The directory keeps what is deleted for so long, and then deletes it for good. */
const kept = 30 * day;

/** When nobody can restore it any more. */
export function goneAt(deletedAt: Fact<Instant>): Fact<Instant> {
  if (deletedAt.state !== 'known') return deletedAt;
  const end = instant(epoch(deletedAt.value) + kept);
  return end === undefined ? unknown('malformed-response', 'a deletion beyond all time') : known(end);
}
