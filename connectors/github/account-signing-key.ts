// https://docs.github.com/rest/users/ssh-signing-keys
import { defineSurface } from '../../src/connector/contract.ts';
import type { Unsure } from './field.ts';
import { type SigningKey, signingKeyFacts, signingKeyFields, signingKeyKind, signingKeyRecord } from './signing-key.ts';
import { pages } from './pages.ts';
import type { AccountSession } from './session.ts';
import { accountHolder } from './account-holder.ts';

const route = 'GET /user/ssh_signing_keys';

type Item = Unsure<SigningKey> | null;

export const accountSigningKey = defineSurface<AccountSession, Item>({
  id: 'github.account_signing_key',
  title: 'SSH signing keys of the account',
  source: 'https://docs.github.com/rest/users/ssh-signing-keys',
  level: 'account',
  kinds: [{ kind: signingKeyKind, facts: signingKeyFacts }],
  operations: [{ call: route, permission: 'read:ssh_signing_key', fields: signingKeyFields }],
  list: ({ client }, { signal }) => pages<Item>(client, { route, parameters: {} }, signal),
  normalize: (key, { session, observedAt }) => [signingKeyRecord(key, accountHolder(session, route, observedAt))],
});
