import { loadTraffic } from '../../../src/cli/traffic.ts';
import type { Exchange } from '../../../src/connector/recording.ts';
import type { LoadedExchange } from '../../../src/connector/replay.ts';
import { folder } from '../../contract/rig.ts';

/** The account of the login, which is that of the organisation; a member; a member whose role refuses us. */
export const home = '111122223333';
export const member = '222233334444';
export const shut = '333344445555';
export const archive = '444455556666';
export const sandbox = '555566667777';
const organization = 'o-lk1a2b3c4d';
const region = 'eu-west-1';

export const settings = {
  regions: 'all',
  organization: {
    role: 'audit/overdue',
    externalId: 'larkspur-7',
    sessionName: 'nightly',
    exclude: { names: ['*-sandbox'] },
    assumeRoot: true,
  },
} as const;

/** Recorded traffic of an organisation: the recorded company twice, told apart by the scopes, and what stands around it. */
export async function threeAccounts(): Promise<readonly LoadedExchange[]> {
  const { exchanges } = await loadTraffic(folder, ['aws']);
  const own = exchanges.filter(({ exchange }) => !exchange.request.url.includes('//organizations.'));
  const ofMember = own
    .filter(({ exchange }) => !exchange.request.url.includes('//sts.'))
    .flatMap(({ file, exchange }) =>
      [`account/${member}`, `account/${member}/${region}`].map((scope) => ({
        file: `${scope}/${file}`,
        exchange: movedTo(scope, exchange),
      })),
    );
  const around = [...accounts(), ...tags(), ...entrances(), ...regions(), ...rootOfMember()];
  return [...own, ...ofMember, ...around.map((exchange, index) => ({ file: `around-${String(index)}.json`, exchange }))];
}

/** The same exchange in another account. */
function movedTo(scope: string, exchange: Exchange): Exchange {
  const text = JSON.stringify(exchange).replace(/(?<=<Content>)[\w+/=]+/, (report) => btoa(atob(report).replaceAll(home, member)));
  const { request, responses } = JSON.parse(text.replaceAll(home, member)) as Exchange;
  return { request: { ...request, scope }, responses };
}

export function organizations(operation: string, body: object, answer: object, status = 200): Exchange {
  return {
    request: {
      method: 'POST',
      url: 'https://organizations.us-east-1.amazonaws.com/',
      target: `AWSOrganizationsV20161128.${operation}`,
      body,
    },
    responses: [{ status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: answer }],
  };
}

function accounts(): readonly Exchange[] {
  const of = (Id: string, Name: string, rest: object = { State: 'ACTIVE' }) => ({
    Id,
    Arn: `arn:aws:organizations::${home}:account/${organization}/${Id}`,
    Name,
    ...rest,
  });
  const first = [of(home, 'larkspur-prod'), of(member, 'larkspur-analytics'), of(archive, 'larkspur-archive', { Status: 'SUSPENDED' })];
  const last = [of(sandbox, 'Larkspur-Sandbox'), of(shut, 'larkspur-payments', { Status: 'ACTIVE' })];
  return [
    organizations('ListAccounts', { MaxResults: 20 }, { Accounts: first, NextToken: 'two' }),
    // https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html: a page may be empty and not the last.
    organizations('ListAccounts', { MaxResults: 20, NextToken: 'two' }, { Accounts: [], NextToken: 'three' }),
    organizations('ListAccounts', { MaxResults: 20, NextToken: 'three' }, { Accounts: last }),
  ];
}

function tags(): readonly Exchange[] {
  const owner = [{ Key: 'owner', Value: 'platform-team' }];
  return [
    organizations('ListTagsForResource', { ResourceId: home }, { Tags: [] }),
    organizations('ListTagsForResource', { ResourceId: member }, { Tags: [{ Key: 'cost-center', Value: '4410' }], NextToken: 'two' }),
    organizations('ListTagsForResource', { ResourceId: member, NextToken: 'two' }, { Tags: owner }),
    organizations('ListTagsForResource', { ResourceId: shut }, { Tags: owner }),
  ];
}

function entrances(): readonly Exchange[] {
  const assume = (account: string): string =>
    `RoleArn=arn%3Aaws%3Aiam%3A%3A${account}%3Arole%2Faudit%2Foverdue&RoleSessionName=nightly&ExternalId=larkspur-7`;
  const asRoot = (account: string): string =>
    `TargetPrincipal=${account}&TaskPolicyArn.arn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2Froot-task%2FIAMAuditRootUserCredentials&DurationSeconds=900`;
  const denied = (action: string): string =>
    `<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:sts::${home}:assumed-role/overdue-audit/overdue is not authorized to perform: sts:${action}</Message></Error>`;
  return [
    sts('AssumeRole', assume(member), granted('ASIAMEMBEREXAMPLE')),
    sts('AssumeRole', assume(shut), denied('AssumeRole'), 403),
    sts('AssumeRoot', asRoot(member), granted('ASIAROOTEXAMPLE')),
    sts('AssumeRoot', asRoot(shut), denied('AssumeRoot'), 403),
  ];
}

function granted(key: string): string {
  const session = `<AccessKeyId>${key}</AccessKeyId><SecretAccessKey>[scrubbed]</SecretAccessKey><SessionToken>[scrubbed]</SessionToken>`;
  return `<Credentials>${session}<Expiration>2026-11-21T01:00:00Z</Expiration></Credentials>`;
}

function sts(action: string, form: string, answer: string, status = 200): Exchange {
  const body =
    status === 200
      ? `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${answer}</${action}Result></${action}Response>`
      : `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${answer}</ErrorResponse>`;
  return query(`https://sts.${region}.amazonaws.com/`, `Action=${action}&Version=2011-06-15&${form}`, body, { status });
}

function regions(): readonly Exchange[] {
  return [undefined, `account/${member}`].map((scope) => ({
    request: {
      method: 'POST',
      url: 'https://account.us-east-1.amazonaws.com/listRegions',
      body: { MaxResults: 50, RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] },
      ...(scope === undefined ? {} : { scope }),
    },
    responses: [
      {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: { Regions: [{ RegionName: region, RegionOptStatus: 'ENABLED_BY_DEFAULT' }] },
      },
    ],
  }));
}

export const rootKey = 'AKIAROOTKEYEXAMPLE22';

function rootOfMember(): readonly Exchange[] {
  const scope = `account/${member}`;
  const iam = (action: string, form: string, answer: string): Exchange =>
    query(
      'https://iam.amazonaws.com/',
      `Action=${action}&Version=2010-05-08${form}`,
      `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${action}Result>${answer}</${action}Result></${action}Response>`,
      { scope },
    );
  const key = `<AccessKeyId>${rootKey}</AccessKeyId><Status>Active</Status><CreateDate>2019-04-01T08:00:00Z</CreateDate>`;
  const used = '<AccessKeyLastUsed><ServiceName>N/A</ServiceName><Region>N/A</Region></AccessKeyLastUsed>';
  return [
    iam('ListAccessKeys', '', `<AccessKeyMetadata><member>${key}</member></AccessKeyMetadata><IsTruncated>false</IsTruncated>`),
    iam('GetAccessKeyLastUsed', `&AccessKeyId=${rootKey}`, used),
  ];
}

function query(url: string, form: string, body: string, { status = 200, scope }: { status?: number; scope?: string }): Exchange {
  return {
    request: { method: 'POST', url, body: { lines: [form] }, ...(scope === undefined ? {} : { scope }) },
    responses: [{ status, headers: { 'content-type': 'text/xml' }, body: { lines: [body] } }],
  };
}
