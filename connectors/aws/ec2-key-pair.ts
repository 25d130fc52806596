import type { KeyPairInfo } from '@aws-sdk/client-ec2';
import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { credential } from '../../src/model/credential.ts';
import { type Fact, absent, unknown } from '../../src/model/fact.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { sshFingerprint } from './fingerprint.ts';
import type { RegionSession } from './session.ts';
import { tagsOf } from './tags.ts';

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_KeyPairInfo.html

export const ec2KeyPairKind = defineKind({
  id: 'aws.ec2_key_pair',
  title: 'EC2 key pair',
  record: 'credential',
  proves: 'Logs in to the instances that were launched with it.',
  remedy: { delete: 'aws ec2 delete-key-pair --key-pair-id {id} --region {scope.region}' },
  traits: {
    expiry: 'never',
    rotation: 'replace',
    proof: 'possession',
    revocation: {
      seen: ['DescribeKeyPairs no longer shows it', 'the public key is gone from the authorized_keys of its instances'],
      tokensLive: null,
    },
    takesWith: [],
    leavesBehind: [],
  },
});

type RawKeyPair = Pick<KeyPairInfo, 'KeyPairId' | 'KeyName' | 'KeyType' | 'CreateTime'> & {
  readonly fingerprint: Fact<string>;
  readonly tags: Readonly<Record<string, string>>;
};

const listing = 'ec2:DescribeKeyPairs';

export const ec2KeyPair: Surface<RegionSession> = defineSurface<RegionSession, RawKeyPair>({
  id: 'aws.ec2_key_pair',
  title: 'EC2 key pairs',
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeKeyPairs.html',
  level: 'region',
  kinds: [
    {
      kind: ec2KeyPairKind,
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
    { call: listing, permission: listing, fields: { createdAt: 'CreateTime', rotatedAt: 'CreateTime', fingerprint: 'PublicKey' } },
  ],

  // The one answer holds them all: there are no pages.
  async *list({ service }, look) {
    const { EC2Client, DescribeKeyPairsCommand } = await import('@aws-sdk/client-ec2');
    const client = await service(() => Promise.resolve(EC2Client));
    const command = new DescribeKeyPairsCommand({ IncludePublicKey: true });
    const { KeyPairs } = await client.send(command, { abortSignal: look.signal });
    for (const pair of required(KeyPairs, 'KeyPairs')) yield [toKeyPair(pair)];
  },

  normalize(pair, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(pair.KeyPairId, 'KeyPairId');
    // When it was made or, for one that was made elsewhere, imported: the key itself may be older.
    const createdAt = time(pair.CreateTime);
    return [
      credential({
        id,
        kind: ec2KeyPairKind.id,
        provider: 'aws',
        scope: session.scope,
        name: pair.KeyName ?? id,
        identity: absent(),
        status: 'active',
        managedBy: 'customer',
        createdAt,
        rotatedAt: createdAt,
        lastUsedAt: unknown('not-offered'),
        expiresAt: absent(),
        notBefore: absent(),
        purpose: unknown('not-offered'),
        privilege: unknown('not-offered'),
        fingerprint: pair.fingerprint,
        consumers: unknown('not-offered'),
        owners: [],
        tags: pair.tags,
        evidence: [{ operation: listing, observedAt, fields: ['createdAt', 'rotatedAt', 'fingerprint', 'tags'] }],
        details: pair.KeyType === undefined ? {} : { algorithm: pair.KeyType },
      }),
    ];
  },
});

/** `KeyFingerprint` is a digest of the private key, of the public one, or of something else by how the pair was made; this one joins. */
function toKeyPair({ KeyPairId, KeyName, KeyType, CreateTime, PublicKey, Tags }: KeyPairInfo): RawKeyPair {
  return { KeyPairId, KeyName, KeyType, CreateTime, fingerprint: sshFingerprint(PublicKey), tags: tagsOf(Tags) };
}
