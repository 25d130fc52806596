import type { DBCluster, DBInstance, RDSClient } from '@aws-sdk/client-rds';
import { type Surface, defineSurface } from '../../src/connector/contract.ts';
import { required, time } from '../../src/connector/item.ts';
import { type Credential, credential } from '../../src/model/credential.ts';
import { absent, known, unknown } from '../../src/model/fact.ts';
import { identity } from '../../src/model/identity.ts';
import type { Instant } from '../../src/model/instant.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { defineKind } from '../../src/model/kind.ts';
import { pagesOf } from './pages.ts';
import type { RegionSession } from './session.ts';
import { tagsOf } from './tags.ts';

// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_MasterUserSecret.html

export const rdsMasterUserKind = defineKind({
  id: 'aws.rds_master_user',
  title: 'Master user of a database',
  record: 'identity',
  proves: 'Owns everything in its database.',
  traits: {
    expiry: 'never',
    rotation: 'none',
    proof: 'none',
    revocation: { seen: ['the database is gone from DescribeDBInstances or DescribeDBClusters'], tokensLive: null },
    takesWith: ['aws.rds_master_password', 'aws.secretsmanager_secret'],
    leavesBehind: [],
  },
});
export const rdsMasterPasswordKind = defineKind({
  id: 'aws.rds_master_password',
  title: 'Master password that somebody set by hand',
  record: 'credential',
  proves: 'Logs in to its database as the master user.',
  traits: {
    expiry: 'never',
    rotation: 'in-place',
    proof: 'bearer',
    revocation: { seen: ['the database refuses the old password'], tokensLive: null },
    takesWith: [],
    leavesBehind: [],
  },
});

type Database = {
  readonly arn: string | undefined;
  readonly name: string | undefined;
  readonly user: string | undefined;
  readonly engine: string | undefined;
  readonly createdAt: Date | undefined;
  /** Undefined: the password is not in Secrets Manager. */
  readonly secret: { readonly arn: string | undefined; readonly status: string | undefined } | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly call: string;
};

const instances = 'rds:DescribeDBInstances';
const clusters = 'rds:DescribeDBClusters';

export const rdsMasterUser: Surface<RegionSession> = defineSurface<RegionSession, Database>({
  id: 'aws.rds_master_user',
  title: 'Database master users and passwords set by hand',
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html',
  level: 'region',
  kinds: [
    {
      kind: rdsMasterUserKind,
      facts: { createdAt: 'exposed', expiresAt: 'never', purpose: 'from-tags', owner: 'from-tags', privilege: 'exposed' },
    },
    {
      kind: rdsMasterPasswordKind,
      facts: {
        createdAt: 'exposed',
        expiresAt: 'never',
        notBefore: 'never',
        purpose: 'from-tags',
        owner: 'from-tags',
        privilege: 'exposed',
      },
    },
  ],
  operations: [
    { call: instances, permission: instances, fields: { createdAt: 'InstanceCreateTime' } },
    { call: clusters, permission: clusters, fields: { createdAt: 'ClusterCreateTime' } },
  ],

  async *list({ service }, look) {
    const { RDSClient } = await import('@aws-sdk/client-rds');
    const client = await service(() => Promise.resolve(RDSClient));
    yield* instancePages(client, look.signal);
    yield* clusterPages(client, look.signal);
  },

  normalize(database, { session, observedAt }): readonly InventoryRecord[] {
    const id = required(database.arn, 'ARN');
    const user = `${required(database.name, 'identifier')}/${required(database.user, 'MasterUsername')}`;
    const { secret, call } = database;
    const place = { scope: session.scope, observedAt };
    return [
      identity({
        id,
        kind: rdsMasterUserKind.id,
        provider: 'aws',
        scope: session.scope,
        name: user,
        status: 'active',
        managedBy: 'customer',
        createdAt: time(database.createdAt),
        lastUsedAt: unknown('not-offered'),
        expiresAt: absent(),
        purpose: unknown('not-offered'),
        privilege: known('admin'),
        privileges: ['master user of the database'],
        owners: [],
        tags: database.tags,
        evidence: [{ operation: call, observedAt, fields: ['createdAt', 'privilege', 'tags'] }],
        details: detailsOf(database),
      }),
      ...(secret === undefined ? [password(database, { ...place, identity: id, name: user })] : []),
    ];
  },
});

