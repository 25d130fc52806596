import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { certificatesIn, readCertificates } from '../../../connectors/aws/x509.ts';
import { MalformedError } from '../../../src/connector/refusal.ts';
import type { WireResponse } from '../../../src/connector/wire.ts';
import { json } from './client.ts';
import { type Answers, jsonError, lookAt } from './answered-surface.ts';

/** The certificates of the recorded traffic: an authority to 2026-12-15, and those of a scanner to 2026-02-01 and 2027-02-01. */
const pems = async (file: string): Promise<readonly string[]> => {
  const text = await readFile(`fixtures/company/traffic/aws/rolesanywhere-${file}.json`, 'utf8');
  return [...text.matchAll(/"x509CertificateData": ("[^"]+")/g)].map(([, quoted]) => JSON.parse(quoted ?? '""') as string);
};
const [authority = ''] = await pems('list-trust-anchors-1');
const [past = '', live = ''] = await pems('get-subject-scanner-07');
const tags: Answers = { ListTagsForResource: json({ tags: [{ key: 'owner', value: 'platform-team' }] }) };

describe('certificates in PEM', () => {
  test('tell their times and their subject', () => {
    expect(certificatesIn(authority)).toEqual([
      { subject: 'O=Larkspur Foods, CN=Larkspur Warehouse CA', notBefore: '2021-12-15T09:00:00Z', notAfter: '2026-12-15T09:00:00Z' },
    ]);
  });

  test('come in the order in which they end, whatever stands between them', () => {
    const bundle = `subject=the new one\n${live}\n\nsubject=the old one\r\n${past.replaceAll('\n', '\r\n')}`;
    expect(certificatesIn(bundle).map(({ notAfter }) => notAfter)).toEqual(['2026-02-01T00:00:00Z', '2027-02-01T00:00:00Z']);
  });

  test.each([
    ['nothing', ''],
    ['words', 'no certificate here'],
    ['a broken certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    ['one that was cut off', authority.slice(0, 200)],
    ['one that is broken beside one that is not', `${authority}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`],
  ])('are not read from %s', (_what, text) => {
    expect(() => certificatesIn(text)).toThrow(MalformedError);
    expect(readCertificates(text)).toMatchObject({ state: 'unknown', why: 'malformed-response' });
  });
});

describe('a trust anchor', () => {
  const anchor = (source: object, answers: Answers = {}) =>
    lookAt('aws.rolesanywhere_trust_anchor', {
      ...tags,
      ListTrustAnchors: json({
        trustAnchors: [
          {
            trustAnchorId: 'a',
            trustAnchorArn: 'arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/a',
            name: 'devices',
            enabled: true,
            createdAt: '2024-01-01T00:00:00+00:00',
            updatedAt: '2026-11-01T00:00:00+00:00',
            source,
          },
        ],
      }),
      ...answers,
    });
  const bundle = (x509CertificateData: string) => ({ sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData } });
  const acmPcaArn = 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/x';

  test('ends with the first of its certificates, and trusts each of them', async () => {
    const { found } = await anchor(bundle(`${live}${authority}`));
    expect(found).toMatchObject([
      {
        expiresAt: '2026-12-15T09:00:00Z',
        trust: [{ issuer: 'O=Larkspur Foods, CN=Larkspur Warehouse CA', subject: '*' }, { subject: '*' }],
        details: { certificates: '2' },
        tags: { owner: 'platform-team' },
      },
    ]);
  });

  test('with a certificate that cannot be read is kept, with an unknown end', async () => {
    const { found, rows } = await anchor(bundle('nonsense'));
    expect(found).toMatchObject([{ name: 'devices', unknown: { expiresAt: { why: 'malformed-response' } } }]);
    expect(rows).toMatchObject([{ state: 'complete', count: 1 }]);
  });

  test('of a private authority ends with it', async () => {
    const { found } = await anchor(
      { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn } },
      {
        DescribeCertificateAuthority: json({
          CertificateAuthority: { Arn: acmPcaArn, NotAfter: Date.parse('2030-01-01T00:00:00Z') / 1000 },
        }),
      },
    );
    expect(found).toMatchObject([{ expiresAt: '2030-01-01T00:00:00Z', trust: [{ issuer: acmPcaArn, subject: '*' }] }]);
  });

  test('of an authority in another account, which does not tell, has an unknown end', async () => {
    const { found } = await anchor(
      { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn } },
      { DescribeCertificateAuthority: jsonError('AccessDeniedException', 'no') },
    );
    expect(found[0]?.unknown).toMatchObject({ expiresAt: { why: 'permission-denied' } });
  });
});

describe('a subject', () => {
  const subject = {
    subjectArn: 'arn:aws:rolesanywhere:eu-west-1:111122223333:subject/s',
    subjectId: 's',
    enabled: true,
    x509Subject: 'CN=scanner-07',
    lastSeenAt: '2026-11-20T00:00:00+00:00',
    createdAt: '2026-02-02T00:00:00+00:00',
  };
  const seen = (serialNumber: string, x509CertificateData: string, more: object = {}) => ({
    serialNumber,
    issuer: 'CN=CA',
    enabled: true,
    seenAt: '2026-11-19T00:00:00+00:00',
    failed: false,
    x509CertificateData,
    ...more,
  });
  const look = (GetSubject: WireResponse) =>
    lookAt('aws.rolesanywhere_subject', { ...tags, ListSubjects: json({ subjects: [subject] }), GetSubject });

  test('comes with the certificates that still open something; those past their end are history', async () => {
    const { found } = await look(json({ subject: { ...subject, credentials: [seen('1', past), seen('2', live)] } }));
    expect(found).toMatchObject([
      { record: 'identity', name: 'CN=scanner-07', lastUsedAt: '2026-11-20T00:00:00Z', details: { endedCertificates: '1' } },
      { record: 'credential', identity: subject.subjectArn, expiresAt: '2027-02-01T00:00:00Z', lastUsedAt: '2026-11-19T00:00:00Z' },
    ]);
  });

  test('was not let in with a certificate whose request failed', async () => {
    const { found } = await look(json({ subject: { ...subject, credentials: [seen('2', live, { failed: true })] } }));
    expect(found[1]?.unknown).toMatchObject({ lastUsedAt: { why: 'not-offered' } });
  });

  test('is kept where its certificates may not be read, which is a gap', async () => {
    const denied = {
      ...json({ message: 'not authorized to perform: rolesanywhere:GetSubject' }, 403),
      headers: { 'x-amzn-errortype': 'AccessDeniedException' },
    };
    const { found, rows } = await look(denied);
    expect(found).toMatchObject([{ record: 'identity' }]);
    expect(rows).toMatchObject([
      { scope: 'account/111122223333/eu-west-1/subject-certificates', state: 'denied', requires: ['rolesanywhere:GetSubject'] },
      { state: 'partial', count: 1 },
    ]);
  });
});
