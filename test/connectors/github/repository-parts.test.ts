import { describe, expect, test } from 'vitest';
import { type Answers, runSurface } from './answers.ts';
import { indexAnswer } from './index-answer.ts';
import { deployKey } from './raw.ts';
import { repositorySecret } from './raw-repository.ts';

const surface = 'github.repository_actions_secret';
const secretsOf = (repository: string) => `GET /repos/larkspur-foods/${repository}/actions/secrets`;
const secrets = (...names: string[]) => ({
  body: { total_count: names.length, secrets: names.map((name) => ({ ...repositorySecret, name })) },
});
const denied = { status: 403, body: { message: 'Resource not accessible by personal access token' } };
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `r${String(index)}` }));
const asked = (requests: readonly { url: string }[]) => requests.filter(({ url }) => url.includes('/actions/secrets')).length;

describe('a repository', () => {
  test('that is archived is read like any other, and its records say so', async () => {
    const { records, coverage } = await runSurface('github.deploy_key', {
      'POST /graphql': indexAnswer([{ name: 'old', archived: true }]),
      'GET /repos/larkspur-foods/old/keys': { body: [deployKey] },
    });
    expect(records).toMatchObject([{ status: 'active', scope: 'repository/larkspur-foods/old', details: { repository: 'archived' } }]);
    expect(coverage).toMatchObject([{ state: 'complete', count: 1 }]);
  });

  test('that GitHub disabled is not asked, and has a row of its own', async () => {
    const { coverage, requests } = await runSurface(surface, {
      'POST /graphql': indexAnswer([{ name: 'closed', disabled: true }, { name: 'open' }]),
      [secretsOf('open')]: secrets('A'),
    });
    expect(asked(requests)).toBe(1);
    expect(coverage).toMatchObject([
      { scope: 'repository/larkspur-foods/closed', state: 'not-enabled', reason: 'not-enabled' },
      { scope: 'organization/larkspur-foods', state: 'complete', count: 1 },
    ]);
  });

  test('that GitHub blocked is a gap', async () => {
    const { coverage } = await runSurface(surface, {
      'POST /graphql': indexAnswer([{ name: 'blocked' }, { name: 'open' }]),
      [secretsOf('blocked')]: { status: 451, body: { message: 'Repository access blocked' } },
      [secretsOf('open')]: secrets('A'),
    });
    expect(coverage).toMatchObject([
      { scope: 'repository/larkspur-foods/blocked', state: 'denied' },
      { state: 'partial', count: 1 },
    ]);
  });

  test('is known by its number: a new name makes no new records', async () => {
    const named = async (name: string) => {
      const { records } = await runSurface(surface, { 'POST /graphql': indexAnswer([{ name }]), [secretsOf(name)]: secrets('A') });
      return records[0]?.id;
    };
    expect(await named('before')).toBe('repositories/1/actions/secrets/A');
    expect(await named('after')).toBe(await named('before'));
  });

  test('without a number ends the index, and is not made up', async () => {
    const answer = indexAnswer([{ name: 'a' }]);
    const body = JSON.stringify(answer.body).replace('"databaseId":1', '"databaseId":null');
    const { coverage } = await runSurface(surface, { 'POST /graphql': { body } });
    expect(coverage).toMatchObject([{ state: 'partial', reason: 'malformed-response' }]);
  });
});

describe('repositories that refuse', () => {
  test('have a row each, up to twenty; the others share one', async () => {
    const answers: Answers = {
      'POST /graphql': indexAnswer(many(30)),
      [secretsOf('r0')]: secrets('A'),
      ...Object.fromEntries(many(30).flatMap(({ name }) => (name === 'r0' ? [] : [[secretsOf(name), denied]]))),
    };
    const { coverage, requests } = await runSurface(surface, answers);
    expect(asked(requests)).toBe(30);
    expect(coverage).toHaveLength(22);
    expect(coverage.slice(-2)).toMatchObject([
      { scope: 'organization/larkspur-foods/9 more', state: 'denied', reason: 'permission-denied' },
      { scope: 'organization/larkspur-foods', state: 'partial', count: 1 },
    ]);
  });

  test('all of them, are not asked to the last one', async () => {
    const answers: Answers = {
      'POST /graphql': indexAnswer(many(100)),
      ...Object.fromEntries(many(100).map(({ name }) => [secretsOf(name), denied])),
    };
    const { coverage, requests } = await runSurface(surface, answers);
    expect(asked(requests)).toBeLessThan(40);
    expect(coverage.at(-1)).toMatchObject({
      state: 'denied',
      reason: 'permission-denied',
      detail: expect.stringMatching(/first 25 refused alike, and the others were not asked/) as unknown,
      requires: ['metadata:read', 'secrets:read'],
    });
  });

  test('by a limit that does not end, are not asked on', async () => {
    const limited = {
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1796000000' },
      body: { message: 'API rate limit exceeded' },
    };
    const answers: Answers = {
      'POST /graphql': indexAnswer(many(100)),
      ...Object.fromEntries(many(100).map(({ name }, index) => [secretsOf(name), index === 0 ? secrets('A') : limited])),
    };
    const { coverage, requests } = await runSurface(surface, answers);
    expect(asked(requests)).toBeLessThan(40);
    expect(coverage).toMatchObject([{ state: 'partial', reason: 'throttled', count: 1 }]);
  });
});

test('the index is asked once, whatever number of surfaces walk it', async () => {
  const { requests } = await runSurface(surface, { 'POST /graphql': indexAnswer([{ name: 'a' }]), [secretsOf('a')]: secrets() });
  expect(requests.filter(({ url }) => url.endsWith('/graphql'))).toHaveLength(1);
});
