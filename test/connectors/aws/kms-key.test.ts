import { describe, expect, test } from 'vitest';
import type { WireResponse } from '../../../src/connector/wire.ts';
import { json } from './client.ts';
import { type Answers, jsonError, lookAt } from './answered-surface.ts';
import { seconds } from './one-surface.ts';

const id = '1f0c2f5e-0c1d-4a6b-9a53-2f6f0e1d7a01';
const arn = `arn:aws:kms:eu-west-1:111122223333:key/${id}`;
const created = '2024-01-01T00:00:00Z';
const described = (more: object = {}): WireResponse =>
  json({
    KeyMetadata: {
      KeyId: id,
      Arn: arn,
      CreationDate: seconds(created),
      KeyState: 'Enabled',
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      Origin: 'AWS_KMS',
      ...more,
    },
  });
const unused = json({
  KeyId: arn,
  KeyLastUsage: {},
  TrackingStartDate: seconds('2026-03-15T00:00:00Z'),
  KeyCreationDate: seconds(created),
});
const plain: Answers = {
  ListAliases: json({ Aliases: [], Truncated: false }),
  ListKeys: json({ Keys: [{ KeyId: id, KeyArn: arn }], Truncated: false }),
  DescribeKey: described(),
  ListResourceTags: json({ Tags: [], Truncated: false }),
  GetKeyRotationStatus: json({ KeyId: arn, KeyRotationEnabled: false }),
  ListKeyRotations: json({ Rotations: [], Truncated: false }),
  GetKeyLastUsage: unused,
};
const key = (answers: Answers = {}) => lookAt('aws.kms_key', { ...plain, ...answers });

describe('the rotation of a key', () => {
  test('that is off is no schedule, and no rotation is as old as the key', async () => {
    const { found } = await key();
    expect(found).toMatchObject([{ kind: 'aws.kms_key', createdAt: created, rotatedAt: null, rotationDueAt: null }]);
  });

  test('is the newest of all pages, by schedule or on demand; the first material has no date', async () => {
    const { found, asked } = await key({
      ListKeyRotations: ({ input }) =>
        input['Marker'] === undefined
          ? json({
              Rotations: [{ KeyId: id, RotationDate: seconds('2026-05-05T00:00:00Z'), RotationType: 'ON_DEMAND' }],
              NextMarker: 'two',
              Truncated: true,
            })
          : json({
              Rotations: [{ KeyId: id, RotationDate: seconds('2025-01-01T00:00:00Z'), RotationType: 'AUTOMATIC' }, { KeyId: id }],
              Truncated: false,
            }),
      GetKeyRotationStatus: json({
        KeyRotationEnabled: true,
        NextRotationDate: seconds('2027-05-05T00:00:00Z'),
        RotationPeriodInDays: 365,
      }),
    });
    expect(found).toMatchObject([{ rotatedAt: '2026-05-05T00:00:00Z', rotationDueAt: '2027-05-05T00:00:00Z' }]);
    expect(asked.filter(({ operation }) => operation === 'ListKeyRotations')).toHaveLength(2);
  });

  test('does not apply to what KMS cannot rotate, which is no failure', async () => {
    const unsupported = jsonError('UnsupportedOperationException', 'not supported for this key');
    const { found, rows } = await key({ GetKeyRotationStatus: unsupported, ListKeyRotations: unsupported });
    expect(found).toMatchObject([{ rotatedAt: null, rotationDueAt: null }]);
    expect(rows).toMatchObject([{ state: 'complete', count: 1 }]);
  });

  test('is unknown where it is denied', async () => {
    const denied = jsonError('AccessDeniedException', 'User: u is not authorized to perform: kms:GetKeyRotationStatus on this resource');
    const { found } = await key({ GetKeyRotationStatus: denied });
    expect(found[0]?.unknown).toMatchObject({ rotationDueAt: { why: 'permission-denied' } });
  });

  test('is unknown, and not none, where the state of the key forbids the answer', async () => {
    const { found } = await key({ ListKeyRotations: jsonError('KMSInvalidStateException', 'is creating') });
    expect(found[0]?.unknown).toMatchObject({ rotatedAt: { why: 'not-offered' } });
  });

  test.each(['PendingDeletion', 'PendingReplicaDeletion'])('is not asked of a key that is %s', async (KeyState) => {
    const { found, calls } = await key({ DescribeKey: described({ KeyState, DeletionDate: seconds('2026-12-05T00:00:00Z') }) });
    expect(found).toMatchObject([{ status: 'pending-deletion', details: { deletedAt: '2026-12-05T00:00:00Z' } }]);
    expect(calls).not.toContain('GetKeyRotationStatus');
    expect(calls).not.toContain('ListKeyRotations');
  });

  test('of a replica is that of its primary, asked in its region', async () => {
    const PrimaryKey = { Arn: 'arn:aws:kms:us-east-1:111122223333:key/mrk-1', Region: 'us-east-1' };
    const { found, asked } = await key({
      DescribeKey: described({
        MultiRegion: true,
        MultiRegionConfiguration: { MultiRegionKeyType: 'REPLICA', PrimaryKey, ReplicaKeys: [] },
      }),
      ListKeyRotations: json({ Rotations: [{ RotationDate: seconds('2026-08-08T00:00:00Z') }], Truncated: false }),
    });
    expect(found).toMatchObject([{ id: arn, rotatedAt: '2026-08-08T00:00:00Z' }]);
    const about = asked.filter(({ operation }) => operation === 'ListKeyRotations' || operation === 'GetKeyRotationStatus');
    expect(about.map(({ host, input }) => `${host} ${String(input['KeyId'])}`)).toEqual(
      about.map(() => `kms.us-east-1.amazonaws.com ${PrimaryKey.Arn}`),
    );
  });
});

