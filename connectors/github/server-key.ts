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
type Raw = Unsure<ServerKey> | null;

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
    { kind: sshKey, facts: keyFacts },
    { kind: deployKeyKind, facts: { ...keyFacts, privilege: 'exposed', owner: 'exposed' } },
  ],
  operations: [{ call: route, permission: 'site_admin' }],
  list,
  normalize,
});

/** All pages before the first record: the keys of one user must come together. */
async function* list({ client }: ServerSession, { signal }: Look): AsyncGenerator<readonly Raw[]> {
  const parameters = { sort: 'created', direction: 'asc' };
  const { items, broke } = await readThrough(pages<Raw>(client, { route, parameters }, signal));
  yield* Map.groupBy(items, (item) => `${String(item?.user_id)} ${String(item?.repository_id)}`).values();
  if (broke) throw broke.error;
}

function normalize(item: Raw, { session, observedAt }: Seen<ServerSession>): readonly InventoryRecord[] {
  const around = { instance: session.instance, scope: `server/${session.instance}`, operation: route, observedAt };
  if (item?.user_id !== null && item?.user_id !== undefined) return [userKey(item, item.user_id, around)];
  if (item?.repository_id !== null && item?.repository_id !== undefined) return [repositoryKey(item, item.repository_id, around)];
  throw new MalformedError('a key of neither a user nor a repository');
}

type Around = Pick<SshKeyAbout, 'instance' | 'scope' | 'operation' | 'observedAt'>;

/** The user is named by number only. */
function userKey(item: Raw, userId: unknown, around: Around): Credential {
  const identity = known(accountId(around.instance, userId, 'user_id'));
  const ownersUnknown = unknown('not-offered', 'the server names the user of a key by number only');
  return sshKeyRecord(item, { ...around, kind: sshKey.id, identity, privilege: reachOfUser, owners: [], ownersUnknown });
}

function repositoryKey(item: Raw, repositoryId: unknown, around: Around): Credential {
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
