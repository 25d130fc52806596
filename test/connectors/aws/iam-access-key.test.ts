import { beforeAll, describe, expect, test } from 'vitest';
import type { WireResponse } from '../../../src/connector/wire.ts';
import type { Connector } from '../../../src/connector/contract.ts';
import type { Credential } from '../../../src/model/credential.ts';
import { type Fault, type Run, load, run } from '../../contract/rig.ts';
import { actionOf, refused, result } from './client.ts';

let connector: Connector;
let settings: object;
beforeAll(async () => {
  const loaded = await load('aws');
  const own = ['aws.iam_user', 'aws.iam_access_key'];
  connector = { ...loaded.connector, surfaces: loaded.connector.surfaces.filter(({ id }) => own.includes(id)) };
  settings = loaded.faults.settings as object;
});

const denied = (action: string) => refused(403, 'AccessDenied', `User: u is not authorized to perform: ${action} on resource: *`);
const users = ['brightmetrics-sync', 'ci-deploy', 'lee.sandoval', 'mira.haddad', 'nightly-export', 'old-probe', 'paywell-bridge'];

/** The company, where some calls are answered otherwise; with the calls that were asked. */
async function company(
  answer: (action: string, user: string | null) => WireResponse | undefined = () => undefined,
  more: object = {},
): Promise<Run & { readonly calls: readonly string[] }> {
  const calls: string[] = [];
  const fault: Fault = (request) => {
    const form = new URLSearchParams(request.body ?? '');
    const action = actionOf(request);
    calls.push([action, form.get('UserName') ?? form.get('AccessKeyId')].filter((part) => part !== null).join(' '));
    const other = answer(action, form.get('UserName'));
    return other && Promise.resolve(other);
  };
  return { ...(await run(connector, { ...settings, ...more }, fault)), calls };
}
const keysOf = ({ records }: Run): readonly Credential[] =>
  records.filter((record): record is Credential => record.kind === 'aws.iam_access_key');
const rowsOf = ({ coverage }: Run, surface: string) => coverage.filter((row) => row.surface === surface);
const toldBy = (key: Credential | undefined): string | undefined =>
  key?.evidence.find(({ fields }) => fields.includes('lastUsedAt'))?.operation;

/** The recorded report with other words in it. */
async function reportWith(find: string, replace: string): Promise<WireResponse> {
  const { readFile } = await import('node:fs/promises');
  const csv = await readFile('fixtures/company/traffic/aws/credential-report.csv', 'utf8');
  expect(csv).toContain(find);
  const content = Buffer.from(csv.replace(find, replace)).toString('base64');
  return result('GetCredentialReport', `<Content>${content}</Content><GeneratedTime>2026-11-20T23:59:41Z</GeneratedTime>`);
}

