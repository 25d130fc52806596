// https://docs.github.com/rest/users/gpg-keys
import { defineSurface } from '../../src/connector/contract.ts';
import type { Unsure } from './field.ts';
import { type GpgKey, gpgKeyFacts, gpgKeyFields, gpgKeyKind, gpgKeyRecord } from './gpg-key.ts';
import { pages } from './pages.ts';
import type { AccountSession } from './session.ts';
import { accountHolder } from './account-holder.ts';

const route = 'GET /user/gpg_keys';

type Item = Unsure<GpgKey> | null;

export const accountGpgKey = defineSurface<AccountSession, Item>({
  id: 'github.account_gpg_key',
  title: 'GPG keys of the account',
  source: 'https://docs.github.com/rest/users/gpg-keys',
  level: 'account',
  kinds: [{ kind: gpgKeyKind, facts: gpgKeyFacts }],
  operations: [{ call: route, permission: 'read:gpg_key', fields: gpgKeyFields }],
  list: ({ client }, { signal }) => pages<Item>(client, { route, parameters: {} }, signal),
  normalize: (key, { session, observedAt }) => [gpgKeyRecord(key, accountHolder(session, route, observedAt))],
});
