import { describe, expect, test } from 'vitest';
import { refused, result } from './client.ts';
import { company, credentialsOf } from './company.ts';

const surface = 'aws.iam_service_credential';
const passwordKind = 'aws.iam_service_password';
const keyKind = 'aws.iam_service_api_key';

function listed(...credentials: readonly Readonly<Record<string, string>>[]) {
  const members = credentials.map(
    (each) =>
      `<member>${Object.entries(each)
        .map(([name, value]) => `<${name}>${value}</${name}>`)
        .join('')}</member>`,
  );
  return result(
    'ListServiceSpecificCredentials',
    `<IsTruncated>false</IsTruncated><ServiceSpecificCredentials>${members.join('')}</ServiceSpecificCredentials>`,
  );
}
const one = {
  UserName: 'old-probe',
  Status: 'Active',
  CreateDate: '2026-01-01T00:00:00Z',
  ServiceSpecificCredentialId: 'ACCAEXAMPLE0000000001',
  ServiceName: 'bedrock.amazonaws.com',
};

describe('credentials of one service', () => {
  test('are read for all users in one listing, page after page', async () => {
    const { calls, ...outcome } = await company([surface]);
    expect(calls.filter((call) => call.startsWith('ListServiceSpecific'))).toHaveLength(2);
    expect(credentialsOf(outcome, keyKind)).toHaveLength(3);
  });

  test('that never end are shown without an end, not passed over', async () => {
    const key = credentialsOf(await company([surface]), keyKind).find(({ id }) => id === 'ACCAMIRAHADD1EXAMPLE1');
    expect(key).toMatchObject({ status: 'active', expiresAt: null, details: { service: 'bedrock.amazonaws.com' } });
  });

  test('say what they are to whom: an end where they have one, and their state', async () => {
    const outcome = await company([surface]);
    expect(credentialsOf(outcome, keyKind).map(({ status, expiresAt }) => [status, expiresAt])).toEqual([
      ['active', null],
      ['active', '2027-01-20T09:15:00Z'],
      ['expired', '2026-04-08T16:40:00Z'],
    ]);
    expect(credentialsOf(outcome, passwordKind)).toMatchObject([{ identity: 'arn:aws:iam::111122223333:user/ci-deploy', expiresAt: null }]);
  });

  test('past their end are expired, whatever AWS goes on calling them', async () => {
    const answer = listed({ ...one, ExpirationDate: '2026-02-01T00:00:00Z' });
    const outcome = await company([surface], ({ action }) => (action === 'ListServiceSpecificCredentials' ? answer : undefined));
    expect(credentialsOf(outcome, keyKind)).toMatchObject([{ status: 'expired' }]);
  });

  test('cannot tell a reset from the making', async () => {
    for (const { unknown } of credentialsOf(await company([surface]), keyKind))
      expect(unknown).toMatchObject({ rotatedAt: { why: 'not-offered' } });
  });

  test('reach no further than their service', async () => {
    const outcome = await company([surface]);
    expect(credentialsOf(outcome, passwordKind)[0]).toMatchObject({ privilege: 'write' });
    expect(credentialsOf(outcome, keyKind).map(({ privilege }) => privilege)).toEqual(['none', 'none', 'none']);
  });

  test('of a service that is new here may end, so that one without an end is seen', async () => {
    const answer = listed({ ...one, ServiceName: 'tomorrow.amazonaws.com' });
    const outcome = await company([surface], ({ action }) => (action === 'ListServiceSpecificCredentials' ? answer : undefined));
    expect(credentialsOf(outcome, keyKind)).toMatchObject([{ expiresAt: null, unknown: { privilege: { why: 'not-looked' } } }]);
  });

  test('are asked for service by service where AWS wants one named', async () => {
    const outcome = await company([surface], ({ action, form }) => {
      if (action !== 'ListServiceSpecificCredentials') return undefined;
      const service = form.get('ServiceName');
      if (service === null) return refused(400, 'ValidationError', 'ServiceName must be specified');
      if (service === 'cassandra.amazonaws.com') return refused(404, 'NotSupportedService', 'not supported');
      return service === 'bedrock.amazonaws.com' ? listed(one) : listed();
    });
    expect(credentialsOf(outcome, keyKind)).toHaveLength(1);
    expect(outcome.coverage.find((row) => row.surface === surface)).toMatchObject({ state: 'complete' });
    expect(outcome.calls.filter((call) => call.startsWith('ListServiceSpecific'))).toHaveLength(5);
  });

  test('of a user whom nobody listed yet have an unknown holder', async () => {
    const answer = listed({ ...one, UserName: 'new-one' });
    const outcome = await company([surface], ({ action }) => (action === 'ListServiceSpecificCredentials' ? answer : undefined));
    expect(credentialsOf(outcome, keyKind)).toMatchObject([{ unknown: { identity: { why: 'stale' }, privilege: { why: 'stale' } } }]);
  });
});