describe('with a credential report', () => {
  test('asks only users with keys, and of their keys only one that the report cannot tell', async () => {
    const { calls } = await company();
    expect(calls.filter((call) => call.startsWith('ListAccessKeys'))).toEqual(
      users.filter((user) => user !== 'mira.haddad').map((user) => `ListAccessKeys ${user}`),
    );
    expect(calls.filter((call) => call.startsWith('GetAccessKeyLastUsed'))).toEqual(['GetAccessKeyLastUsed AKIABRIGHTM26EXAMPLE']);
  });

  test('never calls an unused key used, nor an unused second key hidden by the first', async () => {
    const keys = keysOf(await company());
    const old = keys.find(({ id }) => id === 'AKIAOLDPROBE1EXAMPLE');
    expect(old).toMatchObject({ status: 'active', lastUsedAt: null, since: { lastUsedAt: '2023-12-01T14:00:00Z' } });
    expect(keys.filter(({ name }) => name.startsWith('ci-deploy/')).map(({ status }) => status)).toEqual(['inactive', 'active']);
  });

  test('asks AWS for a key whose slot has another time than its creation', async () => {
    const answer = await reportWith('2022-01-05T09:00:10Z', '2022-01-05T09:00:11Z');
    const outcome = await company((action) => (action === 'GetCredentialReport' ? answer : undefined));
    expect(toldBy(keysOf(outcome).find(({ id }) => id === 'AKIACIDEPLOY2EXAMPLE'))).toBe('iam:GetAccessKeyLastUsed');
    expect(toldBy(keysOf(outcome).find(({ id }) => id === 'AKIACIDEPLOY1EXAMPLE'))).toBe('iam:GetCredentialReport');
  });

  test('asks AWS where two slots have the time of one key', async () => {
    const answer = await reportWith('2021-06-14T08:30:05Z', '2022-01-05T09:00:10Z');
    const outcome = await company((action) => (action === 'GetCredentialReport' ? answer : undefined));
    const own = keysOf(outcome).filter(({ name }) => name.startsWith('ci-deploy/'));
    expect(own.map(toldBy)).toEqual(['iam:GetAccessKeyLastUsed', 'iam:GetAccessKeyLastUsed']);
  });

  test('takes a user who was made again under the same name for a new one', async () => {
    const answer = await reportWith('old-probe,2023-12-01T13:59:30Z,false', 'old-probe,2020-02-02T02:02:02Z,false');
    const outcome = await company((action) => (action === 'GetCredentialReport' ? answer : undefined));
    expect(toldBy(keysOf(outcome).find(({ id }) => id === 'AKIAOLDPROBE1EXAMPLE'))).toBe('iam:GetAccessKeyLastUsed');
    const user = outcome.records.find(({ name }) => name === 'old-probe');
    expect(user?.unknown).toMatchObject({ lastUsedAt: { why: 'stale' } });
  });

  test('asks a user of whom the report says that it has more than it shows', async () => {
    const answer = await reportWith(
      '2025-06-01T08:00:00Z,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A,N/A',
      '2025-06-01T08:00:00Z,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A,access_keys:1',
    );
    const { calls } = await company((action) => (action === 'GetCredentialReport' ? answer : undefined));
    expect(calls).toContain('ListAccessKeys mira.haddad');
  });
});

describe('a report of three hours and a half ago', () => {
  const report = async (): Promise<WireResponse> => {
    const answer = await reportWith('user,arn', 'user,arn');
    return { ...answer, body: answer.body.replace('2026-11-20T23:59:41Z', '2026-11-20T20:30:00Z') };
  };

  test.each([
    [
      'tells the use of keys, as of its own time, where the settings say nothing',
      undefined,
      'iam:GetCredentialReport',
      '2026-11-20T20:30:00Z',
    ],
    ['tells it where it may be four hours old', '4h', 'iam:GetCredentialReport', '2026-11-20T20:30:00Z'],
    ['is passed over where it may be three hours old: AWS is asked', '3h', 'iam:GetAccessKeyLastUsed', '2026-11-21T00:00:00Z'],
  ])('%s', async (_what, maxReportAge, operation, observedAt) => {
    const answer = await report();
    const outcome = await company(
      (action) => (action === 'GetCredentialReport' ? answer : undefined),
      maxReportAge === undefined ? {} : { maxReportAge },
    );
    const key = keysOf(outcome).find(({ id }) => id === 'AKIACIDEPLOY1EXAMPLE');
    expect(key?.evidence.find(({ fields }) => fields.includes('lastUsedAt'))).toMatchObject({ operation, observedAt });
    expect(outcome.calls.filter((call) => call.startsWith('ListAccessKeys'))).toHaveLength(users.length - 1);
  });

  test('does not stand in for an answer that was refused', async () => {
    const answer = await report();
    const outcome = await company(
      (action) =>
        action === 'GetCredentialReport' ? answer : action === 'GetAccessKeyLastUsed' ? denied('iam:GetAccessKeyLastUsed') : undefined,
      { maxReportAge: '3h' },
    );
    for (const key of keysOf(outcome)) expect(key.unknown).toMatchObject({ lastUsedAt: { why: 'permission-denied' } });
  });
});

