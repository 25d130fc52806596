import { epoch } from '../../model/instant.ts';
import type { WaiverState } from '../../model/waiver.ts';
import type { GivenWaiver } from '../example.ts';
import { timeAt } from './time.ts';

/** The waiver that an example gives. */
export function waiverOf(
  { waiver: state, expires = 'in 30d', problem = 'approved by its requester', renewals }: GivenWaiver,
  now: number,
): WaiverState {
  const expiresAt = timeAt(expires, now);
  const waiver = {
    id: 'W-1',
    policy: 'rotation/long-lived-credential',
    subject: { id: 'example' },
    reason: 'an example',
    requester: 'dana.okafor@larkspur.example',
    approver: 'priya.nair@larkspur.example',
    granted: timeAt('60d ago', now),
    expires: expiresAt,
    ...(renewals === undefined ? {} : { renewals }),
    source: 'example',
  };
  if (state === 'invalid') return { waiver, state, problem };
  if (state === 'unseen') return { waiver, state, why: 'not-looked' };
  return state === 'expired' ? { waiver, state, past: now - epoch(expiresAt) } : { waiver, state };
}
