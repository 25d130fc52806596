import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gcpMetadata } from 'google-auth-library';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { gcp } from '../../../connectors/gcp/index.ts';
import type { WireRequest } from '../../../src/connector/wire.ts';
import { OperatorError } from '../../../src/model/operator-error.ts';
import { type Answer, account, google, lookAtGoogle, now } from './rig.ts';

/** The real login of the library, with a credential file made for the test; tokens come over the wire. */
describe('login', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'overdue-gcp-'));
    // No login of the machine that runs the tests.
    vi.stubEnv('CLOUDSDK_CONFIG', folder);
    vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
    for (const name of ['GOOGLE_APPLICATION_CREDENTIALS', 'GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT', 'GOOGLE_CLOUD_QUOTA_PROJECT'])
      vi.stubEnv(name, '');
    gcpMetadata.setGCPResidency(false);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  async function credentials(text: string): Promise<void> {
    const path = join(folder, 'login.json');
    await writeFile(path, text);
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', path);
  }
  const user = {
    type: 'authorized_user',
    client_id: 'id',
    client_secret: 'not-one',
    refresh_token: 'not-one',
    quota_project_id: 'own-quota',
  };

  const issued: Answer = { body: { access_token: 'issued', expires_in: 3600, token_type: 'Bearer' } };
  function withToken(token: Answer, rest = google({ accounts: [account('a')] })): (request: WireRequest) => Answer {
    return (request) => (request.url === 'https://oauth2.googleapis.com/token' ? token : rest(request));
  }
  const live = { replaying: false, settings: { projects: ['larkspur-analytics'] } };

  test('asks for one token, over the wire, and uses it for every call', async () => {
    await credentials(JSON.stringify(user));
    const { requests, coverage } = await lookAtGoogle(withToken(issued), live);
    const [token, ...calls] = requests;
    expect(token).toMatchObject({ method: 'POST', url: 'https://oauth2.googleapis.com/token' });
    expect(calls.length).toBeGreaterThan(1);
    for (const { headers } of calls)
      expect({ headers }).toMatchObject({
        headers: { authorization: 'Bearer issued', 'x-goog-user-project': 'own-quota' },
      });
    expect(coverage.map(({ state }) => state)).toEqual(['complete', 'complete']);
  });

  test('reads the project of a service account’s credential file when none is named', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const file = {
      type: 'service_account',
      project_id: 'own-project',
      client_email: 'auditor@own-project.iam.gserviceaccount.com',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      token_uri: 'https://oauth2.googleapis.com/token',
    };
    await credentials(JSON.stringify(file));
    const { coverage } = await lookAtGoogle(withToken(issued), { replaying: false, settings: {} });
    expect(coverage.map(({ scope, state }) => `${scope} ${state}`)).toEqual([
      'project/own-project complete',
      'project/own-project complete',
    ]);
  });

  test('a workload of another provider trades its token for one of a service account', async () => {
    const token = join(folder, 'token.jwt');
    await writeFile(token, 'outside-token');
    const auditor = 'auditor@own-project.iam.gserviceaccount.com';
    const impersonation = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${auditor}:generateAccessToken`;
    const file = {
      type: 'external_account',
      audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/providers/github',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: 'https://sts.googleapis.com/v1/token',
      service_account_impersonation_url: impersonation,
      credential_source: { file: token },
    };
    await credentials(JSON.stringify(file));
    const answers: Readonly<Record<string, Answer>> = {
      'https://sts.googleapis.com/v1/token': { body: { access_token: 'federated', expires_in: 3600, token_type: 'Bearer' } },
      [impersonation]: { body: { accessToken: 'impersonated', expireTime: '2099-01-01T00:00:00Z' } },
    };
    const rest = google({ accounts: [account('a')] });
    const { requests, coverage } = await lookAtGoogle((request) => answers[request.url] ?? rest(request), live);
    expect(coverage.map(({ state }) => state)).toEqual(['complete', 'complete']);
    const asked = requests.filter((request) => gcp.operationOf(request) !== '');
    expect(new Set(asked.map(({ headers }) => headers['authorization']))).toEqual(new Set(['Bearer impersonated']));
    expect(requests.find(({ url }) => url.startsWith('https://sts.'))?.body).toContain('outside-token');
  });

  test('an expired login closes every place, and is asked about once', async () => {
    await credentials(JSON.stringify(user));
    const expired: Answer = {
      status: 400,
      body: { error: 'invalid_grant', error_description: 'reauth related error (invalid_rapt)', error_subtype: 'invalid_rapt' },
    };
    const { requests, coverage, records } = await lookAtGoogle(withToken(expired), {
      replaying: false,
      settings: { projects: ['one', 'two'] },
    });
    expect(records).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(coverage).toHaveLength(4);
    for (const row of coverage)
      expect(row).toMatchObject({ state: 'denied', reason: 'login-failed', detail: 'invalid_grant: reauth related error (invalid_rapt)' });
  });

  test('the library does not retry beside the wire', async () => {
    await credentials(JSON.stringify(user));
    const down: Answer = { status: 503, body: { error: 'internal_failure' } };
    const { requests, coverage } = await lookAtGoogle(withToken(down), live);
    expect(requests).toHaveLength(3);
    expect(coverage[0]).toMatchObject({ reason: 'unreachable' });
  });

  test('settings name the quota project and the addresses', async () => {
    await credentials(JSON.stringify(user));
    const settings = { projects: ['p'], quotaProject: 'set-quota', endpoints: { iam: 'https://iam.private.example/google/' } };
    const { requests } = await lookAtGoogle(withToken(issued), { replaying: false, settings });
    const calls = requests.slice(1);
    expect(calls[0]?.url).toBe('https://iam.private.example/google/v1/projects/p/serviceAccounts?pageSize=100');
    expect(calls.map((request) => gcp.operationOf(request))).not.toContain('');
    for (const { headers } of calls) expect(headers['x-goog-user-project']).toBe('set-quota');
  });

  async function mistake(options: { env?: Record<string, string>; settings?: object; replaying?: boolean }): Promise<OperatorError> {
    const context = {
      env: options.env ?? {},
      signal: new AbortController().signal,
      now: () => now,
      wire: () => () => Promise.reject(new Error('nothing is asked')),
      sleep: () => Promise.resolve(),
      readFile: () => Promise.reject(new Error('no file is read')),
      replaying: options.replaying ?? false,
    };
    const places = gcp.connect(options.settings ?? {}, context);
    const error: unknown = await Array.fromAsync(places).catch((each: unknown) => each);
    if (error instanceof OperatorError) return error;
    throw new Error('no mistake was found', { cause: error });
  }

  test('no login at all is the operator’s to put right', async () => {
    const error = await mistake({ settings: { projects: ['p'] } });
    expect(error.code).toBe('login-missing');
    expect(error.mistakes[0]?.hint).toContain('gcloud auth application-default login');
  });

  test('a credential file that is not there is named', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', join(folder, 'nowhere.json'));
    expect((await mistake({ settings: { projects: ['p'] } })).message).toContain('GOOGLE_APPLICATION_CREDENTIALS');
  });

  test('a broken credential file is not quoted', async () => {
    await credentials('{"private_key": "-----BEGIN c2VjcmV0", }');
    const { message } = await mistake({ settings: { projects: ['p'] } });
    expect(message).toContain('not JSON');
    expect(message).not.toContain('c2Vj');
  });

  test.each([false, true])('without a project there is nothing to read (replaying: %s)', async (replaying) => {
    await credentials(JSON.stringify(user));
    const error = await mistake({ replaying });
    expect(error.code).toBe('project-missing');
    expect(error.mistakes[0]?.hint).toContain('connectors.gcp.projects');
  });
});

describe('replayed traffic', () => {
  test('asks no token endpoint, and takes the project from the environment', async () => {
    const { requests, coverage } = await lookAtGoogle(google({ accounts: [] }), {
      settings: {},
      env: { GOOGLE_CLOUD_PROJECT: 'from-environment' },
    });
    expect(requests.map(({ url }) => url)).toEqual([
      'https://iam.googleapis.com/v1/projects/from-environment/serviceAccounts?pageSize=100',
      'https://cloudresourcemanager.googleapis.com/v3/projects/from-environment',
    ]);
    expect(coverage.map(({ scope }) => scope)).toEqual(['project/from-environment', 'project/from-environment']);
  });
});
