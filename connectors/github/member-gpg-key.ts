// https://docs.github.com/rest/users/gpg-keys
import { defineSurface } from '../../src/connector/contract.ts';
import type { Unsure } from './field.ts';
import { type GpgKey, gpgKeyFacts, gpgKeyFields, gpgKeyKind, gpgKeyRecord } from './gpg-key.ts';
import { type MemberKey, holderOf, memberKeys } from './member-keys.ts';
import { membersOperation } from './members.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /users/{username}/gpg_keys';

type Item = Unsure<GpgKey> | null;

export const memberGpgKey = defineSurface<GitHubSession, MemberKey<Item>>({
  id: 'github.member_gpg_key',
  title: 'GPG keys of the members',
  source: 'https://docs.github.com/rest/users/gpg-keys',
  level: 'organization',
  kinds: [{ kind: gpgKeyKind, facts: gpgKeyFacts }],
  operations: [
    { call: membersOperation, permission: 'members:read' },
    // Everybody may read them.
    { call: route, permission: 'metadata:read', fields: gpgKeyFields },
  ],
  list: (session, look) => memberKeys<Item>(session, route, look),
  normalize: (each, { session, observedAt }) => [gpgKeyRecord(each.key, holderOf(each, session, route, observedAt))],
});
