import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { aws } from '../../../connectors/aws/index.ts';
import { remembered } from '../../../connectors/aws/remembered.ts';
import type { Settings } from '../../../connectors/aws/settings.ts';
import { collect } from '../../../src/collect/collect.ts';
import type { ConnectContext } from '../../../src/connector/contract.ts';
import { UnreachableError } from '../../../src/connector/refusal.ts';
import type { Wire, WireRequest, WireResponse } from '../../../src/connector/wire.ts';
import type { Coverage } from '../../../src/model/coverage.ts';
import { OperatorError } from '../../../src/model/operator-error.ts';
import { actionOf, json, refused, result, xml } from './client.ts';

const sts = 'https://sts.amazonaws.com/doc/2011-06-15/';
const caller = (partition: string) =>
  xml(
    `<GetCallerIdentityResponse xmlns="${sts}"><GetCallerIdentityResult><Arn>arn:${partition}:iam::111122223333:user/auditor</Arn><UserId>AIDA</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  );
const assumed = xml(
  `<AssumeRoleResponse xmlns="${sts}"><AssumeRoleResult><Credentials><AccessKeyId>ASIAMEMBER</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2026-11-21T01:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
);
const nothing: Readonly<Record<string, WireResponse>> = {
  GetAccountAuthorizationDetails: result(
    'GetAccountAuthorizationDetails',
    '<IsTruncated>false</IsTruncated><UserDetailList/><RoleDetailList/>',
  ),
  GetCredentialReport: refused(403, 'AccessDenied', 'no'),
  '': json({ SecretList: [] }),
};

type Answer = (request: WireRequest) => WireResponse | undefined;

/** A live run whose network is a table; what was asked, with the key that signed it. */
async function live(settings: Settings, answer: Answer, env: Readonly<Record<string, string>> = {}) {
  const asked: { readonly action: string; readonly host: string; readonly body: string; readonly key: string | undefined }[] = [];
  const wire: Wire = (request) => {
    const action = actionOf(request);
    const key = /Credential=(\w+)\//.exec(request.headers['authorization'] ?? '')?.[1];
    asked.push({ action, host: new URL(request.url).host, body: decodeURIComponent(request.body ?? ''), key });
    const response = answer(request) ?? nothing[action];
    return response
      ? Promise.resolve(response)
      : Promise.reject(new UnreachableError(`${new URL(request.url).host} did not answer (ENOTFOUND)`));
  };
  const context: ConnectContext = {
    env,
    signal: new AbortController().signal,
    now: () => '2026-11-21T00:00:00Z',
    wire: () => wire,
    sleep: () => Promise.resolve(),
    readFile: () => Promise.reject(new Error('no file is read')),
    replaying: false,
  };
  const coverage: Coverage[] = [];
  const failures: OperatorError[] = [];
  for await (const line of collect([{ connector: aws, settings, context, skip: {} }], {
    onFailed: (_connector, error) => {
      if (error instanceof OperatorError) failures.push(error);
    },
  })) {
    if (line.record === 'coverage' && line.state !== 'not-enumerable') coverage.push(line);
  }
  return { asked, coverage, mistake: failures[0] };
}

const who =
  (partition = 'aws'): Answer =>
  (request) =>
    actionOf(request) === 'GetCallerIdentity' ? caller(partition) : actionOf(request) === 'AssumeRole' ? assumed : undefined;

beforeEach(() => {
  for (const name of [
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
    'AWS_SESSION_TOKEN',
    'AWS_ENDPOINT_URL',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
  ])
    vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAAUDITOR');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_CONFIG_FILE', 'fixtures/no-such-file');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', 'fixtures/no-such-file');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the place to look at', () => {
  test('is the account of the login, in the region of the environment', async () => {
    const { coverage, asked } = await live({}, who(), { AWS_REGION: 'eu-north-1' });
    const places = coverage.map(({ scope }) => scope).filter((scope) => !/\/(?:credential-report|aliases)$/.test(scope));
    expect(new Set(places)).toEqual(new Set(['account/111122223333', 'account/111122223333/eu-north-1']));
    const hosts = asked.map(({ host }) => host);
    expect(hosts).toEqual(
      expect.arrayContaining(['sts.eu-north-1.amazonaws.com', 'iam.amazonaws.com', 'secretsmanager.eu-north-1.amazonaws.com']),
    );
    expect(hosts.filter((host) => /-\d+\./.test(host) && !host.includes('.eu-north-1.'))).toEqual([]);
  });

  test('may be named as for the AWS command line', async () => {
    const { coverage } = await live({}, who(), { AWS_DEFAULT_REGION: 'eu-north-1' });
    expect(coverage.map(({ scope }) => scope)).toContain('account/111122223333/eu-north-1');
  });

  test('is each region of the settings, and IAM once', async () => {
    const { asked } = await live({ regions: ['eu-west-1', 'us-east-1'] }, who());
    expect(asked.filter(({ host }) => host.startsWith('secretsmanager')).map(({ host }) => host)).toEqual([
      'secretsmanager.eu-west-1.amazonaws.com',
      'secretsmanager.us-east-1.amazonaws.com',
    ]);
    const bulk = asked.filter(({ action }) => action === 'GetAccountAuthorizationDetails').map(({ body }) => body);
    expect(bulk).toEqual([...new Set(bulk)]);
  });

  test('is reached in another partition by its own addresses', async () => {
    const { asked } = await live(
      { regions: ['us-gov-west-1'], accounts: [{ id: '222233334444', role: 'audit/overdue' }] },
      who('aws-us-gov'),
    );
    expect(asked.map(({ host }) => host)).toContain('iam.us-gov.amazonaws.com');
    expect(asked.find(({ action }) => action === 'AssumeRole')?.body).toContain(
      'RoleArn=arn:aws-us-gov:iam::222233334444:role/audit/overdue',
    );
  });

  test('is reached at one address for all, where the settings say so', async () => {
    const { asked } = await live({ regions: ['eu-west-1'], endpoint: 'http://127.0.0.1:5000' }, who());
    expect(new Set(asked.map(({ host }) => host))).toEqual(new Set(['127.0.0.1:5000']));
  });
});

