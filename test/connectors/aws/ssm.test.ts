import { describe, expect, test } from 'vitest';
import { endOf } from '../../../connectors/aws/ssm-securestring.ts';
import { json } from './client.ts';
import { lookAt } from './answered-surface.ts';
import { seconds } from './one-surface.ts';

describe('the end of a parameter', () => {
  const policy = (PolicyText: string, PolicyType = 'Expiration') => [{ PolicyType, PolicyText, PolicyStatus: 'Pending' }];

  test.each([
    ['no policy', [], { state: 'absent' }],
    ['a policy of another sort', policy('{"Type":"NoChangeNotification"}', 'NoChangeNotification'), { state: 'absent' }],
    [
      'an expiration',
      policy('{"Type":"Expiration","Version":"1.0","Attributes":{"Timestamp":"2026-12-31T23:59:59.000Z"}}'),
      { state: 'known', value: '2026-12-31T23:59:59Z' },
    ],
    [
      'one with an offset',
      policy('{"Attributes":{"Timestamp":"2027-01-01T01:00:00+01:00"}}'),
      { state: 'known', value: '2027-01-01T00:00:00Z' },
    ],
    ['one that is no JSON', policy('{"Attributes":'), { state: 'unknown', why: 'malformed-response' }],
    ['one without a time', policy('{"Attributes":{}}'), { state: 'unknown', why: 'malformed-response' }],
    ['one that is null', policy('null'), { state: 'unknown', why: 'malformed-response' }],
    ['one with words for a time', policy('{"Attributes":{"Timestamp":"soon"}}'), { state: 'unknown', why: 'malformed-response' }],
  ])('with %s', (_what, policies, fact) => {
    expect(endOf(policies)).toMatchObject(fact);
  });
});

describe('a parameter', () => {
  const parameter = (more: object) =>
    lookAt('aws.ssm_securestring', {
      DescribeParameters: json({
        Parameters: [
          {
            Name: '/a',
            ARN: 'arn:aws:ssm:eu-west-1:111122223333:parameter/a',
            Type: 'SecureString',
            LastModifiedDate: seconds('2026-10-10T00:00:00Z'),
            ...more,
          },
        ],
      }),
      ListTagsForResource: json({ TagList: [] }),
    });

  test('is listed only where it is secret, and no value is asked for', async () => {
    const { asked, calls } = await parameter({ Tier: 'Standard' });
    expect(asked[0]?.input['ParameterFilters']).toEqual([{ Key: 'Type', Values: ['SecureString'] }]);
    expect(calls).toEqual(['DescribeParameters', 'ListTagsForResource']);
  });

  test('of the standard tier cannot end; its age is that of its value', async () => {
    const { found } = await parameter({ Tier: 'Standard' });
    expect(found).toMatchObject([
      { kind: 'aws.ssm_securestring', expiresAt: null, rotatedAt: '2026-10-10T00:00:00Z', unknown: { createdAt: { why: 'not-offered' } } },
    ]);
  });

  test.each([
    ['/a/b', 'arn:aws:ssm:eu-west-1:111122223333:parameter/a/b'],
    ['plain', 'arn:aws:ssm:eu-west-1:111122223333:parameter/plain'],
  ])('without an ARN is known by its name: %s', async (Name, id) => {
    expect((await parameter({ Name, ARN: undefined })).found).toMatchObject([{ id }]);
  });

  test('of the advanced tier may end', async () => {
    expect((await parameter({ Tier: 'Advanced' })).found).toMatchObject([{ kind: 'aws.ssm_advanced_securestring', expiresAt: null }]);
  });
});

describe('an activation', () => {
  const activation = (more: object = {}) =>
    lookAt('aws.ssm_activation', {
      DescribeActivations: json({
        ActivationList: [
          {
            ActivationId: 'a',
            IamRole: 'ssm-hybrid',
            RegistrationLimit: 2,
            RegistrationsCount: 0,
            CreatedDate: seconds('2026-11-01T00:00:00Z'),
            ExpirationDate: seconds('2026-12-01T00:00:00Z'),
            Expired: false,
            ...more,
          },
        ],
      }),
    });

  test('acts with its role', async () => {
    expect((await activation()).found).toMatchObject([{ identity: 'arn:aws:iam::111122223333:role/ssm-hybrid', status: 'active' }]);
  });

  test('that registered nothing was not used since it was made', async () => {
    expect((await activation()).found).toMatchObject([{ lastUsedAt: null, since: { lastUsedAt: '2026-11-01T00:00:00Z' } }]);
  });

  test('that registered a machine was used at a time that nobody keeps', async () => {
    expect((await activation({ RegistrationsCount: 1 })).found).toMatchObject([
      { status: 'active', unknown: { lastUsedAt: { why: 'not-offered' } } },
    ]);
  });

  test.each([
    ['registered all it may', { RegistrationsCount: 2 }, 'inactive'],
    ['is marked expired', { Expired: true }, 'expired'],
    ['is past its end', { ExpirationDate: seconds('2026-11-20T00:00:00Z') }, 'expired'],
  ])('that %s opens nothing', async (_what, more, status) => {
    expect((await activation(more)).found).toMatchObject([{ status }]);
  });
});
