import { describe, expect, test } from 'vitest';
import { aws } from '../../../connectors/aws/index.ts';
import { collect } from '../../../src/collect/collect.ts';
import type { ConnectContext, Connector } from '../../../src/connector/contract.ts';
import type { Wire, WireRequest } from '../../../src/connector/wire.ts';
import { actionOf, json, xml } from './client.ts';

/** Partition, a region of it, the domain of its addresses, and where the services are that it has once. */
type Partition = readonly [string, string, string, { readonly iam: string; readonly organizations: string }];

// https://docs.aws.amazon.com/general/latest/gr/rande.html, and the same page of each partition
const partitions: readonly Partition[] = [
  ['aws', 'eu-west-1', 'amazonaws.com', { iam: 'iam', organizations: 'organizations.us-east-1' }],
  ['aws-us-gov', 'us-gov-east-1', 'amazonaws.com', { iam: 'iam.us-gov', organizations: 'organizations.us-gov-west-1' }],
  ['aws-cn', 'cn-north-1', 'amazonaws.com.cn', { iam: 'iam.cn-north-1', organizations: 'organizations.cn-northwest-1' }],
  ['aws-eusc', 'eusc-de-east-1', 'amazonaws.eu', { iam: 'iam.eusc-de-east-1', organizations: 'organizations.eusc-de-east-1' }],
  ['aws-iso', 'us-iso-east-1', 'c2s.ic.gov', { iam: 'iam.us-iso-east-1', organizations: 'organizations.us-iso-east-1' }],
  ['aws-iso-b', 'us-isob-east-1', 'sc2s.sgov.gov', { iam: 'iam.us-isob-east-1', organizations: 'organizations.us-isob-east-1' }],
  ['aws-iso-e', 'eu-isoe-west-1', 'cloud.adc-e.uk', { iam: 'iam.eu-isoe-west-1', organizations: 'organizations.eu-isoe-west-1' }],
  ['aws-iso-f', 'us-isof-south-1', 'csp.hci.ic.gov', { iam: 'iam.us-isof-south-1', organizations: 'organizations.us-isof-south-1' }],
];

const member = '222233334444';

/** Where a scan of an organisation in that partition sends its requests, and what it asks STS for. */
async function hostsOf(partition: string, region: string) {
  const asked: WireRequest[] = [];
  const wire: Wire = (request) => {
    asked.push(request);
    return Promise.resolve(answer(request, partition));
  };
  const context: ConnectContext = {
    env: {},
    signal: new AbortController().signal,
    now: () => '2026-11-21T00:00:00Z',
    wire: () => wire,
    sleep: () => Promise.resolve(),
    replaying: true,
  };
  const surfaces = aws.surfaces.filter(({ id }) => ['aws.account', 'aws.iam_root_user', 'aws.secretsmanager_secret'].includes(id));
  const connector = { ...aws, surfaces } as Connector;
  const settings = { regions: [region], organization: { role: 'audit/overdue', assumeRoot: true } };
  const rows = await Array.fromAsync(collect([{ connector, settings, context, skip: {} }]));
  const hostOf = (operation: string) => asked.flatMap((each) => (aws.operationOf(each) === operation ? [new URL(each.url).host] : []))[0];
  const formOf = (action: string) => new URLSearchParams(asked.find((each) => actionOf(each) === action)?.body);
  return {
    closed: rows.filter((row) => row.record === 'coverage' && row.state !== 'complete' && row.state !== 'not-enumerable'),
    ids: rows.flatMap((row) => (row.record === 'identity' ? [row.id] : [])),
    hosts: {
      sts: hostOf('sts:AssumeRole'),
      root: hostOf('sts:AssumeRoot'),
      iam: hostOf('iam:GetAccountSummary'),
      organizations: hostOf('organizations:ListAccounts'),
      secrets: hostOf('secretsmanager:ListSecrets'),
    },
    role: formOf('AssumeRole').get('RoleArn'),
    task: formOf('AssumeRoot').get('TaskPolicyArn.arn'),
  };
}

function answer(request: WireRequest, partition: string) {
  const home = '111122223333';
  const operation = aws.operationOf(request);
  if (operation === 'organizations:ListAccounts') {
    const Accounts = [home, member].map((Id) => ({
      Id,
      Arn: `arn:${partition}:organizations::${home}:account/o-lk1a2b3c4d/${Id}`,
      Name: Id,
      State: 'ACTIVE',
    }));
    return json({ Accounts });
  }
  if (operation === 'organizations:ListTagsForResource') return json({ Tags: [] });
  if (operation === 'secretsmanager:ListSecrets') return json({ SecretList: [] });
  const action = actionOf(request);
  const session = '<AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>';
  const results: Readonly<Record<string, string>> = {
    GetCallerIdentity: `<Arn>arn:${partition}:sts::${home}:assumed-role/overdue-audit/overdue</Arn><UserId>A</UserId><Account>${home}</Account>`,
    AssumeRole: `<Credentials>${session}<Expiration>2026-11-21T01:00:00Z</Expiration></Credentials>`,
    AssumeRoot: `<Credentials>${session}<Expiration>2026-11-21T00:15:00Z</Expiration></Credentials>`,
    GetCredentialReport: `<Content>${btoa('user,arn\n')}</Content><GeneratedTime>2026-11-20T23:59:41Z</GeneratedTime>`,
    GetAccountSummary: `<SummaryMap>${['AccountAccessKeysPresent', 'AccountPasswordPresent', 'AccountMFAEnabled', 'AccountSigningCertificatesPresent'].map((key) => `<entry><key>${key}</key><value>0</value></entry>`).join('')}</SummaryMap>`,
    ListAccessKeys: '<AccessKeyMetadata/><IsTruncated>false</IsTruncated>',
  };
  return xml(`<${action}Response><${action}Result>${results[action] ?? ''}</${action}Result></${action}Response>`);
}

describe.each(partitions)('partition %s', (partition, region, domain, { iam, organizations }) => {
  test('is reached at its own addresses, and named in every ARN', async () => {
    const seen = await hostsOf(partition, region);
    expect(seen).toEqual({
      closed: [],
      ids: ['111122223333', member].map((id) => `arn:${partition}:iam::${id}:root`),
      hosts: {
        sts: `sts.${region}.${domain}`,
        // AssumeRoot is answered in a region only, never at the global address.
        root: `sts.${region}.${domain}`,
        iam: `${iam}.${domain}`,
        organizations: `${organizations}.${domain}`,
        secrets: `secretsmanager.${region}.${domain}`,
      },
      role: `arn:${partition}:iam::${member}:role/audit/overdue`,
      task: `arn:${partition}:iam::aws:policy/root-task/IAMAuditRootUserCredentials`,
    });
  });
});
