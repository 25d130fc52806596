import { describe, expect, test } from 'vitest';
import { runSurface } from './answers.ts';
import { organizationSecret } from './raw.ts';

const surface = 'github.organization_actions_secret';
const first = 'GET /orgs/larkspur-foods/actions/secrets';
const secrets = (...names: string[]) => ({ total_count: names.length, secrets: names.map((name) => ({ ...organizationSecret, name })) });

describe('pages of a list', () => {
  test('follow the link that GitHub gives, in its own words', async () => {
    const { records, coverage, requests } = await runSurface(surface, {
      [first]: {
        headers: { link: '<https://api.github.com/organizations/90125501/actions/secrets?per_page=100&page=2>; rel="next"' },
        body: secrets('A'),
      },
      'GET /organizations/90125501/actions/secrets?per_page=100&page=2': { body: secrets('B') },
    });
    expect(records.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(coverage).toMatchObject([{ state: 'complete', count: 2 }]);
    expect(requests.at(1)?.url).toBe('https://api.github.com/orgs/larkspur-foods/actions/secrets?per_page=100');
  });

  test.each(['https://evil.example/page/2', 'http://api.github.com/page/2', 'not an address'])(
    'never take the login to %s',
    async (next) => {
      const { coverage, requests } = await runSurface(surface, {
        [first]: { headers: { link: `<${next}>; rel="next"` }, body: secrets('A') },
      });
      expect(requests.every(({ url }) => url.startsWith('https://api.github.com/'))).toBe(true);
      expect(coverage).toMatchObject([{ state: 'partial', reason: 'malformed-response', count: 1 }]);
    },
  );

  test.each([
    ['a conflict', { status: 409, body: { message: 'Conflict' } }],
    ['another field first', { body: { total_count: 1, note: [], message: 'none' } }],
    ['no list', { body: { total_count: 1, secrets: 'none' } }],
    ['a list of nothing', { body: { total_count: 1, secrets: [null] } }],
  ])('that hold %s are not an empty list', async (_name, answer) => {
    const { coverage } = await runSurface(surface, { [first]: answer });
    expect(coverage).toMatchObject([{ state: 'partial', reason: 'malformed-response', count: 0 }]);
  });

  test('keep what was read before a refusal', async () => {
    const { records, coverage } = await runSurface(surface, {
      [first]: { headers: { link: '<https://api.github.com/two>; rel="next"' }, body: secrets('A', 'B') },
      'GET /two': { status: 403, body: { message: 'Forbidden' } },
    });
    expect(records).toHaveLength(2);
    expect(coverage).toMatchObject([{ state: 'partial', reason: 'permission-denied', count: 2, requires: ['organization_secrets:read'] }]);
  });
});
