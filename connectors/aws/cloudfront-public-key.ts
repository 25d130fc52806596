import type { CloudFrontClient, PublicKeySummary } from '@aws-sdk/client-cloudfront';
import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, known, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { publicKeyFingerprint } from './fingerprint.ts';
import { pagesOf } from './pages.ts';
import { purposeOf } from './purpose.ts';
import type { AccountSession } from './session.ts';

// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_PublicKeySummary.html

export const cloudfrontPublicKeyKind = defineKind({
  id: 'aws.cloudfront_public_key',
  title: 'Public key of CloudFront',
  record: 'credential',
  proves: 'Signs URLs and cookies that open private content, for whoever holds its private key.',
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'possession',
    revocation: { seen: ['ListKeyGroups shows it in no group', 'ListPublicKeys no longer shows it'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

/** Names of the key groups by the ids of their keys. */
type Groups = Fact<ReadonlyMap<string, readonly string[]>>;
type RawKey = Pick<PublicKeySummary, 'Id' | 'Name' | 'CreatedTime' | 'Comment'> & {
  readonly fingerprint: Fact<string>;
  readonly groups: Groups;
};

const listing = 'cloudfront:ListPublicKeys';
const grouping = 'cloudfront:ListKeyGroups';

export const cloudfrontPublicKey: Surface<AccountSession> = defineSurface<AccountSession, RawKey>({
  id: 'aws.cloudfront_public_key',
  title: 'CloudFront public keys',
  source: 'https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListPublicKeys.html',
  level: 'account',
  kinds: [
    {
      kind: cloudfrontPublicKeyKind,
      facts: {
        createdAt: 'exposed',
        rotatedAt: 'exposed',
        expiresAt: 'never',
        notBefore: 'never',
        purpose: 'exposed',
        fingerprint: 'exposed',
        consumers: 'exposed',
      },
    },
  ],
  operations: [
    { call: listing, permission: listing },
    { call: grouping, permission: grouping, facts: ['consumers'] },
  ],

  async *list({ service }, look) {
    const { CloudFrontClient, ListPublicKeysCommand } = await import('@aws-sdk/client-cloudfront');
    const client = await service(() => Promise.resolve(CloudFrontClient));
    const groups: Groups = await look.learn(async () => known(await groupsByKey(client, look.signal)));
    yield* pagesOf('PublicKeyList', async (token) => {
      const { PublicKeyList } = await client.send(new ListPublicKeysCommand({ Marker: token }), { abortSignal: look.signal });
      return { items: listed(PublicKeyList)?.map((key) => toKey(key, groups)), next: PublicKeyList?.NextMarker };
    });
  },

  normalize(key, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(key.Id, 'Id');
    const createdAt = time(key.CreatedTime);
    const consumers = consumersOf(id, key.groups);
    return [
      credential({
        id,
        kind: cloudfrontPublicKeyKind.id,
        provider: 'aws',
        scope: session.scope,
        name: key.Name ?? id,
        identity: absent(),
        status: 'active',
        managedBy: 'customer',
        createdAt,
        // Its key cannot be changed, its name and comment can.
        rotatedAt: createdAt,
        lastUsedAt: unknown('not-offered'),
        expiresAt: absent(),
        notBefore: absent(),
        purpose: purposeOf(key.Comment),
        privilege: unknown('not-offered'),
        fingerprint: key.fingerprint,
        consumers,
        owners: [],
        tags: {},
        evidence: [
          { operation: listing, observedAt, fields: ['createdAt', 'rotatedAt', 'purpose', 'fingerprint'] },
          ...(consumers.state === 'unknown' ? [] : [{ operation: grouping, observedAt, fields: ['consumers'] }]),
        ],
        details: {},
      }),
    ];
  },
});

/** CloudFront leaves `Items` out of an empty list, and says so by its `Quantity`. */
function listed<Item>(list: { readonly Quantity?: number | undefined; readonly Items?: readonly Item[] | undefined } | undefined) {
  return list?.Items ?? (list?.Quantity === 0 ? [] : undefined);
}

async function groupsByKey(client: CloudFrontClient, signal: AbortSignal): Promise<ReadonlyMap<string, readonly string[]>> {
  const { ListKeyGroupsCommand } = await import('@aws-sdk/client-cloudfront');
  const byKey = new Map<string, string[]>();
  const pages = pagesOf('KeyGroupList', async (token) => {
    const { KeyGroupList } = await client.send(new ListKeyGroupsCommand({ Marker: token }), { abortSignal: signal });
    return { items: listed(KeyGroupList), next: KeyGroupList?.NextMarker };
  });
  for await (const page of pages) {
    for (const { KeyGroup } of page) {
      const { Name, Items } = required(KeyGroup?.KeyGroupConfig, 'KeyGroupConfig');
      for (const key of required(Items, 'Items')) byKey.set(key, [...(byKey.get(key) ?? []), `key group ${required(Name, 'Name')}`]);
    }
  }
  return byKey;
}

function toKey({ Id, Name, CreatedTime, Comment, EncodedKey }: PublicKeySummary, groups: Groups): RawKey {
  return { Id, Name, CreatedTime, Comment, fingerprint: publicKeyFingerprint(EncodedKey), groups };
}

function consumersOf(id: string, groups: Groups): Fact<readonly string[]> {
  if (groups.state !== 'known') return groups.state === 'unknown' ? groups : unknown('not-looked');
  const consumers = groups.value.get(id);
  return consumers === undefined
    ? unknown('not-looked', 'it is in no key group; field-level encryption is not asked for')
    : known(consumers);
}
