// https://docs.github.com/enterprise-server@latest/rest/enterprise-admin/users#list-public-keys
import { type Look, type Seen, defineSurface } from '../../src/connector/contract.ts';
import { MalformedError } from '../../src/connector/refusal.ts';
import type { Credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import type { PrivilegeLevel } from '../../src/model/record.ts';
import { accountId, placed } from './account-id.ts';
import { deployKeyKind } from './deploy-key.ts';
import { type Unsure, numericId } from './field.ts';
import { pages } from './pages.ts';
import { readThrough } from './read-through.ts';
import { loginsById } from './server-user.ts';
import type { ServerSession } from './session.ts';
import { type SshKeyAbout, type UserKey, reachOfUser, sshKeyRecord } from './ssh-key.ts';
import { sshKey } from './user-credentials.ts';

const route = 'GET /admin/keys';

/** A key of a user or of a repository. */
export type ServerKey = UserKey & {
  readonly user_id: number | null;
  readonly repository_id: number | null;
  readonly read_only: boolean;
  readonly added_by?: string | null;
};
type Item = Unsure<ServerKey> | null;
type Raw = { readonly key: Item; readonly logins: Fact<ReadonlyMap<string, string>> };

const keyFacts = {
  createdAt: 'exposed',
  rotatedAt: 'exposed',
  lastUsedAt: 'exposed',
  expiresAt: 'never',
  notBefore: 'never',
  fingerprint: 'exposed',
} as const;

export const serverKey = defineSurface<ServerSession, Raw>({
  id: 'github.server_key',
  title: 'SSH keys of all users and repositories of a GitHub Enterprise Server',
  source: 'https://docs.github.com/enterprise-server@latest/rest/enterprise-admin/users',
  level: 'server',
  kinds: [
    { kind: sshKey, facts: { ...keyFacts, owner: 'exposed' } },
    { kind: deployKeyKind, facts: { ...keyFacts, privilege: 'exposed', owner: 'exposed' } },
  ],
  operations: [
    { call: route, permission: 'site_admin' },
    { call: 'GET /users', permission: 'site_admin', facts: ['owner'] },
  ],
  list,
  normalize,
});

/** All pages before the first record: the keys of one user must come together. */
async function* list(session: ServerSession, look: Look): AsyncGenerator<readonly Raw[]> {
  const { signal } = look;
  const logins = await look.learn(async () => known(await loginsById(session, signal)));
  const parameters = { sort: 'created', direction: 'asc' };
  const { items, broke } = await readThrough(pages<Item>(session.client, { route, parameters }, signal));
  for (const keys of Map.groupBy(items, (item) => `${String(item?.user_id)} ${String(item?.repository_id)}`).values())
    yield keys.map((key) => ({ key, logins }));
  if (broke) throw broke.error;
}

function normalize({ key: item, logins }: Raw, { session, observedAt }: Seen<ServerSession>): readonly InventoryRecord[] {
  const around = { instance: session.instance, scope: `server/${session.instance}`, operation: route, observedAt };
  if (item?.user_id !== null && item?.user_id !== undefined)
    return [userKey(item, accountId(session.instance, item.user_id, 'user_id'), logins, around)];
  if (item?.repository_id !== null && item?.repository_id !== undefined) return [repositoryKey(item, item.repository_id, around)];
  throw new MalformedError('a key of neither a user nor a repository');
}

type Around = Pick<SshKeyAbout, 'instance' | 'scope' | 'operation' | 'observedAt'>;

/** The user is named by number; the login is in the list of users. */
function userKey(item: Item, user: string, logins: Raw['logins'], around: Around): Credential {
  const login = logins.state === 'known' ? logins.value.get(user) : undefined;
  return sshKeyRecord(item, {
    ...around,
    kind: sshKey.id,
    identity: known(user),
    privilege: reachOfUser,
    owners: login === undefined ? [] : [{ role: 'technical', ref: login, by: 'user of the key' }],
    ...(logins.state === 'unknown' ? { ownersUnknown: logins } : {}),
  });
}

function repositoryKey(item: Item, repositoryId: unknown, around: Around): Credential {
  return sshKeyRecord(item, {
    ...around,
    kind: deployKeyKind.id,
    identity: absent(),
    privilege: privilegeOf(item?.read_only),
    owners: typeof item?.added_by === 'string' && item.added_by !== '' ? [{ role: 'technical', ref: item.added_by, by: 'added_by' }] : [],
    details: { repository: placed(around.instance, numericId(repositoryId, 'repository_id')) },
  });
}

function privilegeOf(readOnly: unknown): Fact<PrivilegeLevel> {
  if (typeof readOnly !== 'boolean') return unknown('malformed-response', 'a key without read_only');
  return known(readOnly ? 'read' : 'write');
}