describe('without a credential report', () => {
  test('asks every user and every key, and says what is missing', async () => {
    const outcome = await company((action) => (action === 'GetCredentialReport' ? denied('iam:GetCredentialReport') : undefined));
    expect(outcome.calls.filter((call) => call.startsWith('ListAccessKeys'))).toEqual(users.map((user) => `ListAccessKeys ${user}`));
    expect(keysOf(outcome)).toHaveLength(8);
    expect(new Set(keysOf(outcome).map(toldBy))).toEqual(new Set(['iam:GetAccessKeyLastUsed']));
    expect(rowsOf(outcome, 'aws.iam_access_key')).toMatchObject([{ state: 'complete', count: 8 }]);
    expect(rowsOf(outcome, 'aws.iam_user')).toMatchObject([
      { scope: 'account/111122223333/credential-report', state: 'denied', requires: ['iam:GetCredentialReport'] },
      { scope: 'account/111122223333', state: 'partial', count: 7 },
    ]);
    for (const { unknown } of outcome.records.filter(({ kind }) => kind === 'aws.iam_user')) {
      expect(unknown).toMatchObject({ lastUsedAt: { why: 'permission-denied' } });
    }
  });

  test('and without the right to ask for the last use, does not know it', async () => {
    const outcome = await company((action) =>
      /GetCredentialReport|GetAccessKeyLastUsed/.test(action) ? denied(`iam:${action}`) : undefined,
    );
    for (const key of keysOf(outcome)) {
      expect(key.unknown).toMatchObject({ lastUsedAt: { why: 'permission-denied' } });
      expect(key).not.toHaveProperty('lastUsedAt');
    }
    expect(keysOf(outcome)).toHaveLength(8);
  });
});

describe('a user who cannot be asked', () => {
  test('has a row of his own, and does not hide the keys of the others', async () => {
    const outcome = await company((action, user) =>
      action === 'ListAccessKeys' && user === 'brightmetrics-sync' ? denied('iam:ListAccessKeys') : undefined,
    );
    expect(keysOf(outcome)).toHaveLength(6);
    expect(rowsOf(outcome, 'aws.iam_access_key')).toMatchObject([
      { scope: 'account/111122223333/user/brightmetrics-sync', state: 'denied', requires: ['iam:ListAccessKeys'] },
      { scope: 'account/111122223333', state: 'partial', count: 6 },
    ]);
  });

  test('is one row for all, where none can be asked', async () => {
    const outcome = await company((action) => (action === 'ListAccessKeys' ? denied('iam:ListAccessKeys') : undefined));
    expect(rowsOf(outcome, 'aws.iam_access_key')).toMatchObject([
      { scope: 'account/111122223333', state: 'denied', requires: ['iam:ListAccessKeys'] },
    ]);
  });

  test('has no keys when he was deleted a moment ago', async () => {
    const outcome = await company((action, user) =>
      action === 'ListAccessKeys' && user === 'old-probe'
        ? refused(404, 'NoSuchEntity', 'The user with name old-probe cannot be found.')
        : undefined,
    );
    expect(rowsOf(outcome, 'aws.iam_access_key')).toMatchObject([{ state: 'complete', count: 7 }]);
  });
});

test('a key with a service that used it and no date is not called unused', async () => {
  const answer = result(
    'GetAccessKeyLastUsed',
    '<UserName>brightmetrics-sync</UserName><AccessKeyLastUsed><ServiceName>s3</ServiceName><Region>N/A</Region></AccessKeyLastUsed>',
  );
  const outcome = await company((action) => (action === 'GetAccessKeyLastUsed' ? answer : undefined));
  expect(keysOf(outcome).find(({ id }) => id === 'AKIABRIGHTM26EXAMPLE')?.unknown).toMatchObject({
    lastUsedAt: { why: 'malformed-response' },
  });
});

test('both pages of the keys of one user are read', async () => {
  const metadata = (id: string) =>
    `<AccessKeyMetadata><member><AccessKeyId>${id}</AccessKeyId><Status>Active</Status><CreateDate>2023-12-01T14:00:00Z</CreateDate></member></AccessKeyMetadata>`;
  const pages = [
    result('ListAccessKeys', `${metadata('AKIAOLDPROBE1EXAMPLE')}<IsTruncated>true</IsTruncated><Marker>next</Marker>`),
    result('ListAccessKeys', `${metadata('AKIALEESANDO1EXAMPLE')}<IsTruncated>false</IsTruncated>`),
  ];
  const outcome = await company((action, user) => (action === 'ListAccessKeys' && user === 'old-probe' ? pages.shift() : undefined));
  expect(keysOf(outcome).filter(({ name }) => name.startsWith('old-probe/'))).toHaveLength(2);
});
