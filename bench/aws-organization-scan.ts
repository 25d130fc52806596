import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { connectors } from '../connectors/index.ts';
import { collect } from '../src/collect/collect.ts';
import type { ConnectContext } from '../src/connector/contract.ts';
import { paced } from '../src/connector/pace.ts';
import type { WireRequest, WireResponse } from '../src/connector/wire.ts';
import { isBlind } from '../src/model/coverage.ts';
import { awsAccount, query } from './aws-account.ts';

// Runs as a process of its own, so that its memory is nobody else's: `aws-organization.ts` starts it and reads the one line it prints.

const accounts = Array.from({ length: 200 }, (_, index) => String(100_000_000_000 + index));
const regions = ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2', 'ap-southeast-2'];
const measured = new Set(['aws.account', 'aws.iam_user', 'aws.iam_role', 'aws.iam_access_key', 'aws.secretsmanager_secret']);
const latency = Number(process.argv[2] ?? 250);
const login = accounts[0] ?? '';

const answers = new Map(accounts.map((id) => [id, awsAccount({ users: 20, keyHolders: 10, roles: 60, policies: 10 }, id)]));
let requests = 0;
let underWay = 0;
let most = 0;

const context: ConnectContext = {
  env: {},
  signal: new AbortController().signal,
  now: () => '2026-11-21T00:00:00Z',
  sleep: (milliseconds) => delay(milliseconds),
  replaying: true,
  wire: (budget) => paced(answered, budget, { sleep: (milliseconds) => delay(milliseconds), clock: () => performance.now() }),
};

async function answered(request: WireRequest): Promise<WireResponse> {
  requests += 1;
  underWay += 1;
  most = Math.max(most, underWay);
  await delay(latency);
  underWay -= 1;
  return answerTo(request);
}

function answerTo(request: WireRequest): WireResponse {
  const [, operation] = request.headers['x-amz-target']?.split('.') ?? [];
  if (operation === 'ListAccounts') return json(listAccounts(request.body ?? '{}'));
  if (operation === 'ListTagsForResource') return json({ Tags: [{ Key: 'owner', Value: 'platform-team' }] });
  if (operation === 'ListSecrets') return json({ SecretList: secretsOf(request) });
  const form = new URLSearchParams(request.body ?? '');
  if (form.get('Action') === 'AssumeRole') return query('AssumeRole', assumed(form.get('RoleArn') ?? ''));
  const account = request.scope?.split('/')[1] ?? login;
  return answers.get(account)?.(request) ?? json({});
}

function json(body: object): WireResponse {
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}

function listAccounts(body: string): object {
  const { NextToken } = JSON.parse(body) as { readonly NextToken?: string };
  const from = Number(NextToken ?? 0);
  const page = accounts.slice(from, from + 20);
  return {
    Accounts: page.map((id) => ({
      Id: id,
      Arn: `arn:aws:organizations::${login}:account/o-a1b2c3d4e5/${id}`,
      Name: `account-${id}`,
      State: 'ACTIVE',
    })),
    ...(from + 20 < accounts.length ? { NextToken: String(from + 20) } : {}),
  };
}

function secretsOf({ url, scope }: WireRequest): readonly object[] {
  const region = new URL(url).host.split('.')[1] ?? '';
  return Array.from({ length: 20 }, (_, index) => ({
    ARN: `arn:aws:secretsmanager:${region}:${scope?.split('/')[1] ?? login}:secret:secret-${String(index)}-AbCdEf`,
    Name: `secret-${String(index)}`,
    RotationEnabled: true,
    CreatedDate: 1_740_000_000,
    LastRotatedDate: 1_794_000_000,
    NextRotationDate: 1_796_600_000,
  }));
}

function assumed(role: string): string {
  const keys = `<AccessKeyId>ASIA${role.split(':')[4] ?? ''}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>`;
  return `<Credentials>${keys}<Expiration>2026-11-21T01:00:00Z</Expiration></Credentials>`;
}

const connector = await connectors.aws();
const skip = Object.fromEntries(connector.surfaces.filter(({ id }) => !measured.has(id)).map(({ id }) => [id, 'not measured']));
const settings = { regions, organization: { role: 'overdue-audit' } };
const start = performance.now();
let records = 0;
for await (const line of collect([{ connector, settings, context, skip }])) {
  if (line.record !== 'coverage') records += 1;
  else if (isBlind(line)) throw new Error(`the stub's answers were not read completely: ${JSON.stringify(line)}`);
}
console.log(
  JSON.stringify({
    took: performance.now() - start,
    cpu: process.cpuUsage().user / 1000,
    memory: process.resourceUsage().maxRSS / 1024,
    requests,
    most,
    records,
  }),
);
