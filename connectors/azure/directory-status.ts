// https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/disable-user-sign-in-portal
import type { Status } from '../../src/model/record.ts';
import { type Json, text } from './json.ts';

/**
 * What is switched off gets no new tokens, and can be switched on again at any time: set aside, not gone. Nobody tells since when. What
 * Microsoft has disabled is not for its owners to switch on.
 */
export function directoryStatus({ accountEnabled, isDisabled, disabledByMicrosoftStatus }: Json): Status {
  if (isDisabled === true || accountEnabled === false) return 'quarantined';
  const byMicrosoft = text(disabledByMicrosoftStatus);
  return byMicrosoft === undefined || byMicrosoft === 'NotDisabled' ? 'active' : 'inactive';
}
