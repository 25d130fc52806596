import { describe, expect, test } from 'vitest';
import { grantedBy, missingFrom } from '../../../connectors/azure/granted.ts';
import { azure } from '../../../connectors/azure/index.ts';
import type { Settings } from '../../../connectors/azure/settings.ts';
import { collect } from '../../../src/collect/collect.ts';
import type { ConnectContext } from '../../../src/connector/contract.ts';
import { UnreachableError } from '../../../src/connector/refusal.ts';
import type { WireRequest, WireResponse } from '../../../src/connector/wire.ts';
import { OperatorError } from '../../../src/model/operator-error.ts';
import { answer, observed, tenant } from './rig.ts';

type Reply = (request: WireRequest) => Promise<WireResponse>;
const silent: Reply = () => Promise.reject(new UnreachableError('no answer'));
const client = { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: 'f7b5cf6e-d06d-40ca-9db8-c27f6a91e707', AZURE_CLIENT_SECRET: 'not-a-real-one' };

function contextOf(env: Record<string, string>, reply: Reply, asked: WireRequest[] = []): ConnectContext {
  return {
    env,
    signal: new AbortController().signal,
    now: () => observed,
    wire: () => (request) => {
      asked.push(request);
      return reply(request);
    },
    sleep: () => Promise.resolve(),
    replaying: false,
  };
}

async function scopes(settings: Settings, context: ConnectContext): Promise<string[]> {
  const places = await Array.fromAsync(azure.connect(settings, context));
  return places.map(({ scope }) => scope);
}

async function mistakeOf(settings: Settings, context: ConnectContext) {
  const error: unknown = await scopes(settings, context).catch((each: unknown) => each);
  if (!(error instanceof OperatorError)) throw new Error('no operator error', { cause: error });
  return { code: error.code, message: error.mistakes[0]?.message ?? '', hint: error.mistakes[0]?.hint ?? '' };
}

const token: Reply = ({ url }) => {
  if (!url.includes('/oauth2/v2.0/token')) return answer(404, {});
  const claims = Buffer.from(JSON.stringify({ tid: tenant })).toString('base64url');
  return answer(200, { token_type: 'Bearer', expires_in: 3600, access_token: `h.${claims}.s` });
};