type Holder = { readonly scope: string; readonly observedAt: Instant; readonly identity: string; readonly name: string };

/** Only where RDS does not keep the password itself: that one is in Secrets Manager, and listed there. */
function password(database: Database, { scope, observedAt, identity: holder, name }: Holder): Credential {
  return credential({
    id: holder,
    kind: rdsMasterPasswordKind.id,
    provider: 'aws',
    scope,
    name,
    identity: known(holder),
    status: 'active',
    managedBy: 'customer',
    createdAt: time(database.createdAt),
    rotatedAt: unknown('not-offered', 'AWS does not say when a master password was last set'),
    lastUsedAt: unknown('not-offered'),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: known('admin'),
    privileges: ['master user of the database'],
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
    owners: [],
    tags: {},
    evidence: [{ operation: database.call, observedAt, fields: ['identity', 'createdAt', 'privilege'] }],
    details: {},
  });
}

async function* instancePages(client: RDSClient, signal: AbortSignal): AsyncGenerator<readonly Database[]> {
  const { DescribeDBInstancesCommand } = await import('@aws-sdk/client-rds');
  yield* pagesOf('DBInstances', async (token) => {
    const page = await client.send(new DescribeDBInstancesCommand({ MaxRecords: 100, Marker: token }), { abortSignal: signal });
    return { items: page.DBInstances?.filter(hasOwnUsers).map(ofInstance), next: page.Marker };
  });
}

async function* clusterPages(client: RDSClient, signal: AbortSignal): AsyncGenerator<readonly Database[]> {
  const { DescribeDBClustersCommand } = await import('@aws-sdk/client-rds');
  yield* pagesOf('DBClusters', async (token) => {
    const page = await client.send(new DescribeDBClustersCommand({ MaxRecords: 100, Marker: token }), { abortSignal: signal });
    return { items: page.DBClusters?.filter(isPrimary).map(ofCluster), next: page.Marker };
  });
}

/** The instances of a cluster have the users of the cluster, a replica those of its source. */
function hasOwnUsers({ DBClusterIdentifier, ReadReplicaSourceDBInstanceIdentifier }: DBInstance): boolean {
  return isNone(DBClusterIdentifier) && isNone(ReadReplicaSourceDBInstanceIdentifier);
}

function isPrimary({ ReplicationSourceIdentifier }: DBCluster): boolean {
  return isNone(ReplicationSourceIdentifier);
}

function isNone(identifier: string | undefined): boolean {
  return identifier === undefined || identifier === '';
}

function ofInstance(instance: DBInstance): Database {
  return {
    arn: instance.DBInstanceArn,
    name: instance.DBInstanceIdentifier,
    user: instance.MasterUsername,
    engine: instance.Engine,
    createdAt: instance.InstanceCreateTime,
    secret: secretOf(instance),
    tags: tagsOf(instance.TagList),
    call: instances,
  };
}

function ofCluster(cluster: DBCluster): Database {
  return {
    arn: cluster.DBClusterArn,
    name: cluster.DBClusterIdentifier,
    user: cluster.MasterUsername,
    engine: cluster.Engine,
    createdAt: cluster.ClusterCreateTime,
    secret: secretOf(cluster),
    tags: tagsOf(cluster.TagList),
    call: clusters,
  };
}

function secretOf({ MasterUserSecret }: DBInstance | DBCluster): Database['secret'] {
  return MasterUserSecret && { arn: MasterUserSecret.SecretArn, status: MasterUserSecret.SecretStatus };
}

function detailsOf({ engine, secret }: Database): Readonly<Record<string, string>> {
  return {
    ...(engine === undefined ? {} : { engine }),
    password: secret === undefined ? 'set by hand' : 'kept by RDS',
    ...(secret?.arn === undefined ? {} : { secret: secret.arn }),
    // `impaired`: it works, and RDS can no longer rotate it.
    ...(secret?.status === undefined ? {} : { secretStatus: secret.status }),
  };
}
