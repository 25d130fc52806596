import type { WireRequest, WireResponse } from '../src/connector/wire.ts';
import { credentialReport } from './credential-report.ts';

export type AccountSize = {
  readonly users: number;
  readonly keyHolders: number;
  /** One or two. Default 1. */
  readonly keysEach?: 1 | 2;
  /** Users with a password, used, and a virtual MFA device. Default 0. */
  readonly people?: number;
  readonly roles: number;
  /** The customer's own policies. */
  readonly policies: number;
  /** Items of one page of GetAccountAuthorizationDetails at most; AWS promises no number. Default 1000. */
  readonly pageSize?: number;
};

export const made = '2025-03-01T08:00:00Z';

/** An AWS account of a given size that answers what IAM is asked, with IAM's own page sizes. Every other service of it is empty. */
export function awsAccount(size: AccountSize, id = '111122223333'): (request: WireRequest) => WireResponse {
  const users = names('user', size.users);
  const holders = new Set(users.slice(0, size.keyHolders));
  const keysEach = size.keysEach ?? 1;
  const lists = {
    User: users.map((name) => userDetail(name, id)),
    Role: names('role', size.roles).map((name) => roleDetail(name, id)),
    LocalManagedPolicy: names('policy', size.policies).map((name) => policyDetail(name, id)),
  };
  const arnOf = (user: string): string => userArn(user, id);
  const people = users.slice(users.length - (size.people ?? 0));
  const isPerson = new Set(people);
  const answers: Readonly<Record<string, (form: URLSearchParams) => string>> = {
    GetAccountAuthorizationDetails: (form) => authorizationDetails(lists, form, size.pageSize ?? 1000),
    GetCallerIdentity: () => `<Account>${id}</Account><Arn>${arnOf('auditor')}</Arn><UserId>AIDAAUDITOR</UserId>`,
    GenerateCredentialReport: () => '<State>COMPLETE</State>',
    GetCredentialReport: () =>
      credentialReport(users, {
        keysOf: (user) => (holders.has(user) ? keysEach : 0),
        isPerson: (user) => isPerson.has(user),
        arnOf,
        made,
      }),
    GetAccountSummary: () => accountSummary,
    ListVirtualMFADevices: () => virtualDevices(people, arnOf),
    ...nothing,
    ListAccessKeys: (form) => accessKeys(form.get('UserName') ?? '', holders, keysEach),
    GetAccessKeyLastUsed: () => '<AccessKeyLastUsed><ServiceName>s3</ServiceName><Region>eu-west-1</Region></AccessKeyLastUsed>',
  };
  return ({ body }) => {
    const form = new URLSearchParams(body ?? '');
    const action = form.get('Action');
    if (action === null) return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: '{"SecretList":[]}' };
    return query(action, answers[action]?.(form) ?? '');
  };
}

const accountSummary = `<SummaryMap>${[
  'AccountAccessKeysPresent',
  'AccountMFAEnabled',
  'AccountPasswordPresent',
  'AccountSigningCertificatesPresent',
]
  .map((key) => `<entry><key>${key}</key><value>0</value></entry>`)
  .join('')}</SummaryMap>`;

/** What the account has none of. */
const nothing: Readonly<Record<string, () => string>> = {
  ListServiceSpecificCredentials: () => '<ServiceSpecificCredentials/><IsTruncated>false</IsTruncated>',
  ListServerCertificates: () => '<ServerCertificateMetadataList/><IsTruncated>false</IsTruncated>',
  ListOpenIDConnectProviders: () => '<OpenIDConnectProviderList/>',
  ListSAMLProviders: () => '<SAMLProviderList/>',
  GetOutboundWebIdentityFederationInfo: () =>
    '<IssuerIdentifier>https://a1b2c3d4.tokens.sts.global.api.aws</IssuerIdentifier><JwtVendingEnabled>true</JwtVendingEnabled>',
};

