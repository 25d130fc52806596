import { describe, expect, test } from 'vitest';
import { load, run } from '../../contract/rig.ts';
import { xml } from './client.ts';
import { lookAt } from './one-surface.ts';

const namespace = 'http://rds.amazonaws.com/doc/2014-10-31/';
const answer = (action: string, inside: string) =>
  xml(`<${action}Response xmlns="${namespace}"><${action}Result>${inside}</${action}Result></${action}Response>`);
const database = (kind: 'DBInstance' | 'DBCluster', name: string, inside = '') =>
  `<${kind}><${kind}Identifier>${name}</${kind}Identifier><MasterUsername>admin</MasterUsername>` +
  `<${kind}Arn>arn:aws:rds:eu-west-1:111122223333:${kind === 'DBCluster' ? 'cluster' : 'db'}:${name}</${kind}Arn>${inside}</${kind}>`;
const databases = (instances: string, clusters = '') =>
  lookAt('aws.rds_master_user', {
    'rds:DescribeDBInstances': answer('DescribeDBInstances', `<DBInstances>${instances}</DBInstances>`),
    'rds:DescribeDBClusters': answer('DescribeDBClusters', `<DBClusters>${clusters}</DBClusters>`),
  });
const managed =
  '<MasterUserSecret><SecretArn>arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-1</SecretArn><SecretStatus>impaired</SecretStatus></MasterUserSecret>';

test('a password that RDS keeps is a secret in Secrets Manager, and no second credential here', async () => {
  const { identities, credentials } = await databases(database('DBInstance', 'one', managed));
  expect(credentials).toEqual([]);
  expect(identities).toMatchObject([
    { name: 'one/admin', privilege: 'admin', details: { password: 'kept by RDS', secretStatus: 'impaired' } },
  ]);
});

test('a password set by hand is a credential, whose age nobody tells', async () => {
  const { credentials } = await databases(database('DBInstance', 'one'));
  expect(credentials).toMatchObject([{ kind: 'aws.rds_master_password', identity: 'arn:aws:rds:eu-west-1:111122223333:db:one' }]);
  expect(credentials[0]?.unknown).toMatchObject({ rotatedAt: { why: 'not-offered' } });
});

describe('the users of a database that is not its own', () => {
  test.each([
    ['a member of a cluster', '<DBClusterIdentifier>c</DBClusterIdentifier>'],
    ['a read replica', '<ReadReplicaSourceDBInstanceIdentifier>one</ReadReplicaSourceDBInstanceIdentifier>'],
  ])('%s has those of another', async (_what, inside) => {
    expect((await databases(database('DBInstance', 'two', inside))).identities).toEqual([]);
  });

  test('a cluster has its own', async () => {
    const member = database('DBInstance', 'c-1', '<DBClusterIdentifier>c</DBClusterIdentifier>');
    const { identities } = await databases(member, database('DBCluster', 'c', managed));
    expect(identities.map(({ id }) => id)).toEqual(['arn:aws:rds:eu-west-1:111122223333:cluster:c']);
  });
});

test('a region without databases is read completely', async () => {
  expect((await databases('')).rows).toMatchObject([{ state: 'complete', count: 0 }]);
});

test('the secret that RDS keeps proves the master user, and is kept by that service', async () => {
  const { connector, faults } = await load('aws');
  const { records } = await run(connector, faults.settings);
  const secrets = records.filter(({ kind, name }) => kind === 'aws.secretsmanager_secret' && name.startsWith('rds!'));
  expect(secrets).toMatchObject([{ managedBy: 'service', identity: 'arn:aws:rds:eu-west-1:111122223333:db:checkout' }]);
  expect(records.some(({ kind, id }) => kind === 'aws.rds_master_user' && id === 'arn:aws:rds:eu-west-1:111122223333:db:checkout')).toBe(
    true,
  );
});
