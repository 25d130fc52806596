import { describe, expect, test } from 'vitest';
import { github } from '../../../connectors/github/index.ts';
import { type Answer, organization, runSurface } from './answers.ts';
import { indexAnswer } from './index-answer.ts';
import { organizationSecret } from './raw.ts';
import { repositorySecret } from './raw-repository.ts';

const secrets = (...items: object[]): Answer => ({ body: { total_count: items.length, secrets: items } });
const index = { 'POST /graphql': indexAnswer([{ name: 'checkout', environments: ['production'] }]) };

test.each([
  ['dependabot', 'github.organization_dependabot_secret', 'used by Dependabot in all repositories'],
  ['codespaces', 'github.organization_codespaces_secret', 'used in codespaces of all repositories'],
  ['agents', 'github.organization_agents_secret', 'used by Copilot agents in all repositories'],
])('a secret for %s that all repositories see is marked so', async (store, surface, privilege) => {
  const { records } = await runSurface(surface, {
    [`GET /orgs/larkspur-foods/${store}/secrets`]: secrets({ ...organizationSecret, visibility: 'all' }),
  });
  expect(records).toMatchObject([
    {
      id: `organizations/90125501/${store}/secrets/NPM_TOKEN`,
      privileges: [privilege],
      createdAt: '2021-08-17T12:00:00Z',
      rotatedAt: '2023-11-15T16:44:02Z',
      expiresAt: null,
      unknown: { lastUsedAt: { why: 'not-offered' } },
    },
  ]);
});

test('one name in an organization, a repository and an environment is three secrets', async () => {
  const named = { ...repositorySecret, name: 'TOKEN' };
  const read = async (surface: string) =>
    (
      await runSurface(surface, {
        ...index,
        'GET /orgs/larkspur-foods/actions/secrets': secrets({ ...named, visibility: 'private' }),
        'GET /repos/larkspur-foods/checkout/actions/secrets': secrets(named),
        'GET /repos/larkspur-foods/checkout/environments/production/secrets': secrets(named),
      })
    ).records;
  const found = [
    ...(await read('github.organization_actions_secret')),
    ...(await read('github.repository_actions_secret')),
    ...(await read('github.environment_secret')),
  ];
  expect(found.map(({ id, scope }) => [id, scope])).toEqual([
    ['organizations/90125501/actions/secrets/TOKEN', 'organization/larkspur-foods'],
    ['repositories/1/actions/secrets/TOKEN', 'repository/larkspur-foods/checkout'],
    ['repositories/1/environments/production/secrets/TOKEN', 'repository/larkspur-foods/checkout/environment/production'],
  ]);
});

