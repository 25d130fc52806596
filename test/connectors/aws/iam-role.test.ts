import { describe, expect, test } from 'vitest';
import type { RoleDetail } from '../../../connectors/aws/authorization-details.ts';
import { iamRole } from '../../../connectors/aws/iam-role.ts';
import type { AccountSession } from '../../../connectors/aws/session.ts';
import { known } from '../../../src/model/fact.ts';
import { MalformedError } from '../../../src/connector/refusal.ts';

const role: RoleDetail = {
  Arn: 'arn:aws:iam::111122223333:role/etl',
  RoleName: 'etl',
  RoleId: 'AROAETL',
  Path: '/',
  CreateDate: new Date('2020-08-17T06:10:00Z'),
  AssumeRolePolicyDocument: '%7B%22Statement%22%3A%5B%5D%7D',
  holds: { inline: [], attached: [], groups: [], boundary: undefined },
  lastUsed: undefined,
  lastUsedRegion: undefined,
  tags: {},
};

function normalize(more: Partial<RoleDetail>) {
  const session: Partial<AccountSession> = { scope: 'account/111122223333' };
  const [record] = iamRole.normalize(
    { role: { ...role, ...more }, reach: known({ level: 'none', because: [] }) },
    { session: session as AccountSession, observedAt: '2026-11-21T00:00:00Z' },
  );
  return record;
}

describe('a role', () => {
  test('that shows no use was not used for the 400 days AWS looks back, and no longer', () => {
    expect(normalize({})).toMatchObject({ lastUsedAt: null, since: { lastUsedAt: '2025-10-17T00:00:00Z' } });
  });

  test('that shows no use and is younger was not used since it was made', () => {
    expect(normalize({ CreateDate: new Date('2026-11-20T12:00:00Z') })).toMatchObject({
      lastUsedAt: null,
      since: { lastUsedAt: '2026-11-20T12:00:00Z' },
    });
  });

  test.each([
    ['/aws-service-role/support.amazonaws.com/', 'service'],
    ['/aws-reserved/sso.amazonaws.com/eu-west-1/', 'provider'],
    ['/service-role/', 'customer'],
    ['/', 'customer'],
    [undefined, 'customer'],
  ])('in the path %s is managed by the %s', (Path, managedBy) => {
    expect(normalize({ Path })).toMatchObject({ managedBy });
  });

  test.each([
    ['no policy', undefined],
    ['half a policy', '%7B%22Statement'],
  ])('with %s is not read as one that trusts nobody', (_what, AssumeRolePolicyDocument) => {
    expect(() => normalize({ AssumeRolePolicyDocument })).toThrow(MalformedError);
  });
});
