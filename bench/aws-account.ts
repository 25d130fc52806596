import type { WireRequest, WireResponse } from '../src/connector/wire.ts';

export type AccountSize = { readonly users: number; readonly keyHolders: number; readonly roles: number };

const account = '111122223333';
const pageSize = 1000;
const made = '2025-03-01T08:00:00Z';

/** An AWS account of a given size that answers what IAM is asked, with IAM's own page sizes. Every other service of it is empty. */
export function awsAccount(size: AccountSize): (request: WireRequest) => WireResponse {
  const users = Array.from({ length: size.users }, (_, index) => `user-${String(index)}`);
  const roles = Array.from({ length: size.roles }, (_, index) => `role-${String(index)}`);
  const holders = new Set(users.slice(0, size.keyHolders));
  const answers: Readonly<Record<string, (form: URLSearchParams) => string>> = {
    GetAccountAuthorizationDetails: (form) => authorizationDetails([...users.map(userDetail), ...roles.map(roleDetail)], form),
    GetCallerIdentity: () => `<Account>${account}</Account><Arn>${userArn('auditor')}</Arn><UserId>AIDAAUDITOR</UserId>`,
    GenerateCredentialReport: () => '<State>COMPLETE</State>',
    GetCredentialReport: () => credentialReport(users, holders),
    ListAccessKeys: (form) => accessKeys(form.get('UserName') ?? '', holders),
    GetAccessKeyLastUsed: () => '<AccessKeyLastUsed><ServiceName>s3</ServiceName><Region>eu-west-1</Region></AccessKeyLastUsed>',
  };
  return ({ body }) => {
    const form = new URLSearchParams(body ?? '');
    const action = form.get('Action');
    const answer = action === null ? undefined : answers[action];
    if (action === null) return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: '{}' };
    const result = `<${action}Response><${action}Result>${answer?.(form) ?? ''}</${action}Result></${action}Response>`;
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: result };
  };
}

function authorizationDetails(details: readonly string[], form: URLSearchParams): string {
  const from = Number(form.get('Marker') ?? 0);
  const page = details.slice(from, from + Math.min(pageSize, Number(form.get('MaxItems') ?? 100)));
  const next = from + page.length;
  const more =
    next < details.length ? `<IsTruncated>true</IsTruncated><Marker>${String(next)}</Marker>` : '<IsTruncated>false</IsTruncated>';
  const of = (name: string): string => page.filter((each) => each.includes(`<${name}>`)).join('');
  return `${more}<UserDetailList>${of('UserName')}</UserDetailList><RoleDetailList>${of('RoleName')}</RoleDetailList>`;
}

function userDetail(name: string): string {
  const ids = `<UserName>${name}</UserName><UserId>AIDA${name}</UserId><Arn>${userArn(name)}</Arn>`;
  return `<member><Path>/</Path>${ids}<CreateDate>${made}</CreateDate></member>`;
}

function roleDetail(name: string): string {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
  const document = `<AssumeRolePolicyDocument>${encodeURIComponent(JSON.stringify(trust))}</AssumeRolePolicyDocument>`;
  const ids = `<RoleName>${name}</RoleName><RoleId>AROA${name}</RoleId><Arn>arn:aws:iam::${account}:role/${name}</Arn>`;
  return `<member><Path>/</Path>${ids}<CreateDate>${made}</CreateDate>${document}</member>`;
}

function accessKeys(user: string, holders: ReadonlySet<string>): string {
  const key = `<UserName>${user}</UserName><AccessKeyId>AKIA${user}</AccessKeyId><Status>Active</Status><CreateDate>${made}</CreateDate>`;
  const members = holders.has(user) ? `<member>${key}</member>` : '';
  return `<UserName>${user}</UserName><AccessKeyMetadata>${members}</AccessKeyMetadata><IsTruncated>false</IsTruncated>`;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
function credentialReport(users: readonly string[], holders: ReadonlySet<string>): string {
  const slots = [1, 2].flatMap((slot) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (name) => `access_key_${String(slot)}_${name}`,
    ),
  );
  const passwords = ['password_enabled', 'password_last_used', 'password_last_changed', 'password_next_rotation', 'mfa_active'];
  const certificates = ['cert_1_active', 'cert_1_last_rotated', 'cert_2_active', 'cert_2_last_rotated'];
  const head = ['user', 'arn', 'user_creation_time', ...passwords, ...slots, ...certificates];
  const none = ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
  const used = ['true', made, '2026-11-01T08:00:00Z', 'eu-west-1', 's3'];
  const rows = users.map((user) => [
    user,
    userArn(user),
    made,
    'false',
    'N/A',
    'N/A',
    'N/A',
    'false',
    ...(holders.has(user) ? used : none),
    ...none,
    'false',
    'N/A',
    'false',
    'N/A',
  ]);
  const content = Buffer.from([head, ...rows].map((row) => row.join(',')).join('\n')).toString('base64');
  return `<Content>${content}</Content><ReportFormat>text/csv</ReportFormat><GeneratedTime>2026-11-20T23:59:00Z</GeneratedTime>`;
}

function userArn(name: string): string {
  return `arn:aws:iam::${account}:user/${name}`;
}
