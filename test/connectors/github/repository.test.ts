import { describe, expect, test } from 'vitest';
import { type Answers, organization, runSurface } from './answers.ts';
import { type Repository, indexAnswer } from './index-answer.ts';
import { propertyValues } from './raw-repository.ts';

const surface = 'github.repository';
const settings = { organizations: [organization.login] };
const withCounts = (counts: object): Answers => ({ 'GET /orgs/larkspur-foods': { body: { ...organization, ...counts } } });
const owned = (...repositories: readonly Repository[]): Answers => ({
  ...withCounts({ public_repos: 0, total_private_repos: repositories.length }),
  'POST /graphql': indexAnswer(repositories),
});

describe('a repository', () => {
  test('is a scope, with its custom properties as tags', async () => {
    const { scopes, coverage } = await runSurface(surface, {
      ...owned({ name: 'checkout' }, { name: 'old', archived: true }, { name: 'closed', disabled: true }),
      'GET /orgs/larkspur-foods/properties/values': {
        body: [{ ...propertyValues, repository_id: 1, properties: [{ property_name: 'owner', value: 'payments-team' }] }],
      },
    });
    expect(scopes).toMatchObject([
      {
        id: 'repository/larkspur-foods/checkout',
        provider: 'github',
        name: 'larkspur-foods/checkout',
        tags: { owner: 'payments-team' },
        details: { number: '1' },
      },
      { id: 'repository/larkspur-foods/old', tags: {}, details: { number: '2', state: 'archived' } },
      { id: 'repository/larkspur-foods/closed', tags: {}, details: { number: '3', state: 'disabled' } },
    ]);
    expect(scopes.every((scope) => !('instance' in scope))).toBe(true);
    expect(coverage).toMatchObject([{ scope: 'organization/larkspur-foods', state: 'complete', count: 3 }]);
  });

  test('whose properties are refused is there, and its tags are unknown', async () => {
    const { scopes, coverage } = await runSurface(surface, {
      ...owned({ name: 'checkout' }),
      'GET /orgs/larkspur-foods/properties/values': { status: 403, body: { message: 'Resource not accessible by integration' } },
    });
    expect(scopes).toMatchObject([{ name: 'larkspur-foods/checkout', unknown: { tags: { why: 'permission-denied' } } }]);
    expect(coverage).toMatchObject([{ state: 'complete', count: 1 }]);
  });

  test('that was renamed has its new name alone', async () => {
    const { scopes } = await runSurface(surface, owned({ name: 'after' }));
    expect(scopes.map(({ id, details }) => [id, details['number']])).toEqual([['repository/larkspur-foods/after', '1']]);
  });

  test('of a server says of which', async () => {
    const there = Object.fromEntries(
      Object.entries({ ...owned({ name: 'checkout' }), 'GET /orgs/larkspur-foods/properties/values': { body: [] } }).map(
        ([key, answer]) => [key === 'POST /graphql' ? 'POST /api/graphql' : key.replace(' /', ' /api/v3/'), answer],
      ),
    );
    const { scopes, coverage } = await runSurface(surface, there, { ...settings, baseUrl: 'https://github.larkspur.example/api/v3' });
    expect(scopes).toMatchObject([{ id: 'repository/larkspur-foods/checkout', instance: 'github.larkspur.example' }]);
    expect(coverage).toMatchObject([{ state: 'complete' }]);
  });
});

describe('the list is whole', () => {
  const one = { 'POST /graphql': indexAnswer([{ name: 'checkout' }]) };

  test.each([
    ['complete', 'an owner is told of as many', { public_repos: 0, total_private_repos: 1 }],
    ['complete', 'one was made since the count', { public_repos: 0, total_private_repos: 0 }],
    ['partial', 'an owner is told of more', { public_repos: 1, total_private_repos: 1 }],
    ['partial', 'who is no owner is told of the public ones alone', { public_repos: 1 }],
    ['partial', 'GitHub tells of no number', { public_repos: '1', total_private_repos: 0 }],
  ])('%s: %s', async (state, _, counts) => {
    const { scopes, coverage } = await runSurface(surface, { ...withCounts(counts), ...one });
    expect(scopes).toHaveLength(1);
    expect(coverage.at(-1)).toMatchObject({ scope: 'organization/larkspur-foods', state, count: 1 });
    expect(coverage.map(({ scope }) => scope).includes('organization/larkspur-foods/hidden repositories')).toBe(state === 'partial');
  });

  test('not where the index breaks off', async () => {
    const first = JSON.stringify(indexAnswer([{ name: 'checkout' }]).body).replace(
      '"hasNextPage":false,"endCursor":null',
      '"hasNextPage":true,"endCursor":"x"',
    );
    const { scopes, coverage } = await runSurface(surface, {
      ...withCounts({ public_repos: 0, total_private_repos: 1 }),
      'POST /graphql': ({ body = '' }) =>
        body.includes('"after":"x"')
          ? { body: { errors: [{ message: 'Something went wrong while executing your query.' }] } }
          : { body: first },
    });
    expect(scopes).toHaveLength(1);
    expect(coverage).toMatchObject([{ state: 'partial', reason: 'unreachable', count: 1 }]);
  });
});
