import { expect, test } from 'vitest';
import { runSurface } from './answers.ts';
import { user } from './raw-identities.ts';

const surface = 'github.outside_collaborator';
const list = 'GET /orgs/larkspur-foods/outside_collaborators';

test('an outside collaborator is known by number, and by the login on the roster', async () => {
  const { records } = await runSurface(surface, { [list]: { body: [user] } });
  expect(records).toMatchObject([
    {
      record: 'identity',
      id: '70110005',
      name: 'mira-h',
      owners: [{ ref: 'mira-h', by: 'login of the account' }],
      details: {},
      unknown: { createdAt: { why: 'not-offered' }, privilege: { why: 'not-offered' } },
    },
  ]);
});

test('a bot is a guess with a reason', async () => {
  const { records } = await runSurface(surface, { [list]: { body: [{ ...user, login: 'helper[bot]', type: 'Bot' }] } });
  expect(records[0]?.details['machineUser']).toBe('perhaps: GitHub calls it a bot');
});

test('somebody in two organizations is one account', async () => {
  const { records } = await runSurface(
    surface,
    {
      [list]: { body: [user] },
      'GET /orgs/larkspur-labs': { body: { login: 'larkspur-labs', id: 2 } },
      'GET /orgs/larkspur-labs/outside_collaborators': { body: [user] },
    },
    { organizations: ['larkspur-foods', 'larkspur-labs'] },
  );
  expect(records).toMatchObject([
    {
      scope: 'organization/larkspur-foods',
      privileges: ['outside collaborator of larkspur-foods', 'outside collaborator of larkspur-labs'],
    },
  ]);
});

test('a list that breaks off is partial', async () => {
  const { coverage } = await runSurface(surface, {
    [list]: { headers: { link: '<https://api.github.com/two>; rel="next"' }, body: [user] },
    'GET /two': { status: 403, body: { message: 'Forbidden' } },
  });
  expect(coverage).toMatchObject([{ state: 'partial', count: 1, requires: ['members:read'] }]);
});
