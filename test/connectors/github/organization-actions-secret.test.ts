import { expect, test } from 'vitest';
import { runSurface } from './answers.ts';
import { organizationSecret } from './raw.ts';

async function recordOf(change: object) {
  const body = { total_count: 1, secrets: [{ ...organizationSecret, ...change }] };
  const { records } = await runSurface('github.organization_actions_secret', { 'GET /orgs/larkspur-foods/actions/secrets': { body } });
  return records[0];
}

test('a secret is known by its organization, not by the name that the organization has today', async () => {
  expect(await recordOf({})).toMatchObject({
    id: 'organizations/90125501/actions/secrets/NPM_TOKEN',
    scope: 'organization/larkspur-foods',
    identity: null,
  });
});

test('a secret is as old as its last write, and nobody tells when it was used or what it opens', async () => {
  const record = await recordOf({});
  expect(record).toMatchObject({ createdAt: '2021-08-17T12:00:00Z', rotatedAt: '2023-11-15T16:44:02Z', expiresAt: null });
  expect(record?.unknown).toMatchObject({ lastUsedAt: { why: 'not-offered' }, privilege: { why: 'not-offered' } });
});

test.each([
  ['all', ['used by workflows of all repositories']],
  ['private', ['used by workflows of all private repositories']],
  ['selected', ['used by workflows of selected repositories']],
  ['something new', undefined],
])('visibility %s is told', async (visibility, privileges) => {
  const record = await recordOf({ visibility });
  expect(record?.details).toEqual({ visibility });
  expect(record?.privileges).toEqual(privileges);
});
