import { expect, test } from 'vitest';
import { json } from './client.ts';
import { deniedTo, lookAt, seconds } from './one-surface.ts';

const certificate = {
  certificateArn: 'arn:aws:iot:eu-west-1:111122223333:cert/c1',
  certificateId: 'c1',
  creationDate: seconds('2025-01-01T00:00:00Z'),
};
const listed = (status: string) => json({ certificates: [{ ...certificate, status }] });
const validity = { notBefore: seconds('2025-01-01T00:00:00Z'), notAfter: seconds('2049-12-31T23:59:59Z') };
const described = json({ certificateDescription: { certificateId: 'c1', validity } });

test.each([
  ['ACTIVE', 'active'],
  ['INACTIVE', 'inactive'],
  ['PENDING_ACTIVATION', 'inactive'],
  ['PENDING_TRANSFER', 'inactive'],
  ['REGISTER_INACTIVE', 'inactive'],
  ['REVOKED', 'inactive'],
  ['SOMETHING_NEW', 'unknown'],
])('%s is %s', async (iot, status) => {
  const { credentials } = await lookAt('aws.iot_certificate', {
    'iot:ListCertificates': listed(iot),
    'iot:DescribeCertificate': described,
  });
  expect(credentials).toMatchObject([{ status }]);
});

test('one that is revoked is not asked about', async () => {
  const { asked, credentials } = await lookAt('aws.iot_certificate', { 'iot:ListCertificates': listed('REVOKED') });
  expect(asked).toEqual(['iot:ListCertificates']);
  expect(credentials[0]?.unknown).toMatchObject({ expiresAt: { why: 'not-looked' } });
});

test('one that may not be described is listed, with an unknown end', async () => {
  const { credentials, rows } = await lookAt('aws.iot_certificate', {
    'iot:ListCertificates': listed('ACTIVE'),
    'iot:DescribeCertificate': deniedTo('iot:DescribeCertificate'),
  });
  expect(credentials[0]?.unknown).toMatchObject({ expiresAt: { why: 'permission-denied' }, notBefore: { why: 'permission-denied' } });
  expect(rows).toMatchObject([{ state: 'complete', count: 1 }]);
});