function virtualDevices(people: readonly string[], arnOf: (user: string) => string): string {
  const devices = people.map((name) => {
    const user = `<User><UserName>${name}</UserName><Arn>${arnOf(name)}</Arn></User>`;
    return `<member><SerialNumber>${arnOf(name).replace(':user/', ':mfa/')}</SerialNumber>${user}<EnableDate>${made}</EnableDate></member>`;
  });
  return `<VirtualMFADevices>${devices.join('')}</VirtualMFADevices><IsTruncated>false</IsTruncated>`;
}

export function query(action: string, result: string): WireResponse {
  const body = `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

function names(noun: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${noun}-${String(index)}`);
}

type Lists = Readonly<Record<'User' | 'Role' | 'LocalManagedPolicy', readonly string[]>>;

function authorizationDetails(lists: Lists, form: URLSearchParams, pageSize: number): string {
  const wanted = [...form].flatMap(([name, value]) => (name.startsWith('Filter.') ? [value] : []));
  const sorts = (['User', 'Role', 'LocalManagedPolicy'] as const).filter((sort) => wanted.includes(sort));
  const all = sorts.flatMap((sort) => lists[sort].map((detail) => ({ sort, detail })));
  const from = Number(form.get('Marker') ?? 0);
  const page = all.slice(from, from + Math.min(pageSize, Number(form.get('MaxItems') ?? 100)));
  const next = from + page.length;
  const more = next < all.length ? `<IsTruncated>true</IsTruncated><Marker>${String(next)}</Marker>` : '<IsTruncated>false</IsTruncated>';
  const of = (sort: keyof Lists): string => page.flatMap((each) => (each.sort === sort ? [each.detail] : [])).join('');
  const users = `<UserDetailList>${of('User')}</UserDetailList><GroupDetailList/>`;
  return `${more}${users}<RoleDetailList>${of('Role')}</RoleDetailList><Policies>${of('LocalManagedPolicy')}</Policies>`;
}

function userDetail(name: string, account: string): string {
  const ids = `<UserName>${name}</UserName><UserId>AIDA${name}</UserId><Arn>${userArn(name, account)}</Arn>`;
  return `<member><Path>/</Path>${ids}<CreateDate>${made}</CreateDate></member>`;
}

function roleDetail(name: string, account: string): string {
  const trust = statement({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });
  const ids = `<RoleName>${name}</RoleName><RoleId>AROA${name}</RoleId><Arn>arn:aws:iam::${account}:role/${name}</Arn>`;
  return `<member><Path>/</Path>${ids}<CreateDate>${made}</CreateDate><AssumeRolePolicyDocument>${trust}</AssumeRolePolicyDocument></member>`;
}

function policyDetail(name: string, account: string): string {
  const ids = `<PolicyName>${name}</PolicyName><PolicyId>ANPA${name}</PolicyId><Arn>arn:aws:iam::${account}:policy/${name}</Arn>`;
  const document = `<Document>${statement({ Action: 's3:GetObject', Resource: '*' })}</Document>`;
  const version = `<member><VersionId>v1</VersionId><IsDefaultVersion>true</IsDefaultVersion>${document}</member>`;
  return `<member>${ids}<PolicyVersionList>${version}</PolicyVersionList></member>`;
}

function statement(says: object): string {
  return encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...says }] }));
}

function accessKeys(user: string, holders: ReadonlySet<string>, keysEach: number): string {
  const numbers = holders.has(user) ? Array.from({ length: keysEach }, (_, index) => index + 1) : [];
  const members = numbers.map((number) => {
    const created = made.replace('08:00:00', `08:00:0${String(number)}`);
    const key = `<UserName>${user}</UserName><AccessKeyId>AKIA${user}K${String(number)}</AccessKeyId>`;
    return `<member>${key}<Status>Active</Status><CreateDate>${created}</CreateDate></member>`;
  });
  return `<UserName>${user}</UserName><AccessKeyMetadata>${members.join('')}</AccessKeyMetadata><IsTruncated>false</IsTruncated>`;
}

function userArn(name: string, account: string): string {
  return `arn:aws:iam::${account}:user/${name}`;
}
