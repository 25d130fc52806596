import type { ListedServer, TransferClient } from '@aws-sdk/client-transfer';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { fanOut } from '../../src/connector/fan-out.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { serviceBudget } from './budget.ts';
import { sshFingerprint } from './fingerprint.ts';
import { itemsOf, pagesOf, partsOf } from './pages.ts';
import type { RegionSession } from './session.ts';
import { tagsOf } from './tags.ts';

// https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribedUser.html

export const transferUserKind = defineKind({
  id: 'aws.transfer_user',
  title: 'User of a Transfer Family server',
  record: 'identity',
  proves: 'Reads and writes files with the IAM role of the user.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['ListUsers no longer shows it'], tokensLive: null },
    takesWith: ['aws.transfer_user_key'],
    leavesBehind: [],
  },
});
export const transferUserKeyKind = defineKind({
  id: 'aws.transfer_user_key',
  title: 'SSH key of a Transfer Family user',
  record: 'credential',
  proves: 'Logs in to its server as the user.',
  remedy: {
    delete:
      'aws transfer delete-ssh-public-key --server-id {name/0} --user-name {name/1} --ssh-public-key-id {name/2} --region {scope.region}',
  },
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['DescribeUser no longer shows it'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

type Key = { readonly id: string | undefined; readonly importedAt: Date | undefined; readonly fingerprint: Fact<string> };
type RawUser = {
  readonly arn: string | undefined;
  readonly name: string | undefined;
  readonly server: string;
  readonly role: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly keys: readonly Key[];
};

const calls = { servers: 'transfer:ListServers', users: 'transfer:ListUsers', user: 'transfer:DescribeUser' } as const;

export const transferUserKey: Surface<RegionSession> = defineSurface<RegionSession, RawUser>({
  id: 'aws.transfer_user_key',
  title: 'Transfer Family users and their SSH keys',
  source: 'https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribeUser.html',
  level: 'region',
  kinds: [
    { kind: transferUserKind, facts: { expiresAt: 'never', purpose: 'from-tags', owner: 'from-tags' } },
    {
      kind: transferUserKeyKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        expiresAt: 'never',
        notBefore: 'never',
        purpose: 'from-tags',
        fingerprint: 'exposed',
        owner: 'from-tags',
      },
    },
  ],
  operations: [
    { call: calls.servers, permission: calls.servers },
    { call: calls.users, permission: calls.users },
    { call: calls.user, permission: calls.user },
  ],

  async *list({ service, scope }, look) {
    const { TransferClient, ListServersCommand } = await import('@aws-sdk/client-transfer');
    const client = await service(() => Promise.resolve(TransferClient));
    const servers = pagesOf('Servers', async (token) => {
      const page = await client.send(new ListServersCommand({ MaxResults: 1000, NextToken: token }), { abortSignal: look.signal });
      return { items: page.Servers?.filter(keepsUsers), next: page.NextToken };
    });
    yield* partsOf(itemsOf(servers), {
      look,
      width: serviceBudget.concurrency,
      scopeOf: ({ ServerId = '' }) => `${scope}/transfer-server/${ServerId}`,
      read: (server) => usersOf(client, look, required(server.ServerId, 'ServerId')),
    });
  },

  normalize(user, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(user.arn, 'Arn');
    const name = `${user.server}/${required(user.name, 'UserName')}`;
    return [
      identity({
        id,
        kind: transferUserKind.id,
        provider: 'aws',
        scope: session.scope,
        name,
        status: 'active',
        managedBy: 'customer',
        createdAt: unknown('not-offered'),
        lastUsedAt: unknown('not-offered'),
        expiresAt: absent(),
        purpose: unknown('not-offered'),
        privilege: unknown('not-looked'),
        owners: [],
        tags: user.tags,
        evidence: [{ operation: calls.user, observedAt, fields: ['name', 'tags'] }],
        details: { ...(user.role === undefined ? {} : { role: user.role }), keys: String(user.keys.length) },
      }),
      ...user.keys.map((key) => userKey(key, { user: id, name, scope: session.scope, observedAt })),
    ];
  },
});

type Holder = { readonly user: string; readonly name: string; readonly scope: string; readonly observedAt: Instant };

function userKey(key: Key, { user, name, scope, observedAt }: Holder): Credential {
  const id = required(key.id, 'SshPublicKeyId');
  const createdAt = time(key.importedAt);
  return credential({
    id: `${user}/${id}`,
    kind: transferUserKeyKind.id,
    provider: 'aws',
    scope,
    name: `${name}/${id}`,
    identity: known(user),
    status: 'active',
    managedBy: 'customer',
    createdAt,
    rotatedAt: createdAt,
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered'),
    fingerprint: key.fingerprint,
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [{ operation: calls.user, observedAt, fields: ['identity', 'createdAt', 'rotatedAt', 'fingerprint'] }],
    details: {},
  });
}

/** The users of other servers are kept in a directory or behind a function, with credentials that AWS does not see. */
function keepsUsers({ IdentityProviderType }: ListedServer): boolean {
  return IdentityProviderType === undefined || IdentityProviderType === 'SERVICE_MANAGED';
}

async function usersOf(client: TransferClient, look: Look, ServerId: string): Promise<readonly RawUser[]> {
  const { ListUsersCommand } = await import('@aws-sdk/client-transfer');
  const pages = pagesOf('Users', async (token) => {
    const command = new ListUsersCommand({ ServerId, MaxResults: 1000, NextToken: token });
    const page = await client.send(command, { abortSignal: look.signal });
    return { items: page.Users, next: page.NextToken };
  });
  const users: RawUser[] = [];
  const described = fanOut(itemsOf(pages), serviceBudget.concurrency, ({ UserName }) =>
    describe(client, look.signal, ServerId, required(UserName, 'UserName')),
  );
  for await (const user of described) users.push(user);
  return users;
}

async function describe(client: TransferClient, signal: AbortSignal, ServerId: string, UserName: string): Promise<RawUser> {
  const { DescribeUserCommand } = await import('@aws-sdk/client-transfer');
  const { User } = await client.send(new DescribeUserCommand({ ServerId, UserName }), { abortSignal: signal });
  const { Arn, Role, SshPublicKeys, Tags } = required(User, 'User');
  return {
    arn: Arn,
    name: UserName,
    server: ServerId,
    role: Role,
    tags: tagsOf(Tags),
    keys: (SshPublicKeys ?? []).map(({ SshPublicKeyId, DateImported, SshPublicKeyBody }) => ({
      id: SshPublicKeyId,
      importedAt: DateImported,
      fingerprint: sshFingerprint(SshPublicKeyBody),
    })),
  };
}