describe('logging in', () => {
  test.each([
    ['environment', {}, 'AZURE_TENANT_ID is not set', 'set AZURE_TENANT_ID'],
    ['environment', { AZURE_TENANT_ID: tenant }, 'AZURE_CLIENT_ID is not set', 'set AZURE_TENANT_ID'],
    [
      'environment',
      { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: 'c' },
      'neither AZURE_CLIENT_SECRET nor AZURE_CLIENT_CERTIFICATE_PATH is set',
      'AZURE_CLIENT_SECRET',
    ],
    [
      'workload-identity',
      { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: 'c' },
      'AZURE_FEDERATED_TOKEN_FILE is not set',
      'AZURE_FEDERATED_TOKEN_FILE',
    ],
    ['managed-identity', {}, 'no identity service answers here', 'run on an Azure resource'],
    ['github-actions', {}, 'no job of GitHub Actions with id-token: write', 'id-token: write'],
    ['azure-pipelines', {}, 'no job of Azure Pipelines', 'SYSTEM_ACCESSTOKEN'],
    [
      'azure-pipelines',
      { SYSTEM_OIDCREQUESTURI: 'https://dev.azure.com/a', SYSTEM_ACCESSTOKEN: 't' },
      'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID is not set',
      'service connection',
    ],
    [
      'github-actions',
      { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://a.actions.githubusercontent.com/x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' },
      'AZURE_CLIENT_ID is not set',
      'AZURE_CLIENT_ID',
    ],
  ] as const)('with nothing but %s, and %j, says what is missing and what to do', async (credential, env, reason, next) => {
    const { code, message, hint } = await mistakeOf({ credential }, contextOf({ ...env }, silent));
    expect(code).toBe('login-missing');
    expect(message).toBe(`no Azure login was found: ${credential} (${reason})`);
    expect(hint).toContain(next);
  });

  test('with a client secret asks the tenant for a token once, and nobody else', async () => {
    const asked: WireRequest[] = [];
    expect(await scopes({ credential: 'environment' }, contextOf(client, token, asked))).toEqual([`tenant/${tenant}`]);
    expect(asked.map(({ method, url }) => `${method} ${new URL(url).host}${new URL(url).pathname}`)).toEqual([
      `POST login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
    ]);
    expect(asked.map((request) => azure.operationOf(request))).toEqual(['']);
  });

  const github = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://run.actions.githubusercontent.com/1/idtoken/2?api-version=2.0',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job',
  };
  const pipelines = {
    SYSTEM_OIDCREQUESTURI: 'https://dev.azure.com/larkspur/p/_apis/distributedtask/hubs/build/plans/1/jobs/2/oidctoken',
    SYSTEM_ACCESSTOKEN: 'job',
    AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: 'c0ffee',
  };
  const machine = { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client.AZURE_CLIENT_ID };
  test.each([
    ['GitHub Actions', github, 'audience=api%3A%2F%2FAzureADTokenExchange', { value: 'word-of-the-pipeline' }],
    ['Azure Pipelines', pipelines, 'serviceConnectionId=c0ffee', { oidcToken: 'word-of-the-pipeline' }],
  ])('from %s shows the word of the pipeline, and no secret', async (_name, env, query, word) => {
    const asked: WireRequest[] = [];
    const reply: Reply = (request) => (request.headers['authorization'] === 'Bearer job' ? answer(200, word) : token(request));
    expect(await scopes({}, contextOf({ ...machine, ...env }, reply, asked))).toEqual([`tenant/${tenant}`]);
    expect(new Set(asked.map((request) => azure.operationOf(request)))).toEqual(new Set(['']));
    expect(asked[0]?.url).toContain(query);
    expect(Object.fromEntries(new URLSearchParams(asked.at(-1)?.body))).toMatchObject({
      client_id: client.AZURE_CLIENT_ID,
      client_assertion: 'word-of-the-pipeline',
    });
  });

  test('from Azure Pipelines takes application and tenant of the service connection, where none are named', async () => {
    const asked: WireRequest[] = [];
    const reply: Reply = (request) =>
      request.headers['authorization'] === 'Bearer job' ? answer(200, { oidcToken: 'word-of-the-pipeline' }) : token(request);
    const connection = { AZURESUBSCRIPTION_CLIENT_ID: 'connected', AZURESUBSCRIPTION_TENANT_ID: tenant };
    expect(await scopes({}, contextOf({ ...pipelines, ...connection }, reply, asked))).toEqual([`tenant/${tenant}`]);
    expect(new URLSearchParams(asked.at(-1)?.body).get('client_id')).toBe('connected');
  });

  test.each([
    ['refuses', 403, { message: 'no' }],
    ['says something else', 200, { other: 1 }],
  ])('from a pipeline that %s closes the tenant, and goes on to nobody else', async (_name, status, body) => {
    const reply: Reply = (request) => (request.headers['authorization'] === 'Bearer job' ? answer(status, body) : token(request));
    const context = contextOf({ ...machine, ...github }, reply);
    const rows = await Array.fromAsync(collect([{ connector: azure, settings: {}, context, skip: {} }]));
    const row = rows.find((each) => each.record === 'coverage' && each.surface === 'azure.application');
    expect(row).toMatchObject({ state: 'denied', reason: 'login-failed' });
  });

  test.each([
    ['the government cloud', { cloud: 'usgov' }, {}, 'login.microsoftonline.us'],
    ['an address in the environment', {}, { AZURE_AUTHORITY_HOST: 'https://login.partner.example/' }, 'login.partner.example'],
    [
      'an address in the settings',
      { endpoints: { login: 'https://login.own.example' } },
      { AZURE_AUTHORITY_HOST: 'https://login.partner.example' },
      'login.own.example',
    ],
  ] as const)('to %s goes there alone', async (_name, settings, env, host) => {
    const asked: WireRequest[] = [];
    await Promise.allSettled([scopes({ ...settings, credential: 'environment' }, contextOf({ ...client, ...env }, token, asked))]);
    expect(new Set(asked.map(({ url }) => new URL(url).host))).toEqual(new Set([host]));
  });

  test('with a wrong secret closes the tenant: rows, not an operator error', async () => {
    const wrong: Reply = ({ url }) =>
      url.includes('/token')
        ? answer(401, { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret provided.' })
        : silent(undefined as never);
    const context = contextOf(client, wrong);
    const rows = await Array.fromAsync(collect([{ connector: azure, settings: { credential: 'environment' }, context, skip: {} }]));
    const own = rows.filter((row) => row.record === 'coverage' && row.state !== 'not-enumerable');
    expect(own).toHaveLength(azure.surfaces.length);
    for (const row of own) {
      expect(row).toMatchObject({
        scope: `tenant/${tenant}`,
        state: 'denied',
        reason: 'login-failed',
        detail: expect.stringContaining('AADSTS7000215') as unknown,
      });
      expect(JSON.stringify(row)).not.toContain(client.AZURE_CLIENT_SECRET);
    }
  });

  test('to two tenants opens each with a token of its own', async () => {
    const other = '11111111-2222-4333-8444-555555555555';
    const asked: WireRequest[] = [];
    const settings: Settings = { credential: 'environment', tenants: [{ id: tenant }, { id: other }] };
    expect(await scopes(settings, contextOf(client, token, asked))).toEqual([`tenant/${tenant}`, `tenant/${other}`]);
    expect(asked.map(({ url }) => new URL(url).pathname.split('/')[1])).toEqual([tenant, other]);
  });

  test('to two tenants takes the secret of each, and never that of the other', async () => {
    const other = '11111111-2222-4333-8444-555555555555';
    const asked: WireRequest[] = [];
    const settings: Settings = {
      credential: 'environment',
      tenants: [{ id: tenant }, { id: other, clientId: 'second', secretVariable: 'SECOND_SECRET' }],
    };
    await scopes(settings, contextOf({ ...client, SECOND_SECRET: 'not-real-either' }, token, asked));
    expect(asked.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))).toMatchObject([
      { client_id: client.AZURE_CLIENT_ID, client_secret: client.AZURE_CLIENT_SECRET },
      { client_id: 'second', client_secret: 'not-real-either' },
    ]);
    const { message } = await mistakeOf({ ...settings, tenants: [{ id: other, clientId: 'second' }] }, contextOf(client, token));
    expect(message).toContain('neither AZURE_CLIENT_SECRET nor AZURE_CLIENT_CERTIFICATE_PATH is set');
  });

  test.each([
    ['an application names what its token lacks', { roles: ['Application.ReadWrite.All'] }, ['RoleManagement.Read.Directory']],
    [
      'a person, whose roles decide, names what is needed',
      { scp: 'Directory.AccessAsUser.All' },
      ['Application.Read.All', 'RoleManagement.Read.Directory'],
    ],
  ])('as %s where Graph refuses', async (_name, claims, requires) => {
    const payload = Buffer.from(JSON.stringify({ tid: tenant, ...claims })).toString('base64url');
    const reply: Reply = ({ url }) =>
      url.includes('/oauth2/v2.0/token')
        ? answer(200, { token_type: 'Bearer', expires_in: 3600, access_token: `h.${payload}.s` })
        : answer(403, { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges to complete the operation.' } });
    const target = { connector: azure, settings: { credential: 'environment' }, context: contextOf(client, reply), skip: {} };
    const rows = await Array.fromAsync(collect([target]));
    const row = rows.find((each) => each.record === 'coverage' && each.surface === 'azure.directory_role_assignment');
    expect(row).toMatchObject({ state: 'denied', reason: 'permission-denied', requires });
    expect(JSON.stringify(rows)).not.toContain(payload);
  });

  test.each([
    ['an application', { roles: ['Directory.Read.All'] }, ['AuditLog.Read.All', 'Policy.Read.All']],
    ['one that may write', { roles: ['Application.ReadWrite.All', 'Policy.ReadWrite.All', 'AuditLog.Read.All'] }, []],
    ['one without any', {}, ['Application.Read.All', 'AuditLog.Read.All', 'Policy.Read.All']],
    [
      'a person without a role for logs',
      { scp: 'AuditLog.Read.All Directory.AccessAsUser.All', wids: ['b79fbf4d-3ef9-4689-8143-76b194e85509'] },
      ['Policy.Read.All', 'a directory role such as Reports Reader'],
    ],
    [
      'a Global Reader',
      { scp: 'AuditLog.Read.All Directory.AccessAsUser.All', wids: ['f2ef992c-3afb-46b9-b7cf-a126ee74c451'] },
      ['Policy.Read.All'],
    ],
  ])('as %s names what is missing before anything is asked', async (_name, claims, missing) => {
    const granted = grantedBy({ tid: tenant, ...claims });
    const needed = ['Reader', 'Key Vault Reader', 'Application.Read.All', 'AuditLog.Read.All', 'Policy.Read.All'];
    expect(granted && missingFrom(granted, needed)).toEqual(missing);
  });

  test('tells what the token lacks for the surfaces that are looked at, and for no others', async () => {
    const payload = Buffer.from(JSON.stringify({ tid: tenant, roles: ['Application.Read.All'] })).toString('base64url');
    const asked: WireRequest[] = [];
    const reply: Reply = ({ url }) =>
      url.includes('/oauth2/v2.0/token')
        ? answer(200, { token_type: 'Bearer', expires_in: 3600, access_token: `h.${payload}.s` })
        : answer(403, { error: { code: 'Authorization_RequestDenied', message: 'no' } });
    const others = azure.surfaces.filter(({ id }) => id !== 'azure.oauth2_grant').map(({ id }) => [id, 'not part of this test'] as const);
    const context = contextOf(client, reply, asked);
    const target = { connector: azure, settings: { credential: 'environment' }, context, skip: Object.fromEntries(others) };
    const told: unknown[] = [];
    const onLacking = (...lacking: readonly unknown[]): void => {
      told.push([...lacking, asked.filter(({ url }) => url.includes('graph.microsoft.com')).length]);
    };
    await Array.fromAsync(collect([target], { onLacking }));
    expect(told).toEqual([['azure', `tenant/${tenant}`, ['DelegatedPermissionGrant.Read.All'], 0]]);
  });

  test('to recorded traffic asks nobody, and needs the tenant by name', async () => {
    const asked: WireRequest[] = [];
    const replaying = { ...contextOf({}, silent, asked), replaying: true };
    expect(await scopes({ tenants: [{ id: tenant }] }, replaying)).toEqual([`tenant/${tenant}`]);
    expect(await mistakeOf({}, replaying)).toMatchObject({ hint: 'set connectors.azure.tenants' });
    expect(asked).toEqual([]);
  });
});
