import type { PersonStatus } from '../../model/source.ts';
import { joinKey } from '../join-key.ts';

/**
 * Words of HR and directory exports. Some only tell that an account is off, not that the person left: those are `suspended`, which is not active either.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/ for the upper-case ones of Okta.
 */
export const statusWords: Readonly<Record<PersonStatus, readonly string[]>> = {
  active: ['active', 'enabled', 'employed', 'current', 'true', 'recovery', 'locked_out', 'password_expired'],
  leave: ['leave', 'on leave', 'on_leave', 'loa', 'leave of absence', 'parental leave', 'sabbatical'],
  suspended: ['suspended', 'inactive', 'disabled', 'false', 'blocked'],
  pending: ['pending', 'staged', 'provisioned', 'preboarding', 'not started'],
  terminated: ['terminated', 'left', 'leaver', 'former', 'departed', 'deprovisioned', 'deactivated', 'offboarded', 'retired', 'resigned'],
  unknown: ['unknown'],
};
const byWord = new Map(
  Object.entries(statusWords).flatMap(([status, list]) => list.map((word) => [word, status as PersonStatus] as const)),
);

/** What a word means; undefined for one that nobody explained. */
export function statusOf(word: string): PersonStatus | undefined {
  return byWord.get(joinKey(word));
}
