import type { ClientSecretDescriptorType, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown, valueOf } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { serviceBudget } from './budget.ts';
import { itemsOf, pagesOf, partsOf } from './pages.ts';
import type { RegionSession } from './session.ts';

// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClientSecrets.html

export const cognitoAppClientKind = defineKind({
  id: 'aws.cognito_app_client',
  title: 'App client of a Cognito user pool',
  record: 'identity',
  proves: 'Signs users in to its user pool, or itself with the client credentials flow.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['ListUserPoolClients no longer shows it'], tokensLive: '24h' },
    takesWith: ['aws.cognito_client_secret'],
    leavesBehind: [],
  },
});
export const cognitoClientSecretKind = defineKind({
  id: 'aws.cognito_client_secret',
  title: 'Secret of a Cognito app client',
  record: 'credential',
  proves: 'Gets tokens in the name of its app client.',
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'bearer',
    revocation: { seen: ['ListUserPoolClientSecrets no longer shows it'], tokensLive: '24h' },
    takesWith: [],
    leavesBehind: [],
  },
});

type Pool = { readonly id: string | undefined; readonly name: string | undefined };
type Tags = Readonly<Record<string, string>>;
type Secret = { readonly id: string | undefined; readonly createdAt: Date | undefined };
type RawClient = {
  readonly pool: Pool;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly tags: Fact<Tags>;
  readonly secrets: readonly Secret[];
};

const calls = {
  pools: 'cognito-idp:ListUserPools',
  pool: 'cognito-idp:DescribeUserPool',
  clients: 'cognito-idp:ListUserPoolClients',
  secrets: 'cognito-idp:ListUserPoolClientSecrets',
} as const;

export const cognitoAppClient: Surface<RegionSession> = defineSurface<RegionSession, RawClient>({
  id: 'aws.cognito_app_client',
  title: 'Cognito app clients and their secrets',
  source: 'https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserPoolClients.html',
  level: 'region',
  kinds: [
    { kind: cognitoAppClientKind, facts: { expiresAt: 'never', purpose: 'from-tags', owner: 'from-tags' } },
    {
      kind: cognitoClientSecretKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        expiresAt: 'never',
        notBefore: 'never',
        purpose: 'from-tags',
        owner: 'from-tags',
      },
    },
  ],
  operations: [
    { call: calls.pools, permission: calls.pools },
    { call: calls.pool, permission: calls.pool, facts: ['owner', 'purpose'] },
    { call: calls.clients, permission: calls.clients },
    { call: calls.secrets, permission: calls.secrets },
  ],

  async *list({ service, scope }, look) {
    const { CognitoIdentityProviderClient, ListUserPoolsCommand } = await import('@aws-sdk/client-cognito-identity-provider');
    const client = await service(() => Promise.resolve(CognitoIdentityProviderClient));
    const pools = pagesOf<Pool>('UserPools', async (token) => {
      const page = await client.send(new ListUserPoolsCommand({ MaxResults: 60, NextToken: token }), { abortSignal: look.signal });
      return { items: page.UserPools?.map(({ Id, Name }) => ({ id: Id, name: Name })), next: page.NextToken };
    });
    yield* partsOf(itemsOf(pools), {
      look,
      width: serviceBudget.concurrency,
      scopeOf: ({ id = '' }) => `${scope}/user-pool/${id}`,
      read: (pool) => clientsOf(client, look, pool),
    });
  },

  normalize(raw, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(raw.id, 'ClientId');
    const name = `${raw.pool.name ?? ''}/${raw.name ?? id}`;
    return [
      identity({
        id,
        kind: cognitoAppClientKind.id,
        provider: 'aws',
        scope: session.scope,
        name,
        status: 'active',
        managedBy: 'customer',
        createdAt: unknown('not-looked', 'only DescribeUserPoolClient tells, which hands out the secret too'),
        lastUsedAt: unknown('not-offered'),
        expiresAt: absent(),
        purpose: unknown('not-offered'),
        privilege: unknown('not-offered'),
        owners: [],
        ...(raw.tags.state === 'unknown' ? { ownersUnknown: raw.tags } : {}),
        tags: valueOf(raw.tags) ?? {},
        evidence: [
          { operation: calls.clients, observedAt, fields: ['name'] },
          ...(raw.tags.state === 'unknown' ? [] : [{ operation: calls.pool, observedAt, fields: ['tags'] }]),
        ],
        details: { ...(raw.pool.id === undefined ? {} : { userPool: raw.pool.id }), secrets: String(raw.secrets.length) },
      }),
      ...raw.secrets.map((secret) => clientSecret(secret, { client: id, name, scope: session.scope, observedAt })),
    ];
  },
});

type Holder = { readonly client: string; readonly name: string; readonly scope: string; readonly observedAt: Instant };

function clientSecret(secret: Secret, { client, name, scope, observedAt }: Holder): Credential {
  const id = required(secret.id, 'ClientSecretId');
  const createdAt = time(secret.createdAt);
  return credential({
    id,
    kind: cognitoClientSecretKind.id,
    provider: 'aws',
    scope,
    name: `${name}/${id.split('--').at(-1) ?? id}`,
    identity: known(client),
    // A client has two at most, and both are good until one is deleted.
    status: 'active',
    managedBy: 'customer',
    createdAt,
    rotatedAt: createdAt,
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered'),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [{ operation: calls.secrets, observedAt, fields: ['identity', 'createdAt', 'rotatedAt'] }],
    details: {},
  });
}

async function clientsOf(client: CognitoIdentityProviderClient, look: Look, pool: Pool): Promise<readonly RawClient[]> {
  const { DescribeUserPoolCommand, ListUserPoolClientsCommand } = await import('@aws-sdk/client-cognito-identity-provider');
  const UserPoolId = required(pool.id, 'Id');
  const sent = { abortSignal: look.signal };
  const tags = await look.learn<Tags>(async () => {
    const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId }), sent);
    return known(required(UserPool, 'UserPool').UserPoolTags ?? {});
  });
  const clients: RawClient[] = [];
  const pages = pagesOf('UserPoolClients', async (token) => {
    const page = await client.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60, NextToken: token }), sent);
    return { items: page.UserPoolClients, next: page.NextToken };
  });
  for await (const { ClientId, ClientName } of itemsOf(pages)) {
    clients.push({ pool, id: ClientId, name: ClientName, tags, secrets: await secretsOf(client, look.signal, UserPoolId, ClientId) });
  }
  return clients;
}

async function secretsOf(
  client: CognitoIdentityProviderClient,
  signal: AbortSignal,
  UserPoolId: string,
  ClientId: string | undefined,
): Promise<readonly Secret[]> {
  if (ClientId === undefined) return [];
  const { ListUserPoolClientSecretsCommand } = await import('@aws-sdk/client-cognito-identity-provider');
  const secrets: Secret[] = [];
  const pages = pagesOf('ClientSecrets', async (token) => {
    const command = new ListUserPoolClientSecretsCommand({ UserPoolId, ClientId, NextToken: token });
    const page = await client.send(command, { abortSignal: signal });
    return { items: page.ClientSecrets?.map(toSecret), next: page.NextToken };
  });
  for await (const page of pages) secrets.push(...page);
  return secrets;
}

function toSecret({ ClientSecretId, ClientSecretCreateDate }: ClientSecretDescriptorType): Secret {
  return { id: ClientSecretId, createdAt: ClientSecretCreateDate };
}
