import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { IAM } from '@aws-sdk/client-iam';
import { beforeAll, describe, expect, test } from 'vitest';
import { awsPolicy } from '../../connectors/aws/aws-managed-policies.ts';
import { parseStatements } from '../../connectors/aws/policy-statement.ts';
import { privilegeOf } from '../../connectors/aws/privilege.ts';
import type { Credential } from '../../src/model/credential.ts';
import type { InventoryRecord } from '../../src/model/inventory.ts';
import { emulator, nothingYet, read } from './rig.ts';

const run = randomUUID().slice(0, 8);
const found = nothingYet();
const { records, coverage } = found;
/** What this emulator has; it answers the others with an error of its own. */
const surfaces = [
  'aws.iam_user',
  'aws.iam_role',
  'aws.iam_console_password',
  'aws.iam_mfa_device',
  'aws.iam_ssh_public_key',
  'aws.iam_signing_certificate',
  'aws.iam_server_certificate',
  'aws.iam_saml_provider',
];
const absent = ['aws.iam_service_credential', 'aws.iam_oidc_provider', 'aws.iam_root_user'];
const names = { person: `person-${run}`, reader: `reader-${run}`, builder: `builder-${run}`, group: `builders-${run}` };
const issuer = `oidc-${run}.larkspur.example`;

beforeAll(async () => {
  const iam = new IAM(emulator());
  await seedUsers(iam);
  await seedFederation(iam);
  await read(found, [...surfaces, ...absent]);
}, 120_000);

test.each(surfaces)('%s is read whole', (surface) => {
  expect(coverage.filter((row) => row.surface === surface).map(({ state }) => state)).toEqual(['complete']);
});

test.each(absent)('%s, which the emulator lacks in whole or in part, is not called complete', (surface) => {
  expect(coverage.filter((row) => row.surface === surface && row.state !== 'complete')).not.toEqual([]);
});

test('users reach as far as their policies and groups', () => {
  expect(named(names.reader)).toMatchObject({ privilege: 'read', privileges: [`policy reading-${run}: s3:Get* on *`] });
  expect(named(names.builder)).toMatchObject({ privilege: 'escalation' });
  expect(named(names.builder)?.privileges?.[0]).toMatch(new RegExp(`^group ${names.group}, inline policy build: iam:PassRole and`));
  expect(named(names.person)).toMatchObject({ privilege: 'none' });
  expect(named(`admin-${run}`)).toMatchObject({ privilege: 'admin' });
});

test.each([
  ['aws.iam_console_password', { identity: expect.stringContaining(names.person) as string }],
  ['aws.iam_mfa_device', { identity: expect.stringContaining(names.person) as string, status: 'active' }],
  ['aws.iam_ssh_public_key', { identity: expect.stringContaining(names.person) as string, status: 'active' }],
  ['aws.iam_signing_certificate', { expiresAt: '2027-06-16T09:00:00Z' }],
  ['aws.iam_server_certificate', { name: `shop-${run}` }],
  ['aws.iam_saml_provider', { name: `staff-${run}`, consumers: null }],
])('%s is found', (kind, expected) => {
  expect(records.filter((record): record is Credential => record.kind === kind)).toContainEqual(expect.objectContaining(expected));
});

test('a provider tells which role trusts it', () => {
  expect(named(issuer)).toMatchObject({ consumers: [expect.stringContaining(`web-${run}`) as string] });
});

