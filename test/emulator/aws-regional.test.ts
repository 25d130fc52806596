import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { APIGateway } from '@aws-sdk/client-api-gateway';
import { AppSync } from '@aws-sdk/client-appsync';
import { CloudFront } from '@aws-sdk/client-cloudfront';
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { EC2 } from '@aws-sdk/client-ec2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IoT } from '@aws-sdk/client-iot';
import { RDS } from '@aws-sdk/client-rds';
import { beforeAll, expect, test } from 'vitest';
import type { Credential } from '../../src/model/credential.ts';
import { emulator, nothingYet, read } from './rig.ts';

const run = randomUUID().slice(0, 8);
const found = nothingYet();
const { records, coverage } = found;
const made = { apiKey: '', appSyncKey: '', certificate: '', revoked: '' };
/** What this emulator has; it answers the others with an error of its own, or with nothing. */
const surfaces = [
  'aws.apigateway_api_key',
  'aws.appsync_api_key',
  'aws.cloudfront_public_key',
  'aws.ec2_key_pair',
  'aws.eventbridge_connection',
  'aws.iot_certificate',
  'aws.rds_master_user',
];
const absent = [
  'aws.agentcore_api_key_provider',
  'aws.apigateway_client_certificate',
  'aws.codebuild_source_credential',
  'aws.cognito_app_client',
];

beforeAll(async () => {
  const config = emulator();
  await seedApis(config);
  await seedKeys(config);
  await seedDatabases(config);
  await read(found, [...surfaces, ...absent]);
}, 60_000);

test('reads completely what the emulator has', () => {
  const read = coverage.filter(({ surface }) => surfaces.includes(surface));
  expect(read.map(({ surface, state }) => `${surface} ${state}`).toSorted()).toEqual(surfaces.map((surface) => `${surface} complete`));
});

test('calls nothing complete that the emulator lacks', () => {
  const read = coverage.filter(({ surface }) => absent.includes(surface));
  expect(read.map(({ surface }) => surface).toSorted()).toEqual(absent.toSorted());
  expect(read.filter(({ state }) => state === 'complete')).toEqual([]);
});

test('finds API keys of API Gateway and AppSync, and no value of either', () => {
  expect(credentialOf('aws.apigateway_api_key', (id) => id === made.apiKey)).toMatchObject({ name: `partner-${run}`, status: 'active' });
  const key = credentialOf('aws.appsync_api_key', (_id, name) => name.startsWith(`shop-${run}/`));
  expect(key.status).toBe('active');
  expect(key.expiresAt).toBeTypeOf('string');
  expect(made.appSyncKey).not.toBe('');
  expect(JSON.stringify(records)).not.toContain(made.appSyncKey);
});

test('finds device certificates by their status and end', () => {
  expect(credentialOf('aws.iot_certificate', (id) => id === made.certificate)).toMatchObject({ status: 'active' });
  expect(credentialOf('aws.iot_certificate', (id) => id === made.certificate).expiresAt).toBeTypeOf('string');
  expect(credentialOf('aws.iot_certificate', (id) => id === made.revoked)).toMatchObject({ status: 'inactive' });
});

test('finds key pairs, public keys and connections', () => {
  expect(credentialOf('aws.ec2_key_pair', (_id, name) => name === `deploy-${run}`)).toMatchObject({ tags: { owner: 'platform-team' } });
  expect(credentialOf('aws.cloudfront_public_key', (_id, name) => name === `links-${run}`).fingerprint).toMatch(/^[0-9A-F]{64}$/);
  expect(credentialOf('aws.eventbridge_connection', (_id, name) => name === `vendor-${run}`).createdAt).toBeTypeOf('string');
});

test('finds master users, and the passwords that were set by hand', () => {
  const users = records.filter(({ kind, name }) => kind === 'aws.rds_master_user' && name.startsWith(`db-${run}`));
  expect(users).toMatchObject([{ name: `db-${run}/admin`, tags: { workload: 'checkout' } }]);
  expect(credentialOf('aws.rds_master_password', (_id, name) => name === `db-${run}/admin`).identity).toBe(users[0]?.id);
});

function credentialOf(kind: string, matches: (id: string, name: string) => boolean): Credential {
  const found = records.find(
    (record): record is Credential => record.record === 'credential' && record.kind === kind && matches(record.id, record.name),
  );
  if (!found) throw new Error(`${kind} was not found`);
  return found;
}

type Config = {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

async function seedApis(config: Config): Promise<void> {
  const key = await new APIGateway(config).createApiKey({ name: `partner-${run}`, enabled: true, tags: { vendor: 'paywell' } });
  made.apiKey = key.id ?? '';
  const appSync = new AppSync(config);
  const { graphqlApi } = await appSync.createGraphqlApi({ name: `shop-${run}`, authenticationType: 'API_KEY' });
  const created = await appSync.createApiKey({ apiId: graphqlApi?.apiId });
  made.appSyncKey = created.apiKey?.id ?? '';
  // Its clients are there, the listing of their secrets is not.
  const cognito = new CognitoIdentityProvider(config);
  const { UserPool } = await cognito.createUserPool({ PoolName: `shoppers-${run}` });
  await cognito.createUserPoolClient({ UserPoolId: UserPool?.Id, ClientName: 'web', GenerateSecret: true });
  await new EventBridge(config).createConnection({
    Name: `vendor-${run}`,
    AuthorizationType: 'API_KEY',
    AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-key', ApiKeyValue: 'correct horse' } },
  });
}

async function seedKeys(config: Config): Promise<void> {
  const iot = new IoT(config);
  const [one, other] = [
    await iot.createKeysAndCertificate({ setAsActive: true }),
    await iot.createKeysAndCertificate({ setAsActive: true }),
  ];
  made.certificate = one.certificateArn ?? '';
  made.revoked = other.certificateArn ?? '';
  await iot.updateCertificate({ certificateId: other.certificateId, newStatus: 'REVOKED' });
  await new EC2(config).createKeyPair({
    KeyName: `deploy-${run}`,
    KeyType: 'ed25519',
    TagSpecifications: [{ ResourceType: 'key-pair', Tags: [{ Key: 'owner', Value: 'platform-team' }] }],
  });
  const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
  await new CloudFront(config).createPublicKey({ PublicKeyConfig: { CallerReference: run, Name: `links-${run}`, EncodedKey: pem } });
}

async function seedDatabases(config: Config): Promise<void> {
  await new RDS(config).createDBInstance({
    DBInstanceIdentifier: `db-${run}`,
    DBInstanceClass: 'db.t4g.micro',
    Engine: 'postgres',
    MasterUsername: 'admin',
    MasterUserPassword: 'correct horse',
    AllocatedStorage: 20,
    Tags: [{ Key: 'workload', Value: 'checkout' }],
  });
}