describe('another account', () => {
  const member = { id: '222233334444', role: 'overdue', externalId: 'ext', sessionName: 'nightly' };

  test('is asked with the credentials of its role, which is assumed once', async () => {
    const { asked, coverage } = await live({ regions: ['eu-west-1', 'eu-north-1'], accounts: [{ id: '111122223333' }, member] }, who());
    const assume = asked.filter(({ action }) => action === 'AssumeRole');
    expect(assume).toHaveLength(1);
    expect(assume[0]?.body).toContain('ExternalId=ext');
    expect(assume[0]?.body).toContain('RoleSessionName=nightly');
    expect(assume[0]?.key).toBe('AKIAAUDITOR');
    const signers = asked.filter(({ action }) => action === 'GetAccountAuthorizationDetails').map(({ key }) => key);
    expect([...new Set(signers)]).toEqual(['AKIAAUDITOR', 'ASIAMEMBER']);
    const scopes = new Set(coverage.map(({ scope }) => scope));
    for (const place of ['', '/eu-west-1', '/eu-north-1']) expect(scopes).toContain(`account/222233334444${place}`);
  });

  test('whose role refuses us is denied, and the others are looked at', async () => {
    const refusal = refused(
      403,
      'AccessDenied',
      'User: arn:aws:iam::111122223333:user/auditor is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222233334444:role/overdue',
    );
    const { coverage } = await live({ regions: ['eu-west-1'], accounts: [member, { id: '111122223333' }] }, (request) =>
      actionOf(request) === 'AssumeRole' ? refusal : who()(request),
    );
    const denied = coverage.filter(({ scope }) => scope.startsWith('account/222233334444'));
    const looking = aws.surfaces.filter(({ level }) => level === 'account' || level === 'region');
    expect(denied.map(({ surface }) => surface).toSorted()).toEqual(looking.map(({ id }) => id).toSorted());
    for (const row of denied) expect(row).toMatchObject({ state: 'denied', reason: 'permission-denied', requires: ['sts:AssumeRole'] });
    expect(coverage.find(({ scope, surface }) => scope === 'account/111122223333' && surface === 'aws.iam_role')).toMatchObject({
      state: 'complete',
    });
  });

  test.each([
    ['names no role', { id: '222233334444' }, /names no role/],
    ['names a role of a third one', { id: '222233334444', role: 'arn:aws:iam::999988887777:role/overdue' }, /a role of another account/],
  ])('is a mistake of the settings when it %s', async (_what, account, message) => {
    const { mistake, coverage } = await live({ regions: ['eu-west-1'], accounts: [{ id: '111122223333' }, account] }, who());
    expect(mistake?.code).toBe('config-invalid');
    expect(mistake?.message).toMatch(message);
    expect(new Set(coverage.map(({ scope }) => scope))).toEqual(new Set(['*']));
  });
});

describe('a login', () => {
  test.each([
    ['without a region', {}, {}, 'region-missing', /AWS_REGION/],
    ['with a region that is none', {}, { AWS_REGION: 'Ireland' }, 'region-invalid', /eu-west-1/],
    ['with a region that has no address', { regions: ['eu-wset-1'] }, {}, 'region-unknown', /spelling/],
  ])('%s is the operator’s to put right', async (_what, settings, env, code, hint) => {
    const { mistake } = await live(settings, () => undefined, env);
    expect(mistake?.code).toBe(code);
    expect(mistake?.mistakes[0]?.hint).toMatch(hint);
  });

  test('without credentials says what to do next', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    const { mistake, asked } = await live({ regions: ['eu-west-1'] }, who());
    expect(mistake?.code).toBe('login-missing');
    expect(mistake?.mistakes[0]?.hint).toMatch(/aws configure.*AWS_PROFILE.*overdue doctor/);
    expect(asked).toEqual([]);
  });

  test.each(['ExpiredToken', 'InvalidClientTokenId', 'SignatureDoesNotMatch'])(
    'that AWS refuses with %s has failed, everywhere',
    async (code) => {
      const { coverage } = await live({ regions: ['eu-west-1'] }, () => refused(403, code, 'in words'));
      expect(coverage).toHaveLength(aws.surfaces.length);
      for (const row of coverage) expect(row).toMatchObject({ scope: '*', state: 'denied', reason: 'login-failed' });
    },
  );
});

test('credentials are asked for again five minutes before they expire', async () => {
  let now = '2026-11-21T00:00:00Z';
  let asked = 0;
  const credentials = remembered(
    () => {
      asked += 1;
      return Promise.resolve({ expiration: new Date(Date.parse(now) + 3_600_000) });
    },
    () => now,
  );
  await Promise.all([credentials(), credentials()]);
  now = '2026-11-21T00:54:59Z';
  await credentials();
  expect(asked).toBe(1);
  now = '2026-11-21T00:55:00Z';
  await credentials();
  await credentials();
  expect(asked).toBe(2);
});
