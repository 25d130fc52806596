// https://docs.github.com/rest/users/keys#list-public-ssh-keys-for-the-authenticated-user
import type { RestEndpointMethodTypes } from '@octokit/rest';
import { defineSurface } from '../../src/connector/contract.ts';
import { known } from '../../src/model/fact.ts';
import { accountHolder } from './account-holder.ts';
import type { Unsure } from './field.ts';
import { pages } from './pages.ts';
import type { AccountSession } from './session.ts';
import { reachOfUser, sshKeyRecord } from './ssh-key.ts';
import { sshKey } from './user-credentials.ts';

const route = 'GET /user/keys';

export type AccountKey = RestEndpointMethodTypes['users']['listPublicSshKeysForAuthenticatedUser']['response']['data'][number];
type Item = Unsure<AccountKey> | null;

export const accountSshKey = defineSurface<AccountSession, Item>({
  id: 'github.account_ssh_key',
  title: 'SSH keys of the account',
  source: 'https://docs.github.com/rest/users/keys',
  level: 'account',
  kinds: [
    {
      kind: sshKey,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        lastUsedAt: 'exposed',
        expiresAt: 'never',
        notBefore: 'never',
        fingerprint: 'exposed',
        owner: 'exposed',
      },
    },
  ],
  operations: [
    {
      call: route,
      permission: 'read:public_key',
      fields: { createdAt: 'created_at', rotatedAt: 'created_at', lastUsedAt: 'last_used', fingerprint: 'key' },
    },
  ],
  list: ({ client }, { signal }) => pages<Item>(client, { route, parameters: {} }, signal),
  normalize(key, { session, observedAt }) {
    const { identity, ...holder } = accountHolder(session, route, observedAt);
    return [sshKeyRecord(key, { ...holder, kind: sshKey.id, identity: known(identity), privilege: reachOfUser })];
  },
});
