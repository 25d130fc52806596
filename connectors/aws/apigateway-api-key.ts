import type { ApiKey } from '@aws-sdk/client-api-gateway';
import { type Look, type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { absent, unknown } from '../../src/model/fact.ts';
import { instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { pagesOf } from './pages.ts';
import { purposeOf } from './purpose.ts';
import type { RegionSession } from './session.ts';

// https://docs.aws.amazon.com/apigateway/latest/api/API_ApiKey.html

export const apigatewayApiKeyKind = defineKind({
  id: 'aws.apigateway_api_key',
  title: 'API key of API Gateway',
  record: 'credential',
  proves: 'Calls the API stages of its usage plans, for whoever shows it.',
  remedy: {
    disable: 'aws apigateway update-api-key --api-key {id} --patch-operations op=replace,path=/enabled,value=false --region {scope.region}',
    delete: 'aws apigateway delete-api-key --api-key {id} --region {scope.region}',
  },
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'bearer',
    revocation: { seen: ['GetApiKeys shows it disabled, or no longer'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

/** Without `value`, which is only sent when it is asked for. */
type RawKey = Pick<
  ApiKey,
  'id' | 'name' | 'description' | 'enabled' | 'createdDate' | 'lastUpdatedDate' | 'customerId' | 'stageKeys' | 'tags'
>;

const listing = 'apigateway:GetApiKeys';

export const apigatewayApiKey: Surface<RegionSession> = defineSurface<RegionSession, RawKey>({
  id: 'aws.apigateway_api_key',
  title: 'API Gateway API keys',
  source: 'https://docs.aws.amazon.com/apigateway/latest/api/API_GetApiKeys.html',
  level: 'region',
  kinds: [
    {
      kind: apigatewayApiKeyKind,
      facts: { createdAt: 'exposed', rotatedAt: 'exposed', expiresAt: 'never', notBefore: 'never', purpose: 'exposed', owner: 'from-tags' },
    },
  ],
  operations: [
    {
      call: listing,
      permission: 'apigateway:GET',
      fields: { status: 'enabled', createdAt: 'createdDate', rotatedAt: 'createdDate', purpose: 'description' },
    },
  ],

  list: keyPages,

  normalize(key, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(key.id, 'id');
    const createdAt = time(key.createdDate);
    return [
      credential({
        id,
        kind: apigatewayApiKeyKind.id,
        provider: 'aws',
        scope: session.scope,
        name: key.name ?? id,
        identity: absent(),
        status: key.enabled === undefined ? 'unknown' : key.enabled ? 'active' : 'inactive',
        managedBy: 'customer',
        createdAt,
        // Its value is set when it is made; an update takes none.
        rotatedAt: createdAt,
        lastUsedAt: unknown('not-offered'),
        expiresAt: absent(),
        notBefore: absent(),
        purpose: purposeOf(key.description),
        privilege: unknown('not-offered'),
        fingerprint: unknown('not-offered'),
        consumers: unknown('not-offered'),
        owners: [],
        tags: key.tags ?? {},
        evidence: [{ operation: listing, observedAt, fields: ['status', 'createdAt', 'rotatedAt', 'purpose', 'tags'] }],
        details: detailsOf(key),
      }),
    ];
  },
});

async function* keyPages({ service }: RegionSession, { signal }: Look): AsyncGenerator<readonly RawKey[]> {
  const { APIGatewayClient, GetApiKeysCommand } = await import('@aws-sdk/client-api-gateway');
  const client = await service(() => Promise.resolve(APIGatewayClient));
  yield* pagesOf('items', async (token) => {
    const page = await client.send(new GetApiKeysCommand({ limit: 500, position: token }), { abortSignal: signal });
    return { items: page.items?.map(toKey), next: page.position };
  });
}

function toKey({ id, name, description, enabled, createdDate, lastUpdatedDate, customerId, stageKeys, tags }: ApiKey): RawKey {
  return { id, name, description, enabled, createdDate, lastUpdatedDate, customerId, stageKeys, tags };
}

function detailsOf({ lastUpdatedDate, customerId, stageKeys = [] }: RawKey): Readonly<Record<string, string>> {
  const updatedAt = lastUpdatedDate && instant(lastUpdatedDate);
  return {
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...(customerId === undefined ? {} : { marketplaceCustomer: customerId }),
    ...(stageKeys.length === 0 ? {} : { stages: stageKeys.join(', ') }),
  };
}
