import { createHash } from 'node:crypto';
import type { ApiKey, GraphqlApi } from '@aws-sdk/client-appsync';
import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import { instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { serviceBudget } from './budget.ts';
import { statusUntil } from './life.ts';
import { itemsOf, pagesOf, partsOf } from './pages.ts';
import { purposeOf } from './purpose.ts';
import type { RegionSession } from './session.ts';

// https://docs.aws.amazon.com/appsync/latest/APIReference/API_ApiKey.html

export const appsyncApiKeyKind = defineKind({
  id: 'aws.appsync_api_key',
  title: 'API key of AppSync',
  record: 'credential',
  proves: 'Calls what its GraphQL API opens to API keys, for whoever shows it.',
  remedy: { delete: 'aws appsync delete-api-key --api-id {id/1} --id {id/-1} --region {scope.region}' },
  traits: {
    expiry: 'always',
    rotation: 'replace',
    proof: 'bearer',
    revocation: { seen: ['ListApiKeys no longer shows it'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

type Api = Pick<GraphqlApi, 'apiId' | 'arn' | 'name' | 'ownerContact' | 'tags'>;
/** `mark` stands for the key: `da2-` and the start of its digest. */
type RawKey = {
  readonly api: Api;
  readonly mark: string | undefined;
  readonly description: string | undefined;
  readonly expires: number | undefined;
  readonly deletes: number | undefined;
};

const apiListing = 'appsync:ListGraphqlApis';
const keyListing = 'appsync:ListApiKeys';

export const appsyncApiKey: Surface<RegionSession> = defineSurface<RegionSession, RawKey>({
  id: 'aws.appsync_api_key',
  title: 'AppSync API keys',
  source: 'https://docs.aws.amazon.com/appsync/latest/APIReference/API_ListApiKeys.html',
  level: 'region',
  kinds: [{ kind: appsyncApiKeyKind, facts: { expiresAt: 'exposed', notBefore: 'never', purpose: 'exposed', owner: 'exposed' } }],
  operations: [
    { call: apiListing, permission: apiListing },
    { call: keyListing, permission: keyListing, fields: { expiresAt: 'expires', purpose: 'description' } },
  ],

  async *list({ service, scope }, look) {
    const { AppSyncClient, ListApiKeysCommand, ListGraphqlApisCommand } = await import('@aws-sdk/client-appsync');
    const client = await service(() => Promise.resolve(AppSyncClient));
    const sent = { abortSignal: look.signal };
    const apis = pagesOf('graphqlApis', async (token) => {
      const page = await client.send(new ListGraphqlApisCommand({ maxResults: 25, nextToken: token }), sent);
      return { items: page.graphqlApis?.map(toApi), next: page.nextToken };
    });
    yield* partsOf(itemsOf(apis), {
      look,
      width: serviceBudget.concurrency,
      scopeOf: ({ apiId = '' }) => `${scope}/api/${apiId}`,
      read: async (api) => {
        const keys: RawKey[] = [];
        const apiId = required(api.apiId, 'apiId');
        const pages = pagesOf('apiKeys', async (token) => {
          const page = await client.send(new ListApiKeysCommand({ apiId, maxResults: 25, nextToken: token }), sent);
          return { items: page.apiKeys?.map((key) => toKey(api, key)), next: page.nextToken };
        });
        for await (const page of pages) keys.push(...page);
        return keys;
      },
    });
  },

  normalize(key, { session, observedAt }): readonly InventoryRecord[] {
    const { api } = key;
    const mark = required(key.mark, 'id');
    const expiresAt = time(milliseconds(mark, key.expires));
    return [
      credential({
        id: `${required(api.arn, 'arn')}/apikeys/${mark}`,
        kind: appsyncApiKeyKind.id,
        provider: 'aws',
        scope: session.scope,
        name: `${api.name ?? ''}/${mark}`,
        identity: absent(),
        status: statusUntil(expiresAt, 'active', observedAt),
        managedBy: 'customer',
        createdAt: unknown('not-offered'),
        rotatedAt: unknown('not-offered'),
        lastUsedAt: unknown('not-offered'),
        expiresAt,
        notBefore: absent(),
        purpose: purposeOf(key.description),
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners:
          api.ownerContact === undefined || api.ownerContact === ''
            ? []
            : [{ role: 'technical', ref: api.ownerContact, by: 'owner contact of the API' }],
        tags: api.tags ?? {},
        evidence: [
          { operation: apiListing, observedAt, fields: ['owners', 'tags'] },
          { operation: keyListing, observedAt, fields: ['status', 'expiresAt', 'purpose'] },
        ],
        details: detailsOf(key, mark),
      }),
    ];
  },
});

function toApi({ apiId, arn, name, ownerContact, tags }: GraphqlApi): Api {
  return { apiId, arn, name, ownerContact, tags };
}

/** The id of a key is the very text that callers show, so nothing but its digest goes on from here. */
function toKey(api: Api, { id, description, expires, deletes }: ApiKey): RawKey {
  const mark = id === undefined ? undefined : `${versionOf(id)}-${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
  return { api, mark, description, expires, deletes };
}

function versionOf(id: string): string {
  return /^da\d(?=-)/.exec(id)?.[0] ?? 'key';
}

/** `da2` keys count in seconds; those of the first version, `da1`, in milliseconds. */
function milliseconds(mark: string, count: number | undefined): number | undefined {
  if (count === undefined) return undefined;
  return mark.startsWith('da1-') ? count : count * 1000;
}

function detailsOf({ api, deletes }: RawKey, mark: string): Readonly<Record<string, string>> {
  const deletedFrom = milliseconds(mark, deletes);
  const deletedAt = deletedFrom === undefined ? undefined : instant(deletedFrom);
  return { ...(api.name === undefined ? {} : { api: api.name }), ...(deletedAt === undefined ? {} : { deletedAt }) };
}