describe('environments', () => {
  const surface = 'github.environment_secret';
  const asked = (requests: readonly { url: string }[]) =>
    requests.map(({ url }) => new URL(url).pathname).filter((path) => path.endsWith('/secrets'));

  test('cost nothing where the index shows none', async () => {
    const { requests, coverage } = await runSurface(surface, { 'POST /graphql': indexAnswer([{ name: 'a' }, { name: 'b' }]) });
    expect(asked(requests)).toEqual([]);
    expect(coverage).toMatchObject([{ state: 'complete', count: 0 }]);
  });

  test('are listed one by one, where there are more than the index shows', async () => {
    const list = (names: string[], more: boolean) => ({
      body: {
        data: {
          repository: { environments: { nodes: names.map((name) => ({ name })), pageInfo: { hasNextPage: more, endCursor: 'next' } } },
        },
      },
    });
    const { requests, coverage } = await runSurface(surface, {
      'POST /graphql': ({ body = '' }) => {
        if (body.includes('RepositoryIndex')) return indexAnswer([{ name: 'a', environments: ['one'], moreEnvironments: true }]);
        return body.includes('"after":"next"') ? list(['two/b'], false) : list(['one'], true);
      },
      'GET /repos/larkspur-foods/a/environments/one/secrets': secrets(repositorySecret),
      'GET /repos/larkspur-foods/a/environments/two%2Fb/secrets': secrets(),
    });
    expect(asked(requests)).toEqual([
      '/repos/larkspur-foods/a/environments/one/secrets',
      '/repos/larkspur-foods/a/environments/two%2Fb/secrets',
    ]);
    expect(coverage).toMatchObject([{ state: 'complete', count: 1 }]);
  });

  test('that GitHub does not show are a gap, and not none', async () => {
    const { coverage } = await runSurface(surface, { 'POST /graphql': indexAnswer([{ name: 'a', environments: null }]) });
    expect(coverage).toMatchObject([
      { scope: 'repository/larkspur-foods/a/environments', state: 'denied', requires: ['actions:read'] },
      { scope: 'organization/larkspur-foods', state: 'partial' },
    ]);
  });

  test('whose list breaks off are read as far as they are known', async () => {
    const { coverage, records } = await runSurface(surface, {
      'POST /graphql': ({ body = '' }) =>
        body.includes('RepositoryIndex')
          ? indexAnswer([{ name: 'a', environments: ['one'], moreEnvironments: true }])
          : body.includes('"after":"next"')
            ? { status: 502, body: { message: 'Server Error' } }
            : {
                body: {
                  data: { repository: { environments: { nodes: [{ name: 'one' }], pageInfo: { hasNextPage: true, endCursor: 'next' } } } },
                },
              },
      'GET /repos/larkspur-foods/a/environments/one/secrets': secrets(repositorySecret),
    });
    expect(records).toHaveLength(1);
    expect(coverage).toMatchObject([
      { scope: 'repository/larkspur-foods/a/environments', reason: 'unreachable' },
      { scope: 'organization/larkspur-foods', state: 'partial', count: 1 },
    ]);
  });
});

describe('Codespaces secrets of repositories', () => {
  const surface = 'github.repository_codespaces_secret';
  const list = { 'GET /repos/larkspur-foods/checkout/codespaces/secrets': secrets(repositorySecret) };

  test('are left out, and said to be, since listing them takes the permission to write', async () => {
    const { coverage, requests } = await runSurface(surface, { ...index, ...list });
    expect(requests.some(({ url }) => url.includes('/codespaces/'))).toBe(false);
    expect(coverage).toMatchObject([
      {
        scope: 'organization/larkspur-foods/repositories',
        state: 'skipped',
        detail: expect.stringMatching(/repositoryCodespacesSecrets/) as unknown,
      },
      { scope: 'organization/larkspur-foods', count: 0 },
    ]);
  });

  test('are read where the settings ask for them', async () => {
    const { records } = await runSurface(
      surface,
      { ...index, ...list },
      { organizations: [organization.login], repositoryCodespacesSecrets: true },
    );
    expect(records).toMatchObject([{ id: 'repositories/1/codespaces/secrets/SMTP_PASSWORD' }]);
  });
});

test('the manifest lets an App read, and nothing else', () => {
  const permissions = github.surfaces.flatMap(({ operations }) => operations.map(({ permission }) => permission));
  const manifest = JSON.parse(github.permissionDocument([...new Set(permissions)])) as { default_permissions: Record<string, string> };
  expect(new Set(Object.values(manifest.default_permissions))).toEqual(new Set(['read']));
  expect(manifest.default_permissions).not.toHaveProperty('contents');
  expect(manifest.default_permissions).not.toHaveProperty('codespaces_secrets');
});

describe('a plan or server without the list', () => {
  test.each([
    [
      'says so in words',
      { status: 403, body: { message: 'Upgrade to GitHub Enterprise to enable this feature.' } },
      'not-enabled',
      'not-licensed',
    ],
    ['says that it is gone', { status: 410, body: { message: 'Gone' } }, 'not-enabled', 'not-enabled'],
    ['does not say it', { status: 404, body: { message: 'Not Found' } }, 'denied', 'permission-denied'],
  ] as const)('that %s is never an empty one', async (_name, answer, state, reason) => {
    const { coverage } = await runSurface('github.organization_agents_secret', { 'GET /orgs/larkspur-foods/agents/secrets': answer });
    expect(coverage).toMatchObject([{ state, reason, count: 0 }]);
  });
});
