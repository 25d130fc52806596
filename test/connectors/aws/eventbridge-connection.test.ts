import { describe, expect, test } from 'vitest';
import { json } from './client.ts';
import { lookAt, seconds } from './one-surface.ts';

const arn = 'arn:aws:events:eu-west-1:111122223333:connection/vendor/1';
const created = seconds('2025-01-01T00:00:00Z');
const connected = (connection: object, described: object = {}) =>
  lookAt('aws.eventbridge_connection', {
    'events:ListConnections': json({
      Connections: [{ ConnectionArn: arn, Name: 'vendor', CreationTime: created, LastModifiedTime: created, ...connection }],
    }),
    'events:DescribeConnection': json({ ConnectionArn: arn, Name: 'vendor', ...described }),
  });

test.each([
  ['AUTHORIZED', 'active'],
  ['ACTIVE', 'active'],
  ['UPDATING', 'active'],
  ['FAILED_CONNECTIVITY', 'active'],
  ['DEAUTHORIZED', 'inactive'],
  ['DEAUTHORIZING', 'inactive'],
  ['DELETING', 'pending-deletion'],
  ['CREATING', 'unknown'],
  ['AUTHORIZING', 'unknown'],
])('%s is %s', async (ConnectionState, status) => {
  expect((await connected({ ConnectionState })).credentials).toMatchObject([{ status }]);
});

describe('the age of its secret', () => {
  test('is that of the connection as long as nothing was modified', async () => {
    const { credentials } = await connected({ LastModifiedTime: created + 2 });
    expect(credentials).toMatchObject([{ rotatedAt: '2025-01-01T00:00:00Z' }]);
  });

  test('is unknown after any change, which may have been of the description', async () => {
    const { credentials } = await connected({ LastModifiedTime: seconds('2026-11-20T00:00:00Z') });
    expect(credentials[0]).not.toHaveProperty('rotatedAt');
    expect(credentials[0]?.unknown).toMatchObject({ rotatedAt: { why: 'not-offered' } });
  });
});

test('the time of its last authorization is shown, and is no last use', async () => {
  const { credentials } = await connected({ LastAuthorizedTime: created });
  expect(credentials[0]?.unknown).toMatchObject({ lastUsedAt: { why: 'not-offered' } });
  expect(credentials).toMatchObject([{ details: { authorizedAt: '2025-01-01T00:00:00Z' } }]);
});

test('header values of its parameters go no further', async () => {
  const parameters = { InvocationHttpParameters: { HeaderParameters: [{ Key: 'x-key', Value: 'correct horse', IsValueSecret: false }] } };
  const { credentials } = await connected(
    {},
    { AuthParameters: parameters, SecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x' },
  );
  expect(JSON.stringify(credentials)).not.toContain('correct horse');
  expect(credentials).toMatchObject([{ details: { secret: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x' } }]);
});
