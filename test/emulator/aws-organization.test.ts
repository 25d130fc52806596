import { randomUUID } from 'node:crypto';
import { IAM } from '@aws-sdk/client-iam';
import { Organizations } from '@aws-sdk/client-organizations';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { STS } from '@aws-sdk/client-sts';
import { beforeAll, expect, test } from 'vitest';
import { emulator, nothingYet, read, region } from './rig.ts';

/** An organisation with its own account, two members, one that is closed and one in a unit that is left out. */
const run = randomUUID().slice(0, 8);
const role = 'OrganizationAccountAccessRole';
const surfaces = ['aws.account', 'aws.iam_user', 'aws.iam_access_key', 'aws.secretsmanager_secret'];

const found = nothingYet();
const { scopes, records, coverage } = found;
let home = '';
let members: Readonly<Record<'analytics' | 'payments' | 'closed' | 'sandbox', string>>;
const keys = new Map<string, string>();

beforeAll(async () => {
  const config = emulator();
  const unit = await seedOrganization(config);
  for (const id of [members.analytics, members.payments]) await seedMember(id, config);
  const settings = {
    regions: [region],
    organization: { role, include: { tags: { run } }, exclude: { ous: [unit] } },
    accounts: [{ id: home }],
  };
  await read(found, surfaces, settings);
});

test('looks at three accounts completely', () => {
  for (const id of [home, members.analytics, members.payments]) {
    const rows = coverage.filter(({ scope, surface }) => scope.startsWith(`account/${id}`) && surface !== 'aws.account');
    expect(rows.map(({ state }) => state)).toEqual(['complete', 'complete', 'complete']);
  }
});

test('finds the key and the secret of each member, in its own scope', () => {
  for (const id of [members.analytics, members.payments]) {
    expect(records.find(({ kind, scope }) => kind === 'aws.iam_access_key' && scope === `account/${id}`)?.id).toBe(keys.get(id));
    const secret = records.find(({ kind, scope }) => kind === 'aws.secretsmanager_secret' && scope === `account/${id}/${region}`);
    expect(secret?.id).toContain(`:${id}:secret:`);
  }
});

test('gives the tags of each account', () => {
  expect(scopes.find(({ id }) => id === `account/${members.analytics}`)?.tags).toEqual({ owner: 'data-team', run });
});

test('does not enter an account that is closed, or in a unit that is left out, and says so', () => {
  const rowOf = (id: string) => coverage.filter(({ scope }) => scope.startsWith(`account/${id}`));
  expect(rowOf(members.closed)).toMatchObject([{ surface: 'aws.account', state: 'not-enabled' }]);
  expect(rowOf(members.sandbox)).toMatchObject([{ surface: 'aws.account', state: 'skipped' }]);
});

type Config = {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

async function seedOrganization(config: Config): Promise<string> {
  const organizations = new Organizations(config);
  home = (await new STS(config).getCallerIdentity({})).Account ?? '';
  await organizations.createOrganization({ FeatureSet: 'ALL' }).catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'AlreadyInOrganizationException') throw error;
  });
  const create = async (name: string, owner: string): Promise<string> => {
    const { CreateAccountStatus } = await organizations.createAccount({
      AccountName: `${name}-${run}`,
      Email: `${name}-${run}@larkspur.example`,
      Tags: [
        { Key: 'owner', Value: owner },
        { Key: 'run', Value: run },
      ],
    });
    return CreateAccountStatus?.AccountId ?? '';
  };
  members = {
    analytics: await create('analytics', 'data-team'),
    payments: await create('payments', 'payments-team'),
    closed: await create('closed', 'platform-team'),
    sandbox: await create('sandbox', 'platform-team'),
  };
  await organizations.closeAccount({ AccountId: members.closed });
  const { Roots } = await organizations.listRoots({});
  const root = Roots?.[0]?.Id ?? '';
  const { OrganizationalUnit } = await organizations.createOrganizationalUnit({ ParentId: root, Name: `sandboxes-${run}` });
  const unit = OrganizationalUnit?.Id ?? '';
  await organizations.moveAccount({ AccountId: members.sandbox, SourceParentId: root, DestinationParentId: unit });
  return unit;
}

async function seedMember(id: string, config: Config): Promise<void> {
  const { Credentials } = await new STS(config).assumeRole({ RoleArn: `arn:aws:iam::${id}:role/${role}`, RoleSessionName: 'seed' });
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const iam = new IAM({ ...config, credentials });
  await iam.createUser({ UserName: `export-${run}` });
  const { AccessKey } = await iam.createAccessKey({ UserName: `export-${run}` });
  keys.set(id, AccessKey?.AccessKeyId ?? '');
  await new SecretsManager({ ...config, credentials }).createSecret({ Name: `prod/${run}`, SecretString: 'correct horse' });
}
