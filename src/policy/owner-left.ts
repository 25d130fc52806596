import { epoch } from '../model/instant.ts';
import type { Reason } from '../model/reason.ts';
import type { ResolvedOwner } from '../model/subject.ts';

/** Why a claim is not an owner any more; undefined while it is one, or while nobody can say. */
export function leftReason({ claim, state, status, since, source }: ResolvedOwner, now?: number): Reason | undefined {
  const from = source ?? claim.by;
  if (state === 'empty') return { code: 'group-empty', ref: claim.ref, source: from };
  if (state !== 'inactive' && state !== 'gone') return undefined;
  const word = state === 'gone' ? 'not on the roster' : (status ?? 'not active');
  const past = since === undefined || now === undefined || epoch(since) > now ? undefined : now - epoch(since);
  return {
    code: 'owner-inactive',
    ref: claim.ref,
    status: word,
    source: from,
    ...(since === undefined ? {} : { since }),
    ...(past === undefined ? {} : { past }),
  };
}
