import { expect, test } from 'vitest';
import { json } from './client.ts';
import { type Answers, jsonError, lookAt } from './answered-surface.ts';
import { seconds } from './one-surface.ts';

const arn = 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/4d5e6f70-0000-4222-8333-000000000000';
const active = {
  Arn: arn,
  CreatedAt: seconds('2024-09-01T10:00:00Z'),
  Type: 'SUBORDINATE',
  Status: 'ACTIVE',
  NotBefore: seconds('2024-09-01T09:00:00Z'),
  NotAfter: seconds('2029-09-01T09:00:00Z'),
  CertificateAuthorityConfiguration: { Subject: { CommonName: 'Larkspur Issuing CA' } },
};
const authority = (entry: object = {}, answers: Answers = {}) =>
  lookAt('aws.acmpca_certificate_authority', {
    ListCertificateAuthorities: json({ CertificateAuthorities: [{ ...active, ...entry }] }),
    ListTags: json({ Tags: [{ Key: 'owner', Value: 'platform-team' }] }),
    ...answers,
  });

test('an authority is named as its certificate names it, and ends with it', async () => {
  const { found } = await authority();
  expect(found).toMatchObject([
    { id: arn, name: 'Larkspur Issuing CA', expiresAt: '2029-09-01T09:00:00Z', tags: { owner: 'platform-team' } },
  ]);
});

test.each([
  ['DISABLED', {}, 'inactive'],
  ['EXPIRED', {}, 'expired'],
  ['DELETED', { RestorableUntil: seconds('2026-12-20T00:00:00Z') }, 'deleted-recoverable'],
  ['FAILED', {}, 'inactive'],
])('one that is %s', async (Status, more, status) => {
  expect((await authority({ Status, ...more })).found).toMatchObject([{ status }]);
});

test('one that waits for its certificate has no end yet', async () => {
  const { NotBefore: _, NotAfter: __, ...waiting } = active;
  const { found } = await lookAt('aws.acmpca_certificate_authority', {
    ListCertificateAuthorities: json({ CertificateAuthorities: [{ ...waiting, Status: 'PENDING_CERTIFICATE' }] }),
    ListTags: json({ Tags: [] }),
  });
  expect(found).toMatchObject([{ status: 'inactive', expiresAt: null }]);
});

test('tags of every page are read', async () => {
  const { found } = await authority(
    {},
    {
      ListTags: ({ input }) =>
        input['NextToken'] === undefined
          ? json({ Tags: [{ Key: 'owner', Value: 'a' }], NextToken: 'two' })
          : json({ Tags: [{ Key: 'workload', Value: 'b' }] }),
    },
  );
  expect(found).toMatchObject([{ tags: { owner: 'a', workload: 'b' } }]);
});

test('tags that may not be read leave the owner unknown', async () => {
  const { found } = await authority({}, { ListTags: jsonError('AccessDeniedException', 'no') });
  expect(found[0]?.unknown).toMatchObject({ owners: { why: 'permission-denied' } });
});
