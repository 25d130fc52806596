import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gcpMetadata } from 'google-auth-library';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Accepted, type GoogleServer, openGoogleServer } from './google-server.ts';
import { type Seen, lookAtGoogle } from './rig.ts';

const auditor = 'auditor@larkspur-analytics.iam.gserviceaccount.com';
const cloud = 'https://www.googleapis.com/auth/cloud-platform';
const audience = '//iam.googleapis.com/projects/481516234200/locations/global/workloadIdentityPools/ci/providers/github';
const impersonation = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${auditor}:generateAccessToken`;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

const person = {
  type: 'authorized_user',
  client_id: 'gcloud.apps.googleusercontent.com',
  client_secret: 'public',
  refresh_token: 'refresh-1',
};
const keyFile = {
  type: 'service_account',
  project_id: 'larkspur-analytics',
  client_email: auditor,
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  private_key_id: 'key-1',
  token_uri: 'https://oauth2.googleapis.com/token',
};

/** Every login of the real library, each against token endpoints of its own on this machine. */
describe('login over HTTP', () => {
  let folder: string;
  let server: GoogleServer;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'overdue-gcp-login-'));
    // No login of the machine that runs the tests.
    vi.stubEnv('CLOUDSDK_CONFIG', folder);
    vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
    for (const name of ['GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT', 'GOOGLE_CLOUD_QUOTA_PROJECT']) vi.stubEnv(name, '');
    gcpMetadata.setGCPResidency(false);
    await writeFile(join(folder, 'token.jwt'), 'token-of-github');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await server.close();
    await rm(folder, { recursive: true });
  });

  const federated = () => ({
    type: 'external_account',
    audience,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: 'https://sts.googleapis.com/v1/token',
    credential_source: { file: join(folder, 'token.jwt') },
  });

  async function look(file: object, accepted: Accepted, name = 'login.json'): Promise<Seen> {
    server = await openGoogleServer(accepted);
    await writeFile(join(folder, name), JSON.stringify(file));
    // gcloud's own login is found by its place, any other one is named.
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', name === 'login.json' ? join(folder, name) : '');
    const nothing = () => ({ body: {} });
    return lookAtGoogle(nothing, { replaying: false, wire: server.wire, settings: { projects: ['larkspur-analytics'] } });
  }

  test.each<[string, () => [file: object, accepted: Accepted, name?: string], granted: string[]]>([
    ['a service account’s key file', () => [keyFile, { accounts: { [auditor]: publicKey } }], [`assertion of ${auditor} for ${cloud}`]],
    ['gcloud’s login of a person', () => [person, { refreshTokens: ['refresh-1'] }, 'application_default_credentials.json'], ['refresh']],
    ['the token of another issuer', () => [federated(), { subjectTokens: { [audience]: 'token-of-github' } }], ['exchange']],
    [
      'the token of another issuer, and a service account behind it',
      () => [{ ...federated(), service_account_impersonation_url: impersonation }, { subjectTokens: { [audience]: 'token-of-github' } }],
      ['exchange', `impersonate ${auditor}`],
    ],
    [
      'a person who acts as a service account',
      () => [
        { type: 'impersonated_service_account', source_credentials: person, service_account_impersonation_url: impersonation },
        { refreshTokens: ['refresh-1'] },
      ],
      ['refresh', `impersonate ${auditor}`],
    ],
  ])('%s opens every place with one token', async (_name, login, granted) => {
    const { coverage } = await look(...login());
    expect(coverage.map(({ state }) => state)).toEqual(['complete', 'complete']);
    expect(server.granted).toEqual(granted);
    expect(new Set(server.bearers)).toEqual(new Set([`token-${String(granted.length)}`]));
  });

  test.each<[string, () => [file: object, accepted: Accepted]]>([
    ['a key that was deleted', () => [keyFile, { accounts: { [auditor]: stranger.publicKey } }]],
    ['a refresh token that was revoked', () => [person, { refreshTokens: [] }]],
    ['a token of an issuer that is not trusted any more', () => [federated(), { subjectTokens: {} }]],
  ])('%s closes every place, and no API is asked', async (_name, login) => {
    const { coverage, records } = await look(...login());
    expect(coverage.map(({ state, ...row }) => `${state} ${'reason' in row ? row.reason : ''}`)).toEqual([
      'denied login-failed',
      'denied login-failed',
    ]);
    expect(coverage[0]).toMatchObject({ detail: 'invalid_grant: Bad Request' });
    expect(records).toEqual([]);
    expect(server.bearers).toEqual([]);
  });
});
