// https://docs.github.com/rest/users/ssh-signing-keys
import { defineSurface } from '../../src/connector/contract.ts';
import type { Unsure } from './field.ts';
import { type SigningKey, signingKeyFacts, signingKeyFields, signingKeyKind, signingKeyRecord } from './signing-key.ts';
import { type MemberKey, holderOf, memberKeys } from './member-keys.ts';
import { membersOperation } from './members.ts';
import type { GitHubSession } from './session.ts';

const route = 'GET /users/{username}/ssh_signing_keys';

type Item = Unsure<SigningKey> | null;

export const memberSigningKey = defineSurface<GitHubSession, MemberKey<Item>>({
  id: 'github.member_signing_key',
  title: 'SSH signing keys of the members',
  source: 'https://docs.github.com/rest/users/ssh-signing-keys',
  level: 'organization',
  kinds: [{ kind: signingKeyKind, facts: signingKeyFacts }],
  operations: [
    { call: membersOperation, permission: 'members:read' },
    // Everybody may read them.
    { call: route, permission: 'metadata:read', fields: signingKeyFields },
  ],
  list: (session, look) => memberKeys<Item>(session, route, look),
  normalize: (each, { session, observedAt }) => [signingKeyRecord(each.key, holderOf(each, session, route, observedAt))],
});
