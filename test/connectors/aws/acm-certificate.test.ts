import { describe, expect, test } from 'vitest';
import type { WireResponse } from '../../../src/connector/wire.ts';
import { json } from './client.ts';
import { type Answers, jsonError, lookAt } from './answered-surface.ts';
import { seconds } from './one-surface.ts';

const arn = 'arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4e5f-8a9b-000000000000';
const issued = {
  CertificateArn: arn,
  DomainName: 'shop.larkspur.example',
  Status: 'ISSUED',
  Type: 'AMAZON_ISSUED',
  KeyAlgorithm: 'RSA_2048',
  InUse: true,
  RenewalEligibility: 'ELIGIBLE',
  CreatedAt: seconds('2024-01-01T00:00:00Z'),
  IssuedAt: seconds('2026-01-01T00:00:00Z'),
  NotBefore: seconds('2026-01-01T00:00:00Z'),
  NotAfter: seconds('2027-02-01T00:00:00Z'),
};
const near = { NotAfter: seconds('2026-12-11T00:00:00Z') };
const renewal = (RenewalStatus?: string): WireResponse =>
  json({
    Certificate: {
      CertificateArn: arn,
      InUseBy: ['arn:lb'],
      ...(RenewalStatus === undefined ? {} : { RenewalSummary: { RenewalStatus } }),
    },
  });
const certificate = (entry: object = {}, answers: Answers = {}) =>
  lookAt('aws.acm_certificate', {
    ListCertificates: json({ CertificateSummaryList: [{ ...issued, ...entry }] }),
    ListTagsForCertificate: json({ Tags: [] }),
    DescribeCertificate: renewal(),
    ...answers,
  });

test('every sort of key is asked for: left to itself, ACM tells of two', async () => {
  const { asked } = await certificate();
  expect(asked[0]?.input['Includes']).toEqual({
    keyTypes: ['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'],
  });
});

describe('who renews it', () => {
  test.each([
    ['AWS, while its end is far', {}, undefined, 'aws.acm_certificate'],
    ['AWS, when it says that it is renewing', near, 'PENDING_AUTO_RENEWAL', 'aws.acm_certificate'],
    ['AWS, when it has renewed', near, 'SUCCESS', 'aws.acm_certificate'],
    ['nobody, when somebody must prove a domain first', near, 'PENDING_VALIDATION', 'aws.acm_manual_certificate'],
    ['nobody, when it failed', near, 'FAILED', 'aws.acm_manual_certificate'],
    ['nobody, when AWS has not begun with little time left', near, undefined, 'aws.acm_manual_certificate'],
    ['its owner, when it was imported', { Type: 'IMPORTED', RenewalEligibility: 'INELIGIBLE' }, undefined, 'aws.acm_manual_certificate'],
    ['its owner, when AWS may not', { RenewalEligibility: 'INELIGIBLE' }, undefined, 'aws.acm_manual_certificate'],
  ])('%s', async (_who, entry, status, kind) => {
    expect((await certificate(entry, { DescribeCertificate: renewal(status) })).found).toMatchObject([{ kind }]);
  });

  test('is asked only near its end', async () => {
    expect((await certificate()).calls).toEqual(['ListCertificates', 'ListTagsForCertificate']);
    expect((await certificate(near)).calls).toContain('DescribeCertificate');
  });

  test('is not taken to be AWS where the answer is refused', async () => {
    const { found } = await certificate(near, { DescribeCertificate: jsonError('AccessDeniedException', 'no') });
    expect(found).toMatchObject([{ kind: 'aws.acm_manual_certificate', unknown: { consumers: { why: 'permission-denied' } } }]);
  });
});

describe('who uses it', () => {
  test('is nobody where ACM says so, without a call', async () => {
    const { found, calls } = await certificate({ InUse: false });
    expect(found).toMatchObject([{ consumers: [] }]);
    expect(calls).not.toContain('DescribeCertificate');
  });

  test('is told near its end', async () => {
    expect((await certificate(near)).found).toMatchObject([{ consumers: ['arn:lb'] }]);
  });
});

test.each([
  ['PENDING_VALIDATION', 'inactive'],
  ['VALIDATION_TIMED_OUT', 'inactive'],
  ['REVOKED', 'inactive'],
  ['EXPIRED', 'expired'],
  ['SOMETHING_NEW', 'unknown'],
])('one that is %s is %s', async (Status, status) => {
  expect((await certificate({ Status })).found).toMatchObject([{ status }]);
});

test('one that was never issued has no end, rather than one that is past', async () => {
  const { NotAfter: _, NotBefore: __, IssuedAt: ___, ...pending } = issued;
  const { found } = await lookAt('aws.acm_certificate', {
    ListCertificates: json({ CertificateSummaryList: [{ ...pending, Status: 'PENDING_VALIDATION' }] }),
    ListTagsForCertificate: json({ Tags: [] }),
  });
  expect(found).toMatchObject([{ status: 'inactive', expiresAt: null, rotatedAt: null }]);
});

test('one of CloudFront is not its customer’s to renew', async () => {
  expect((await certificate({ ManagedBy: 'CLOUDFRONT' })).found).toMatchObject([{ managedBy: 'service' }]);
});

test('one that was imported again is as young as that, and nobody says when it was made', async () => {
  const { CreatedAt: _, IssuedAt: __, ...imported } = issued;
  const { found } = await lookAt('aws.acm_certificate', {
    ListCertificates: json({
      CertificateSummaryList: [
        { ...imported, Type: 'IMPORTED', RenewalEligibility: 'INELIGIBLE', ImportedAt: seconds('2026-10-10T00:00:00Z') },
      ],
    }),
    ListTagsForCertificate: json({ Tags: [] }),
  });
  expect(found).toMatchObject([{ rotatedAt: '2026-10-10T00:00:00Z', unknown: { createdAt: { why: 'not-offered' } } }]);
});
