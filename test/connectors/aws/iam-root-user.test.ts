import { describe, expect, test } from 'vitest';
import type { WireResponse } from '../../../src/connector/wire.ts';
import { refused, result } from './client.ts';
import { company, credentialsOf, reportWith } from './company.ts';

const surface = 'aws.iam_root_user';
const password = 'true,2026-09-01T08:00:00Z,not_supported,not_supported,true';
const key = 'true,2019-03-04T11:00:00Z,2021-07-30T06:12:00Z,us-east-1,ec2';
const certificate = 'true,2019-03-04T11:02:00Z,false,N/A,N/A\nbright';

function summary(counts: Readonly<Record<string, number>>): WireResponse {
  const entries = Object.entries(counts).map(([name, count]) => `<entry><key>${name}</key><value>${String(count)}</value></entry>`);
  return result('GetAccountSummary', `<SummaryMap>${entries.join('')}</SummaryMap>`);
}
const bare = { AccountAccessKeysPresent: 0, AccountMFAEnabled: 0, AccountPasswordPresent: 0, AccountSigningCertificatesPresent: 0 };

describe('the root user', () => {
  test('is an administrator, with what the report tells of its keys', async () => {
    const outcome = await company([surface]);
    expect(outcome.records.map(({ kind, privilege }) => [kind, privilege])).toEqual([
      ['aws.iam_root_user', 'admin'],
      ['aws.iam_root_password', 'admin'],
      ['aws.iam_root_access_key', 'admin'],
      ['aws.iam_root_signing_certificate', 'admin'],
    ]);
    expect(credentialsOf(outcome, 'aws.iam_root_access_key')[0]).toMatchObject({
      identity: 'arn:aws:iam::111122223333:root',
      status: 'active',
      rotatedAt: '2019-03-04T11:00:00Z',
      lastUsedAt: '2021-07-30T06:12:00Z',
    });
  });

  test('has no password that was changed at a time that is none', async () => {
    const [found] = credentialsOf(await company([surface]), 'aws.iam_root_password');
    expect(found).toMatchObject({ lastUsedAt: '2026-09-01T08:00:00Z', unknown: { rotatedAt: { why: 'not-offered' } } });
  });

  test('without any credential is itself alone', async () => {
    const without = await reportWith(key, 'false,N/A,N/A,N/A,N/A');
    const outcome = await company([surface], ({ action }) =>
      action === 'GetAccountSummary' ? summary(bare) : action === 'GetCredentialReport' ? without : undefined,
    );
    expect(outcome.records.map(({ kind }) => kind)).toEqual(['aws.iam_root_user', 'aws.iam_root_signing_certificate']);
    expect(outcome.records[0]).toMatchObject({ details: { mfa: 'no' } });
  });

  test.each([
    ['no_information', '2019-03-01T10:00:00Z'],
    ['N/A', '2019-03-01T10:00:00Z'],
  ])('whose password was used %s is called unused only since it is watched', async (word, since) => {
    const answer = await reportWith(password, password.replace('2026-09-01T08:00:00Z', word));
    const outcome = await company([surface], ({ action }) => (action === 'GetCredentialReport' ? answer : undefined));
    expect(credentialsOf(outcome, 'aws.iam_root_password')[0]).toMatchObject({ lastUsedAt: null, since: { lastUsedAt: since } });
  });

  test('still has a key that the summary counts and the report does not know yet', async () => {
    const answer = await reportWith(key, 'false,N/A,N/A,N/A,N/A');
    const outcome = await company([surface], ({ action }) => (action === 'GetCredentialReport' ? answer : undefined));
    expect(credentialsOf(outcome, 'aws.iam_root_access_key')).toMatchObject([
      { name: 'root/access-key', status: 'active', unknown: { rotatedAt: { why: 'stale' }, lastUsedAt: { why: 'stale' } } },
    ]);
  });

  test('shows no less without the report', async () => {
    const outcome = await company([surface], ({ action }) =>
      action === 'GetCredentialReport' ? refused(403, 'AccessDenied', 'not authorized to perform: iam:GetCredentialReport') : undefined,
    );
    expect(outcome.records).toHaveLength(4);
    expect(credentialsOf(outcome, 'aws.iam_root_access_key')[0]?.unknown).toMatchObject({ lastUsedAt: { why: 'permission-denied' } });
  });

  test('of whom neither summary nor report tells a password is not called without one', async () => {
    const { AccountPasswordPresent: _, ...silent } = bare;
    const answer = await reportWith(`10:00:00Z,${password}`, `10:00:00Z,${password.replace('true', 'not_supported')}`);
    const outcome = await company([surface], ({ action }) =>
      action === 'GetAccountSummary' ? summary(silent) : action === 'GetCredentialReport' ? answer : undefined,
    );
    expect(outcome.coverage.find((row) => row.surface === surface)).toMatchObject({ state: 'partial', reason: 'malformed-response' });
  });

  test('keeps an inactive key as residue', async () => {
    const answer = await reportWith(key, key.replace('true', 'FALSE'));
    const outcome = await company([surface], ({ action }) => (action === 'GetCredentialReport' ? answer : undefined));
    expect(credentialsOf(outcome, 'aws.iam_root_access_key')).toMatchObject([{ status: 'inactive' }]);
  });

  test('has a certificate that only the summary counts', async () => {
    const answer = await reportWith(certificate, certificate.replace('true,2019-03-04T11:02:00Z', 'false,N/A'));
    const outcome = await company([surface], ({ action }) => (action === 'GetCredentialReport' ? answer : undefined));
    expect(credentialsOf(outcome, 'aws.iam_root_signing_certificate')).toMatchObject([{ name: 'root/signing-certificate' }]);
  });
});
