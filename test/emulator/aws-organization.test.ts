import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { IAM } from '@aws-sdk/client-iam';
import { Organizations } from '@aws-sdk/client-organizations';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { STS } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { aws } from '../../connectors/aws/index.ts';
import { collect } from '../../src/collect/collect.ts';
import type { ConnectContext, Connector } from '../../src/connector/contract.ts';
import { paced } from '../../src/connector/pace.ts';
import { liveWire } from '../../src/connector/wire.ts';
import type { Coverage } from '../../src/model/coverage.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import type { Scope } from '../../src/model/scope.ts';

/** An organisation with its own account, two members, one that is closed and one in a unit that is left out. */
const run = randomUUID().slice(0, 8);
const region = 'eu-west-1';
const role = 'OrganizationAccountAccessRole';
const surfaces = ['aws.account', 'aws.iam_user', 'aws.iam_access_key', 'aws.secretsmanager_secret'];

const scopes: Scope[] = [];
const records: InventoryRecord[] = [];
const coverage: Coverage[] = [];
let home = '';
let members: Readonly<Record<'analytics' | 'payments' | 'closed' | 'sandbox', string>>;
const keys = new Map<string, string>();

beforeAll(async () => {
  const endpoint = process.env['AWS_ENDPOINT_URL'];
  if (endpoint === undefined) throw new Error('AWS_ENDPOINT_URL is not set: start an emulator and name its address');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'emulated');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'emulated');
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
  const config = { region, endpoint, credentials: { accessKeyId: 'emulated', secretAccessKey: 'emulated' } };
  const unit = await seedOrganization(config);
  for (const id of [members.analytics, members.payments]) await seedMember(id, config);
  const connector = { ...aws, surfaces: aws.surfaces.filter(({ id }) => surfaces.includes(id)) } as Connector;
  const settings = {
    regions: [region],
    organization: { role, include: { tags: { run } }, exclude: { ous: [unit] } },
    accounts: [{ id: home }],
  };
  for await (const line of collect([{ connector, settings, context: liveContext(), skip: {} }])) {
    if (line.record === 'coverage') coverage.push(line);
    else if (line.record === 'scope') scopes.push(line);
    else records.push(line);
  }
});

afterAll(() => {
  vi.unstubAllEnvs();
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

function liveContext(): ConnectContext {
  const sleep = (milliseconds: number): Promise<void> => delay(Math.min(milliseconds, 10));
  return {
    env: process.env,
    signal: new AbortController().signal,
    now: () => new Date().toISOString(),
    wire: (budget) => paced(liveWire(fetch), budget, { sleep, clock: () => Date.now() }),
    sleep,
    readFile: () => Promise.reject(new Error('no file is read')),
    replaying: false,
  };
}
