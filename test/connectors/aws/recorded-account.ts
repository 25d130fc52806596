import type { Exchange } from '../../../src/connector/recording.ts';

export type RecordedKey = {
  readonly id: string;
  readonly createdAt: string;
  readonly status?: 'Active' | 'Inactive';
  /** Left out: never. */
  readonly usedAt?: string;
};
export type RecordedUser = {
  readonly name: string;
  readonly createdAt: string;
  readonly keys?: readonly RecordedKey[];
  /** The four cells of the password in the credential report. Default: no password. */
  readonly password?: readonly [string, string, string, string];
};
export type RecordedRole = { readonly name: string; readonly createdAt: string; readonly usedAt?: string };
export type RecordedAccount = { readonly users: readonly RecordedUser[]; readonly roles?: readonly RecordedRole[] };
/** A call of IAM, such as `GetCredentialReport`, with its answers in turn in place of the usual one. */
export type Instead = Readonly<Record<string, Exchange['responses']>>;

const id = '111122223333';
const namespace = 'https://iam.amazonaws.com/doc/2010-05-08/';

/** Traffic of a small account: what `aws.iam_user`, `aws.iam_role` and `aws.iam_access_key` ask. */
export function recordedAccount(account: RecordedAccount, instead: Instead = {}): readonly Exchange[] {
  const iam = (form: string, result: string): Exchange => {
    const [action = ''] = form.split('&');
    return query(
      'https://iam.amazonaws.com/',
      `Action=${form}&Version=2010-05-08`,
      instead[form] ?? instead[action] ?? [answer(action, result)],
    );
  };
  const authorization = 'GetAccountAuthorizationDetails&MaxItems=1000';
  const lists = `<UserDetailList>${account.users.map(userDetail).join('')}</UserDetailList><RoleDetailList>${(account.roles ?? []).map(roleDetail).join('')}</RoleDetailList>`;
  return [
    query('https://sts.eu-west-1.amazonaws.com/', 'Action=GetCallerIdentity&Version=2011-06-15', [
      answer(
        'GetCallerIdentity',
        `<Arn>arn:aws:iam::${id}:user/auditor</Arn><UserId>AIDA</UserId><Account>${id}</Account>`,
        'https://sts.amazonaws.com/doc/2011-06-15/',
      ),
    ]),
    iam(`${authorization}&Filter.member.1=User&Filter.member.2=Role`, `<IsTruncated>false</IsTruncated>${lists}`),
    iam(
      `${authorization}&Filter.member.1=Group&Filter.member.2=LocalManagedPolicy`,
      '<IsTruncated>false</IsTruncated><GroupDetailList/><Policies/>',
    ),
    iam('GenerateCredentialReport', '<State>COMPLETE</State>'),
    iam('GetCredentialReport', report(account.users)),
    ...account.users.flatMap(({ name, keys = [] }) => [
      iam(
        `ListAccessKeys&UserName=${encodeURIComponent(name)}`,
        `<IsTruncated>false</IsTruncated><AccessKeyMetadata>${keys.map((key) => keyMetadata(name, key)).join('')}</AccessKeyMetadata>`,
      ),
      ...keys.map((key) => iam(`GetAccessKeyLastUsed&AccessKeyId=${key.id}`, lastUsed(key))),
    ]),
  ];
}

export function query(url: string, form: string, responses: Exchange['responses']): Exchange {
  return { request: { method: 'POST', url, body: { lines: [form] } }, responses };
}

type Response = Exchange['responses'][number];
export function answer(action: string, result: string, space = namespace): Response {
  const body = `<${action}Response xmlns="${space}"><${action}Result>${result}</${action}Result></${action}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: { lines: [body] } };
}
export function refusal(code: string, message: string, status = 400): Response {
  const body = `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body: { lines: [body] } };
}

/** The answer to GetCredentialReport. Every cell is quoted where `quoted` says so, as CSV allows. */
export function report(users: readonly RecordedUser[], { quoted = false, generatedAt = '2026-11-20T23:59:41Z' } = {}): string {
  const slots = [1, 2].flatMap((slot) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (cell) => `access_key_${String(slot)}_${cell}`,
    ),
  );
  const head = [
    'user',
    'arn',
    'user_creation_time',
    'password_enabled',
    'password_last_used',
    'password_last_changed',
    'password_next_rotation',
    'mfa_active',
    ...slots,
    'cert_1_active',
    'cert_1_last_rotated',
    'cert_2_active',
    'cert_2_last_rotated',
  ];
  const rows = users.map(({ name, createdAt, keys = [], password = ['false', 'N/A', 'N/A', 'N/A'] }) => [
    name,
    `arn:aws:iam::${id}:user/${name}`,
    createdAt,
    ...password,
    'false',
    ...[keys[0], keys[1]].flatMap(slotCells),
    'false',
    'N/A',
    'false',
    'N/A',
  ]);
  const cell = (text: string): string => (quoted || text.includes(',') ? `"${text}"` : text);
  const csv = [head, ...rows].map((row) => row.map(cell).join(',')).join('\n');
  return `<Content>${btoa(csv)}</Content><ReportFormat>text/csv</ReportFormat><GeneratedTime>${generatedAt}</GeneratedTime>`;
}

function slotCells(key: RecordedKey | undefined): readonly string[] {
  if (!key) return ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
  return [
    key.status === 'Inactive' ? 'false' : 'true',
    key.createdAt,
    key.usedAt ?? 'N/A',
    key.usedAt ? 'eu-west-1' : 'N/A',
    key.usedAt ? 's3' : 'N/A',
  ];
}

function userDetail({ name, createdAt }: RecordedUser): string {
  return `<member><Path>/</Path><UserName>${name}</UserName><UserId>AIDA${name}</UserId><Arn>arn:aws:iam::${id}:user/${name}</Arn><CreateDate>${createdAt}</CreateDate></member>`;
}

function roleDetail({ name, createdAt, usedAt }: RecordedRole): string {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
  const use = usedAt === undefined ? '' : `<LastUsedDate>${usedAt}</LastUsedDate><Region>eu-west-1</Region>`;
  const arn = `<Arn>arn:aws:iam::${id}:role/${name}</Arn><CreateDate>${createdAt}</CreateDate>`;
  const document = encodeURIComponent(JSON.stringify(trust));
  return `<member><Path>/</Path><RoleName>${name}</RoleName><RoleId>AROA${name}</RoleId>${arn}<AssumeRolePolicyDocument>${document}</AssumeRolePolicyDocument><RoleLastUsed>${use}</RoleLastUsed></member>`;
}

function keyMetadata(user: string, { id: key, status = 'Active', createdAt }: RecordedKey): string {
  return `<member><UserName>${user}</UserName><AccessKeyId>${key}</AccessKeyId><Status>${status}</Status><CreateDate>${createdAt}</CreateDate></member>`;
}

function lastUsed({ usedAt }: RecordedKey): string {
  const used =
    usedAt === undefined
      ? '<ServiceName>N/A</ServiceName><Region>N/A</Region>'
      : `<LastUsedDate>${usedAt}</LastUsedDate><ServiceName>s3</ServiceName><Region>eu-west-1</Region>`;
  return `<AccessKeyLastUsed>${used}</AccessKeyLastUsed>`;
}
