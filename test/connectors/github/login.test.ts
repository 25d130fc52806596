import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loginOf } from '../../../connectors/github/login.ts';
import { connect } from '../../../connectors/github/session.ts';
import type { Settings } from '../../../connectors/github/settings.ts';
import type { ConnectContext } from '../../../src/connector/contract.ts';
import { OperatorError } from '../../../src/model/operator-error.ts';
import { type Answers, contextOf, indexOf, runSurface } from './answers.ts';
import { indexAnswer } from './index-answer.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const pem = rsa.export({ type: 'pkcs1', format: 'pem' }).toString();
const elliptic = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const one = ['larkspur-foods'];

async function codeOf(settings: Settings, env: ConnectContext['env'], readFile?: (path: string) => Promise<string>): Promise<string> {
  const context = { ...contextOf({}, env).context, ...(readFile ? { readFile } : {}) };
  try {
    const places = await Array.fromAsync(connect(settings, context));
    return places.length > 0 ? (await loginOf(settings, context)).by : 'no place';
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return error.mistakes.every(({ hint }) => hint !== undefined) ? error.code : `${error.code} without a hint`;
  }
}

describe('which login is used', () => {
  test.each<[string, Settings, ConnectContext['env'], string]>([
    ['no organization', {}, { GITHUB_TOKEN: 't' }, 'settings-missing'],
    ['no login', { organizations: one }, {}, 'login-missing'],
    ['an empty token', { organizations: one }, { GITHUB_TOKEN: '' }, 'login-missing'],
    ['a token', { organizations: one }, { GITHUB_TOKEN: 't' }, 'token'],
    ['the other token', { organizations: one }, { GITHUB_TOKEN: '', GH_TOKEN: 't' }, 'token'],
    ['an App before a token', { organizations: one }, { GITHUB_APP_ID: '7', GITHUB_APP_PRIVATE_KEY: pem, GITHUB_TOKEN: 't' }, 'app'],
    [
      'a key with escaped line breaks',
      { organizations: one },
      { GITHUB_APP_ID: '7', GITHUB_APP_PRIVATE_KEY: pem.replaceAll('\n', String.raw`\n`) },
      'app',
    ],
    ['an App without a key', { organizations: one, app: { id: '7' } }, { GITHUB_TOKEN: 't' }, 'login-missing'],
    ['a key that is none', { organizations: one, app: { id: '7' } }, { GITHUB_APP_PRIVATE_KEY: 'hello' }, 'login-invalid'],
    ['a key of another sort', { organizations: one, app: { id: '7' } }, { GITHUB_APP_PRIVATE_KEY: elliptic }, 'login-invalid'],
    [
      'one installation for two organizations',
      { organizations: ['a', 'b'], app: { id: '7', installationId: 1 } },
      { GITHUB_APP_PRIVATE_KEY: pem },
      'login-invalid',
    ],
    ['a key file where no file can be read', { organizations: one, app: { id: '7', privateKeyFile: 'key.pem' } }, {}, 'login-invalid'],
  ])('%s', async (_name, settings, env, outcome) => {
    expect(await codeOf(settings, env)).toBe(outcome);
  });

  test('a key file, by settings or by environment', async () => {
    const read: string[] = [];
    const readFile = (path: string) => {
      read.push(path);
      return Promise.resolve(pem);
    };
    expect(await codeOf({ organizations: one, app: { id: '7', privateKeyFile: 'a.pem' } }, {}, readFile)).toBe('app');
    expect(await codeOf({ organizations: one }, { GITHUB_APP_ID: '7', GITHUB_APP_PRIVATE_KEY_FILE: 'b.pem' }, readFile)).toBe('app');
    expect([...new Set(read)]).toEqual(['a.pem', 'b.pem']);
  });

  test('does not show the key it could not use', async () => {
    const error = await loginOf(
      { organizations: one, app: { id: '7' } },
      contextOf({}, { GITHUB_APP_PRIVATE_KEY: elliptic }).context,
    ).catch((each: unknown) => each);
    expect(JSON.stringify(error) + String(error)).not.toContain('BEGIN');
  });
});

const appEnv = { GITHUB_APP_ID: '7', GITHUB_APP_PRIVATE_KEY: pem };
const installation: Answers = { 'GET /orgs/larkspur-foods/installation': { body: { id: 4242 } } };
const tokenWith = (permissions: object, selection = 'all'): Answers => ({
  ...installation,
  'POST /app/installations/4242/access_tokens': {
    status: 201,
    body: { token: 'placeholder', expires_at: '2026-11-21T01:00:00Z', permissions, repository_selection: selection },
  },
});

