import type { Instant } from '../../src/model/instant.ts';
import { placed } from './account-id.ts';
import type { KeyHolder } from './gpg-key.ts';
import type { AccountSession } from './session.ts';

/** An account, holding its own keys. */
export function accountHolder({ instance, account }: AccountSession, operation: string, observedAt: Instant): KeyHolder {
  return {
    instance,
    scope: `account/${account.login}`,
    identity: placed(instance, account.id),
    owners: [{ role: 'technical', ref: account.login, by: 'user of the key' }],
    operation,
    observedAt,
  };
}