describe('the sort of a key', () => {
  test.each([
    ['symmetric', {}, 'aws.kms_key'],
    ['asymmetric', { KeySpec: 'RSA_4096', KeyUsage: 'SIGN_VERIFY' }, 'aws.kms_fixed_key'],
    ['for message codes', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }, 'aws.kms_fixed_key'],
    ['in a cluster of the customer', { Origin: 'AWS_CLOUDHSM' }, 'aws.kms_fixed_key'],
    ['imported', { Origin: 'EXTERNAL' }, 'aws.kms_imported_key'],
  ])('%s', async (_sort, metadata, kind) => {
    expect((await key({ DescribeKey: described(metadata) })).found).toMatchObject([{ kind }]);
  });

  test('that only a new key can replace is as old as it is, and has no rotation to ask for', async () => {
    const { found, calls } = await key({ DescribeKey: described({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }) });
    expect(found).toMatchObject([{ rotatedAt: created }]);
    expect(found[0]).not.toHaveProperty('rotationDueAt');
    expect(calls).not.toContain('GetKeyRotationStatus');
  });

  test('outside AWS has a rotation that nobody here can tell', async () => {
    const { found } = await key({ DescribeKey: described({ Origin: 'EXTERNAL_KEY_STORE' }) });
    expect(found[0]?.unknown).toMatchObject({ rotatedAt: { why: 'not-offered' } });
  });

  test.each([
    [
      'ends with its material',
      { ValidTo: seconds('2026-12-10T00:00:00Z'), ExpirationModel: 'KEY_MATERIAL_EXPIRES' },
      '2026-12-10T00:00:00Z',
    ],
    ['need not end', { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }, null],
  ])('that is imported %s', async (_what, metadata, expiresAt) => {
    expect((await key({ DescribeKey: described({ Origin: 'EXTERNAL', ...metadata }) })).found).toMatchObject([{ expiresAt }]);
  });
});

describe('the last use of a key', () => {
  test('is what KMS saw', async () => {
    const used = json({
      KeyLastUsage: { Operation: 'Decrypt', Timestamp: seconds('2026-11-20T01:02:03Z') },
      TrackingStartDate: seconds(created),
    });
    expect((await key({ GetKeyLastUsage: used })).found).toMatchObject([
      { lastUsedAt: '2026-11-20T01:02:03Z', details: { lastOperation: 'Decrypt' } },
    ]);
  });

  test('is none only since KMS began to watch', async () => {
    expect((await key()).found).toMatchObject([{ lastUsedAt: null, since: { lastUsedAt: '2026-03-15T00:00:00Z' } }]);
  });

  test('is unknown where the region has no such call', async () => {
    const { found, rows } = await key({ GetKeyLastUsage: jsonError('UnknownOperationException', '') });
    expect(found[0]?.unknown).toMatchObject({ lastUsedAt: { why: 'not-enabled' } });
    expect(rows).toMatchObject([{ state: 'complete' }]);
  });
});

test('tags are read under the names that KMS gives them', async () => {
  const { found } = await key({ ListResourceTags: json({ Tags: [{ TagKey: 'owner', TagValue: 'payments-team' }], Truncated: false }) });
  expect(found).toMatchObject([{ tags: { owner: 'payments-team' } }]);
});

test('tags that may not be read leave the owner unknown, not absent', async () => {
  const { found } = await key({ ListResourceTags: jsonError('AccessDeniedException', 'no') });
  expect(found[0]?.unknown).toMatchObject({ owners: { why: 'permission-denied' } });
});

describe('a key of AWS', () => {
  test('is left out by its name, without a call', async () => {
    const { found, calls, rows } = await key({
      ListAliases: json({ Aliases: [{ AliasName: 'alias/aws/ebs', TargetKeyId: id }], Truncated: false }),
    });
    expect(found).toEqual([]);
    expect(calls).toEqual(['ListAliases', 'ListKeys']);
    expect(rows).toMatchObject([{ state: 'complete', count: 0 }]);
  });

  test('without a name is left out by its manager', async () => {
    const { found, calls } = await key({ DescribeKey: described({ KeyManager: 'AWS' }) });
    expect(found).toEqual([]);
    expect(calls).toEqual(['ListAliases', 'ListKeys', 'DescribeKey']);
  });
});

test('a key whose policy shuts everybody out is a gap of its own, and the others are read', async () => {
  const shut = jsonError('AccessDeniedException', 'User: u is not authorized to perform: kms:DescribeKey on resource: other');
  const { found, rows } = await key({
    ListKeys: json({ Keys: [{ KeyId: 'other' }, { KeyId: id }], Truncated: false }),
    DescribeKey: ({ input }) => (input['KeyId'] === 'other' ? shut : described()),
  });
  expect(found.map((record) => record.id)).toEqual([arn]);
  expect(rows).toMatchObject([
    { scope: 'account/111122223333/eu-west-1/key/other', state: 'denied', requires: ['kms:DescribeKey'] },
    { scope: 'account/111122223333/eu-west-1', state: 'partial', count: 1 },
  ]);
});

test('names that may not be listed are a gap, and the keys are named by their ids', async () => {
  const { found, rows } = await key({ ListAliases: jsonError('AccessDeniedException', 'no') });
  expect(found).toMatchObject([{ name: id }]);
  expect(rows).toMatchObject([
    { scope: 'account/111122223333/eu-west-1/aliases', state: 'denied' },
    { state: 'partial', count: 1 },
  ]);
});
