import { randomUUID } from 'node:crypto';
import { IAM } from '@aws-sdk/client-iam';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { beforeAll, expect, test } from 'vitest';
import type { Credential } from '../../src/model/credential.ts';
import type { Identity } from '../../src/model/identity.ts';
import { emulator, nothingYet, read } from './rig.ts';

/** An emulator of AWS answers at AWS_ENDPOINT_URL, such as `moto_server`. What an earlier run left there does no harm. */
const run = randomUUID().slice(0, 8);
/** What this file is about. Emulators answer what they lack with an error, which the connector asks again and again. */
const surfaces = ['aws.iam_user', 'aws.iam_role', 'aws.iam_access_key', 'aws.secretsmanager_secret'];
const names = {
  one: `ci-deploy-${run}`,
  two: `export-${run}`,
  none: `reader-${run}`,
  role: `github-deploy-${run}`,
  secret: `prod/database-${run}`,
};
const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:larkspur-foods/storefront:ref:refs/heads/main' } },
    },
  ],
};

const found = nothingYet();
const { records, coverage } = found;
const keys: string[] = [];

beforeAll(async () => {
  await seed(emulator());
  await read(found, surfaces);
}, 60_000);

test('looks everywhere', () => {
  expect(coverage.filter(({ state }) => state !== 'complete' && state !== 'not-enumerable')).toEqual([]);
});

test('finds users with their tags', () => {
  expect(identityNamed(names.one)).toMatchObject({
    kind: 'aws.iam_user',
    status: 'active',
    tags: { owner: 'platform-team', workload: 'ci' },
  });
  expect(identityNamed(names.none)).toMatchObject({ kind: 'aws.iam_user', tags: {} });
});

test('finds the keys of each user by their own ids', () => {
  const found = records.filter((record): record is Credential => record.kind === 'aws.iam_access_key' && keys.includes(record.id));
  expect(found.map(({ id }) => id).toSorted()).toEqual(keys.toSorted());
  const owners = found.map((key) => key.identity);
  expect(owners.filter((owner) => owner === identityNamed(names.one).id)).toHaveLength(1);
  expect(owners.filter((owner) => owner === identityNamed(names.two).id)).toHaveLength(2);
  expect(found.filter(({ status }) => status === 'inactive')).toHaveLength(1);
  for (const key of found) {
    expect(key.createdAt).toBeTypeOf('string');
    expect(key.lastUsedAt, 'a key that nobody used').toBeNull();
  }
});

test('finds roles with whom they trust', () => {
  expect(identityNamed(names.role)).toMatchObject({
    kind: 'aws.iam_role',
    tags: { workload: 'ci' },
    trust: [{ issuer: 'https://token.actions.githubusercontent.com', subject: 'repo:larkspur-foods/storefront:ref:refs/heads/main' }],
  });
});

test('finds secrets with the age of their value, and no value', () => {
  const secret = records.find(({ kind, name }) => kind === 'aws.secretsmanager_secret' && name === names.secret);
  expect(secret).toMatchObject({ tags: { owner: 'payments-team' }, status: 'active', identity: null });
  expect(secret && 'rotatedAt' in secret ? secret.rotatedAt : undefined).toBeTypeOf('string');
  expect(JSON.stringify(records)).not.toContain('correct horse');
});

function identityNamed(name: string): Identity {
  const found = records.find((record): record is Identity => record.record === 'identity' && record.name === name);
  if (!found) throw new Error(`${name} was not found`);
  return found;
}

async function seed(config: ConstructorParameters<typeof IAM>[0] & object): Promise<void> {
  const iam = new IAM(config);
  const tag = (owner: string, workload: string) => [
    { Key: 'owner', Value: owner },
    { Key: 'workload', Value: workload },
  ];
  await iam.createUser({ UserName: names.one, Tags: tag('platform-team', 'ci') });
  await iam.createUser({ UserName: names.two, Tags: tag('data-team', 'export') });
  await iam.createUser({ UserName: names.none });
  for (const user of [names.one, names.two, names.two]) {
    const { AccessKey } = await iam.createAccessKey({ UserName: user });
    if (AccessKey?.AccessKeyId !== undefined) keys.push(AccessKey.AccessKeyId);
  }
  await iam.updateAccessKey({ UserName: names.two, AccessKeyId: keys[1], Status: 'Inactive' });
  await iam.createRole({ RoleName: names.role, AssumeRolePolicyDocument: JSON.stringify(trust), Tags: [{ Key: 'workload', Value: 'ci' }] });
  const secrets = new SecretsManager(config);
  await secrets.createSecret({ Name: names.secret, SecretString: 'correct horse', Tags: [{ Key: 'owner', Value: 'payments-team' }] });
}