describe('the table of the policies of AWS', () => {
  test('agrees with their texts', async () => {
    const iam = new IAM(emulator());
    const differing: string[] = [];
    let marker: string | undefined;
    let count = 0;
    do {
      const page = await iam.getAccountAuthorizationDetails({
        Filter: ['AWSManagedPolicy'],
        ...(marker === undefined ? {} : { Marker: marker }),
      });
      for (const { Arn = '', PolicyVersionList } of page.Policies ?? []) {
        const policy = awsPolicy(Arn);
        const text = PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion === true)?.Document;
        if (!policy || text === undefined) continue;
        count += 1;
        const level = 'level' in policy ? policy.level : privilegeOf({ statements: policy.statements, named: [] }).level;
        const computed = privilegeOf({ statements: parseStatements(text, policy.name), named: [] }).level;
        // Some that AWS calls reading do things that only sound like writing.
        const isByName = level === 'read' && computed === 'write' && /Read[-_]?Only|ViewOnly|SecurityAudit/i.test(Arn);
        if (level !== computed && !isByName) differing.push(`${policy.name}: ${level}, by its text ${computed}`);
      }
      marker = page.IsTruncated === true ? page.Marker : undefined;
    } while (marker !== undefined);
    expect(count).toBeGreaterThan(1000);
    expect(differing).toEqual([]);
  }, 120_000);
});

function named(name: string): (InventoryRecord & { readonly privileges?: readonly string[] }) | undefined {
  return records.find((record) => record.name === name);
}

function policy(Action: string | readonly string[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
}

async function seedUsers(iam: IAM): Promise<void> {
  for (const UserName of [names.person, names.reader, names.builder, `admin-${run}`]) await iam.createUser({ UserName });
  const { Policy } = await iam.createPolicy({ PolicyName: `reading-${run}`, PolicyDocument: policy('s3:Get*') });
  await iam.attachUserPolicy({ UserName: names.reader, PolicyArn: Policy?.Arn });
  await iam.attachUserPolicy({ UserName: `admin-${run}`, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
  await iam.createGroup({ GroupName: names.group });
  await iam.putGroupPolicy({
    GroupName: names.group,
    PolicyName: 'build',
    PolicyDocument: policy(['iam:PassRole', 'lambda:CreateFunction']),
  });
  await iam.addUserToGroup({ GroupName: names.group, UserName: names.builder });
  await iam.createLoginProfile({ UserName: names.person, Password: `Aa1!${randomUUID()}` });
  const { VirtualMFADevice } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: `phone-${run}` });
  await iam.enableMFADevice({
    UserName: names.person,
    SerialNumber: VirtualMFADevice?.SerialNumber,
    AuthenticationCode1: '123456',
    AuthenticationCode2: '654321',
  });
  await iam.uploadSSHPublicKey({ UserName: names.person, SSHPublicKeyBody: sshKey() });
  const CertificateBody = await recordedCertificate();
  await iam.uploadSigningCertificate({ UserName: names.builder, CertificateBody });
  await iam.uploadServerCertificate({ ServerCertificateName: `shop-${run}`, CertificateBody, PrivateKey: 'emulated' });
}

async function seedFederation(iam: IAM): Promise<void> {
  const { OpenIDConnectProviderArn } = await iam.createOpenIDConnectProvider({
    Url: `https://${issuer}`,
    ClientIDList: ['sts.amazonaws.com'],
    ThumbprintList: ['a'.repeat(40)],
  });
  await iam.createRole({
    RoleName: `web-${run}`,
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Federated: OpenIDConnectProviderArn }, Action: 'sts:AssumeRoleWithWebIdentity' }],
    }),
  });
  await iam.createSAMLProvider({
    Name: `staff-${run}`,
    SAMLMetadataDocument: `<EntityDescriptor entityID="https://login.larkspur.example">${' '.repeat(1000)}</EntityDescriptor>`,
  });
}

/** The emulator takes any text for a key. */
function sshKey(): string {
  return `ssh-rsa ${randomUUID()}`;
}

async function recordedCertificate(): Promise<string> {
  const { responses } = JSON.parse(await readFile('fixtures/company/traffic/aws/iam-list-signing-certificates-ci-deploy.json', 'utf8')) as {
    readonly responses: readonly { readonly body: { readonly lines: readonly string[] } }[];
  };
  return /<CertificateBody>([^<]+)</.exec(responses[0]?.body.lines.join('\n') ?? '')?.[1] ?? '';
}
