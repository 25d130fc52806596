import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { json, xml } from './client.ts';
import { deniedTo, lookAt, seconds } from './one-surface.ts';

describe('EC2 key pairs', () => {
  const pairs = (inside: string) =>
    lookAt('aws.ec2_key_pair', {
      'ec2:DescribeKeyPairs': xml(
        `<DescribeKeyPairsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${inside}</DescribeKeyPairsResponse>`,
      ),
    });
  const pair = (inside: string) => pairs(`<keySet><item><keyPairId>key-1</keyPairId><keyName>deploy</keyName>${inside}</item></keySet>`);

  test('have the fingerprint that other places show for the same key, however the pair was made', async () => {
    const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@host';
    const { credentials } = await pair(`<keyFingerprint>1f:51:ae:28</keyFingerprint><publicKey>${line}</publicKey>`);
    expect(credentials).toMatchObject([{ fingerprint: 'SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU' }]);
  });

  test('of a region without any are read completely', async () => {
    expect((await pairs('<keySet/>')).rows).toMatchObject([{ state: 'complete', count: 0 }]);
  });
});

describe('Transfer servers', () => {
  const server = (id: string, type: string) => ({ Arn: `arn:${id}`, ServerId: id, IdentityProviderType: type });

  test('that keep no users are not asked for them', async () => {
    const { asked, rows } = await lookAt('aws.transfer_user_key', {
      'transfer:ListServers': json({ Servers: [server('s-1', 'API_GATEWAY'), server('s-2', 'AWS_DIRECTORY_SERVICE')] }),
    });
    expect(asked).toEqual(['transfer:ListServers']);
    expect(rows).toMatchObject([{ state: 'complete', count: 0 }]);
  });

  test('show a user without keys too', async () => {
    const { identities, credentials } = await lookAt('aws.transfer_user_key', {
      'transfer:ListServers': json({ Servers: [server('s-1', 'SERVICE_MANAGED')] }),
      'transfer:ListUsers': json({ ServerId: 's-1', Users: [{ Arn: 'arn:u', UserName: 'u', SshPublicKeyCount: 0 }] }),
      'transfer:DescribeUser': json({ ServerId: 's-1', User: { Arn: 'arn:u', UserName: 'u', Tags: [{ Key: 'owner', Value: 'x' }] } }),
    });
    expect([identities.length, credentials.length]).toEqual([1, 0]);
    expect(identities).toMatchObject([{ id: 'arn:u', tags: { owner: 'x' } }]);
  });
});

test('a CodeBuild credential that only names a secret is not that secret a second time', async () => {
  const { credentials, rows } = await lookAt('aws.codebuild_source_credential', {
    'codebuild:ListSourceCredentials': json({
      sourceCredentialsInfos: [
        {
          arn: 'arn:aws:codebuild:eu-west-1:111122223333:token/gitlab',
          serverType: 'GITLAB',
          authType: 'SECRETS_MANAGER',
          resource: 'arn:aws:secretsmanager:x',
        },
      ],
    }),
  });
  expect(credentials).toEqual([]);
  expect(rows).toMatchObject([{ state: 'complete', count: 0 }]);
});

describe('EKS pod identities', () => {
  const role = 'arn:aws:iam::111122223333:role/loader';
  const association = (cluster: string, own: object = {}) => ({
    association: {
      clusterName: cluster,
      namespace: 'etl',
      serviceAccount: 'loader',
      associationArn: `arn:aws:eks:eu-west-1:111122223333:podidentityassociation/${cluster}/a-1`,
      associationId: 'a-1',
      roleArn: role,
      createdAt: seconds('2026-01-01T00:00:00Z'),
      ...own,
    },
  });
  const clusterIn = (url: string): string => /\/clusters\/([^/]+)\//.exec(url)?.[1] ?? '';

  test('of one role come together, whichever cluster they are of', async () => {
    const { credentials } = await lookAt('aws.eks_pod_identity', {
      'eks:ListClusters': json({ clusters: ['one', 'two', 'three'] }),
      'eks:ListPodIdentityAssociations': json({ associations: [{ associationId: 'a-1' }] }),
      'eks:DescribePodIdentityAssociation': ({ url }) =>
        json(association(clusterIn(url), clusterIn(url) === 'two' ? { roleArn: `${role}-2`, ownerArn: 'arn:aws:eks:add-on' } : {})),
    });
    expect(credentials.map(({ name, identity }) => [name, identity])).toEqual([
      ['one/etl/loader', role],
      ['three/etl/loader', role],
      ['two/etl/loader', `${role}-2`],
    ]);
    expect(credentials.map(({ managedBy }) => managedBy)).toEqual(['customer', 'customer', 'service']);
    expect(credentials[0]?.trust).toEqual([
      {
        issuer: 'pods.eks.amazonaws.com',
        subject: 'system:serviceaccount:etl:loader',
        conditions: { 'eks-cluster-name': 'one' },
        party: 'issuer',
        narrowedBy: ['claim'],
      },
    ]);
  });

  test('that were read stay when a later page of clusters is refused', async () => {
    const { credentials, rows } = await lookAt('aws.eks_pod_identity', {
      'eks:ListClusters': ({ url }) =>
        url.includes('nextToken') ? deniedTo('eks:ListClusters') : json({ clusters: ['one'], nextToken: 'more' }),
      'eks:ListPodIdentityAssociations': json({ associations: [{ associationId: 'a-1' }] }),
      'eks:DescribePodIdentityAssociation': json(association('one')),
    });
    expect(credentials).toHaveLength(1);
    expect(rows).toMatchObject([{ state: 'partial', reason: 'permission-denied', count: 1 }]);
  });
});

describe('CloudFront public keys', () => {
  const namespace = 'xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"';
  const list = (name: string, quantity: number, items: string) =>
    xml(`<${name} ${namespace}><MaxItems>100</MaxItems><Quantity>${String(quantity)}</Quantity>${items}</${name}>`);
  const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const key = `<Items><PublicKeySummary><Id>K1</Id><Name>links</Name><CreatedTime>2026-01-01T00:00:00Z</CreatedTime><EncodedKey>${pem}</EncodedKey></PublicKeySummary></Items>`;

  test('are none where the list says so', async () => {
    const { rows } = await lookAt('aws.cloudfront_public_key', {
      'cloudfront:ListPublicKeys': list('PublicKeyList', 0, ''),
      'cloudfront:ListKeyGroups': list('KeyGroupList', 0, ''),
    });
    expect(rows).toMatchObject([{ state: 'complete', count: 0 }]);
  });

  test('outside every key group may still be used elsewhere', async () => {
    const { credentials } = await lookAt('aws.cloudfront_public_key', {
      'cloudfront:ListPublicKeys': list('PublicKeyList', 1, key),
      'cloudfront:ListKeyGroups': list('KeyGroupList', 0, ''),
    });
    expect(credentials[0]?.fingerprint).toMatch(/^[0-9A-F]{64}$/);
    expect(credentials[0]?.unknown).toMatchObject({ consumers: { why: 'not-looked' } });
  });
});
