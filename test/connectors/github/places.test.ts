import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { connect } from '../../../connectors/github/session.ts';
import type { Settings } from '../../../connectors/github/settings.ts';
import { type Answers, contextOf, runSurface } from './answers.ts';
import { denied } from './identity-answers.ts';

const server = { baseUrl: 'https://github.larkspur.example/api/v3' };
const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const appEnv = { GITHUB_APP_ID: '7', GITHUB_APP_PRIVATE_KEY: pem };
const page = (names: readonly string[], endCursor?: string) => ({
  body: {
    data: {
      enterprise: {
        organizations: {
          nodes: names.map((login) => ({ login })),
          pageInfo: { hasNextPage: endCursor !== undefined, endCursor: endCursor ?? null },
        },
      },
    },
  },
});

async function placesOf(settings: Settings, answers: Answers, env?: Parameters<typeof contextOf>[1]) {
  const { context, requests } = contextOf(answers, env);
  const scopes: string[] = [];
  const broke: unknown[] = [];
  try {
    for await (const { scope } of connect(settings, context)) scopes.push(scope);
  } catch (error) {
    broke.push(error);
  }
  return { scopes, broke, requests };
}

describe('the organizations of an enterprise', () => {
  test('join those that are named, over all pages', async () => {
    const { scopes } = await placesOf(
      { organizations: ['larkspur-foods'], enterprise: 'larkspur' },
      {
        'POST /graphql': (request) =>
          request.body?.includes('"after":"next"') === true ? page(['larkspur-labs']) : page(['Larkspur-Foods', 'larkspur-eu'], 'next'),
      },
    );
    expect(scopes).toEqual(['organization/Larkspur-Foods', 'organization/larkspur-eu', 'organization/larkspur-labs']);
  });

  test('that are refused leave those that are named', async () => {
    const { scopes, broke } = await placesOf({ organizations: ['larkspur-foods'], enterprise: 'larkspur' }, { 'POST /graphql': denied });
    expect(scopes).toEqual(['organization/larkspur-foods']);
    expect(broke).toHaveLength(1);
  });

  test('that are refused are rows of coverage', async () => {
    const { coverage } = await runSurface('github.deploy_key', { 'POST /graphql': denied }, { enterprise: 'larkspur' });
    expect(coverage).toMatchObject([{ scope: '*', state: 'denied', reason: 'permission-denied' }]);
  });

  test('are shown to an App that is installed in the enterprise', async () => {
    const { scopes, requests } = await placesOf(
      { enterprise: 'larkspur' },
      {
        'GET /enterprises/larkspur/installation': { body: { id: 99 } },
        'POST /app/installations/99/access_tokens': {
          status: 201,
          body: { token: 'placeholder', expires_at: '2026-11-21T01:00:00Z', permissions: {} },
        },
        'GET /enterprises/larkspur/apps/installable_organizations': {
          body: [
            { id: 1, login: 'larkspur-foods' },
            { id: 2, login: 'larkspur-labs' },
          ],
        },
      },
      appEnv,
    );
    expect(scopes).toEqual(['organization/larkspur-foods', 'organization/larkspur-labs']);
    expect(requests.every(({ headers }) => headers['x-github-api-version'] === '2022-11-28')).toBe(true);
  });
});

describe('an account', () => {
  const surface = 'github.account_ssh_key';

  test('is its own place, beside the organizations', async () => {
    expect((await placesOf({ organizations: ['larkspur-foods'], account: 'larkspur-ci', server }, {})).scopes).toEqual([
      'organization/larkspur-foods',
      'account/larkspur-ci',
      'server/github.larkspur.example',
    ]);
  });

  test('is not looked at with the token of another', async () => {
    const { coverage } = await runSurface(surface, { 'GET /user': { body: { login: 'tlind', id: 1 } } }, { account: 'larkspur-ci' });
    expect(coverage).toMatchObject([{ state: 'denied', detail: 'the token is of tlind, not of larkspur-ci' }]);
  });

  test('is nothing that an App can see', async () => {
    const { coverage } = await runSurface(surface, {}, { account: 'larkspur-ci' }, appEnv);
    expect(coverage).toMatchObject([{ state: 'denied', requires: ['GITHUB_TOKEN of the account'] }]);
  });
});

describe('a server', () => {
  test('has a login of its own, which the row names where it is missing', async () => {
    const { coverage } = await runSurface('github.server_token', {}, { server }, { GITHUB_TOKEN: 'placeholder' });
    expect(coverage).toMatchObject([{ state: 'denied', requires: [expect.stringContaining('GH_ENTERPRISE_TOKEN') as unknown] }]);
  });

  test.each(['GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN'])(
    'is asked with %s, and never with the token of github.com',
    async (name) => {
      const { requests } = await runSurface(
        'github.server_user',
        { 'GET /api/v3/users': { body: [] } },
        { server },
        { GITHUB_TOKEN: 'elsewhere', [name]: 'here' },
      );
      expect(requests.map(({ url, headers }) => [new URL(url).host, headers['authorization']])).toEqual([
        ['github.larkspur.example', 'token here'],
      ]);
    },
  );
});

test.each([
  ['https://api.github.com', 'https://api.github.com/orgs/larkspur-foods'],
  ['https://api.larkspur.ghe.com', 'https://api.larkspur.ghe.com/orgs/larkspur-foods'],
  ['https://github.larkspur.example/api/v3/', 'https://github.larkspur.example/api/v3/orgs/larkspur-foods'],
])('a run at %s asks there, in the version that is pinned', async (baseUrl, first) => {
  const { requests } = await runSurface('github.outside_collaborator', {}, { organizations: ['larkspur-foods'], baseUrl });
  expect(requests[0]?.url).toBe(first);
  expect(requests[0]?.headers['x-github-api-version']).toBe('2022-11-28');
});

describe('a refusal says what the login cannot see', () => {
  const answers = { 'GET /orgs/larkspur-foods/actions/secrets': denied };
  const one = { organizations: ['larkspur-foods'] };
  test.each([
    ['a token', { GITHUB_TOKEN: 'placeholder' }, /a plain token sees what its owner may see/],
    [
      'the token of a workflow',
      { GITHUB_TOKEN: 'ghs_x', GITHUB_ACTIONS: 'true' },
      /its own repository and never the organization; log in as an App/,
    ],
  ])('as %s', async (_name, env, words) => {
    const { coverage } = await runSurface('github.organization_actions_secret', answers, one, env);
    expect(coverage).toMatchObject([
      { state: 'denied', detail: expect.stringMatching(words) as unknown, requires: ['organization_secrets:read'] },
    ]);
  });

  test('but not where an outage is to blame', async () => {
    const { coverage } = await runSurface(
      'github.organization_actions_secret',
      { 'GET /orgs/larkspur-foods/actions/secrets': { status: 500, body: { message: 'Server Error' } } },
      one,
    );
    expect(coverage).toMatchObject([{ reason: 'unreachable', detail: expect.not.stringContaining('plain token') as unknown }]);
  });
});