describe('an App', () => {
  test('asks for its installation, then for a token, and pins the version of the API on every request', async () => {
    const { requests } = await runSurface(
      'github.organization_actions_secret',
      {
        ...tokenWith({ organization_secrets: 'read' }),
        'GET /orgs/larkspur-foods/actions/secrets': { body: { total_count: 0, secrets: [] } },
      },
      { organizations: one },
      appEnv,
    );
    expect(requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      'GET /orgs/larkspur-foods/installation',
      'POST /app/installations/4242/access_tokens',
      'GET /orgs/larkspur-foods',
      'GET /orgs/larkspur-foods/actions/secrets',
    ]);
    expect(requests.map(({ headers }) => headers['x-github-api-version'])).toEqual(requests.map(() => '2022-11-28'));
    expect(requests.map(({ headers }) => headers['authorization']?.split(' ')[0])).toEqual(['bearer', 'bearer', 'token', 'token']);
  });

  test.each([
    [{}, 'denied'],
    [{ organization_secrets: 'read' }, 'complete'],
    [{ organization_secrets: 'write' }, 'complete'],
    [{ organization_secrets: 'admin' }, 'complete'],
    [{ secrets: 'read' }, 'denied'],
  ])('that was granted %j finds organization secrets %s, without asking where it is denied', async (permissions, state) => {
    const answers = { ...tokenWith(permissions), 'GET /orgs/larkspur-foods/actions/secrets': { body: { total_count: 0, secrets: [] } } };
    const { coverage, requests } = await runSurface('github.organization_actions_secret', answers, { organizations: one }, appEnv);
    expect(coverage).toMatchObject([
      { state, ...(state === 'denied' ? { reason: 'permission-denied', requires: ['organization_secrets:read'] } : {}) },
    ]);
    expect(requests.some(({ url }) => url.includes('/secrets'))).toBe(state === 'complete');
  });

  test.each([
    ['is not installed', { 'GET /orgs/larkspur-foods/installation': { status: 404, body: { message: 'Not Found' } } }],
    [
      'is suspended',
      {
        ...installation,
        'POST /app/installations/4242/access_tokens': { status: 403, body: { message: 'This installation has been suspended' } },
      },
    ],
  ] satisfies [string, Answers][])('that %s has no login, and says so for each surface', async (_name, answers) => {
    const { coverage } = await runSurface('github.deploy_key', answers, { organizations: one }, appEnv);
    expect(coverage).toMatchObject([{ state: 'denied', reason: 'login-failed' }]);
  });

  test.each([['github.deploy_key'], ['github.repository']])(
    'that was given some repositories only leaves a gap where the others are in %s',
    async (surface) => {
      const answers = {
        ...tokenWith({ administration: 'read', metadata: 'read' }, 'selected'),
        'POST /graphql': {
          body: {
            data: {
              organization: { repositories: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }, counts: { nodes: [] } },
            },
          },
        },
      };
      const { coverage } = await runSurface(surface, answers, { organizations: one }, appEnv);
      expect(coverage).toMatchObject([
        { scope: 'organization/larkspur-foods/other repositories', state: 'denied', reason: 'permission-denied' },
        { scope: 'organization/larkspur-foods', state: 'partial' },
      ]);
    },
  );

  test('that was given all of them has the whole list', async () => {
    const answers = { ...tokenWith({ metadata: 'read' }), 'POST /graphql': indexAnswer([{ name: 'checkout' }]) };
    const { coverage } = await runSurface('github.repository', answers, { organizations: one }, appEnv);
    expect(coverage).toMatchObject([{ state: 'complete', count: 1 }]);
  });

  test('takes the installation that the settings name', async () => {
    const answers = {
      'POST /app/installations/99/access_tokens': {
        status: 201,
        body: { token: 'placeholder', expires_at: '2026-11-21T01:00:00Z', permissions: {} },
      },
    };
    const { requests } = await runSurface(
      'github.deploy_key',
      answers,
      { organizations: one, app: { id: '7', installationId: 99 } },
      appEnv,
    );
    expect(requests.map(({ url }) => new URL(url).pathname)).toEqual(['/app/installations/99/access_tokens', '/orgs/larkspur-foods']);
  });
});

describe('places', () => {
  async function places(settings: Settings, env: ConnectContext['env'], replaying = false) {
    const { context, requests, wires } = contextOf({}, env);
    const scopes: string[] = [];
    for await (const place of connect(settings, { ...context, replaying })) {
      scopes.push(place.scope);
      await place.open().catch(() => undefined);
    }
    return { scopes, requests, wires: wires() };
  }

  test('are the organizations, each once whatever its case', async () => {
    const { scopes } = await places({ organizations: ['larkspur-foods', 'other', 'Other'] }, { GITHUB_TOKEN: 't' });
    expect(scopes).toEqual(['organization/larkspur-foods', 'organization/Other']);
  });

  test('share one budget under a token, and have their own under an App', async () => {
    expect((await places({ organizations: ['a', 'b'] }, { GITHUB_TOKEN: 't' })).wires).toBe(1);
    expect((await places({ organizations: ['a', 'b'] }, appEnv)).wires).toBe(2);
  });

  test('need no login and ask no token endpoint when traffic is replayed', async () => {
    const { scopes, requests } = await places({ organizations: one, app: { id: '7' } }, {}, true);
    expect(scopes).toEqual(['organization/larkspur-foods']);
    expect(requests.map(({ url }) => url)).toEqual(['https://api.github.com/orgs/larkspur-foods']);
  });

  test('are on the server that the settings name', async () => {
    const { requests } = await places({ organizations: one, baseUrl: 'https://github.larkspur.example/api/v3/' }, { GITHUB_TOKEN: 't' });
    expect(requests.at(0)?.url).toBe('https://github.larkspur.example/api/v3/orgs/larkspur-foods');
  });

  test('ask GraphQL beside the REST API of that server', async () => {
    const answers: Answers = {
      'GET /api/v3/orgs/larkspur-foods': { body: { login: 'larkspur-foods', id: 1 } },
      'POST /api/graphql': indexOf({}),
    };
    const { coverage } = await runSurface('github.deploy_key', answers, {
      organizations: one,
      baseUrl: 'https://github.larkspur.example/api/v3',
    });
    expect(coverage).toMatchObject([{ state: 'complete' }]);
  });
});
