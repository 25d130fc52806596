import { describe, expect, test } from 'vitest';
import { runSurface } from './answers.ts';
import { patGrant } from './raw.ts';

const surface = 'github.fine_grained_token';
const list = 'GET /orgs/larkspur-foods/personal-access-tokens';

async function recordOf(change: object) {
  const { records, coverage } = await runSurface(surface, { [list]: { body: [{ ...patGrant, ...change }] } });
  return { record: records[0], row: coverage[0] };
}

describe('a fine-grained token', () => {
  test('proves its owner by number, and is known by the number of the token', async () => {
    const { record } = await recordOf({});
    expect(record).toMatchObject({
      id: '48117001',
      identity: '70110005',
      owners: [{ role: 'technical', ref: 'mira-h', by: 'token owner' }],
      details: { grantId: '25381' },
    });
  });

  test('is as old as nobody says: the day of its grant is not the day it was made', async () => {
    const { record } = await recordOf({});
    expect(record?.unknown).toMatchObject({ createdAt: { why: 'not-offered' }, rotatedAt: { why: 'not-offered' } });
    expect(record?.details['grantedAt']).toBe('2026-05-16T15:47:09Z');
  });

  test.each([
    ['used', { token_last_used_at: '2026-11-20T01:00:00.000-08:00' }, { lastUsedAt: '2026-11-20T09:00:00Z' }],
    ['not used since the grant', { token_last_used_at: null }, { lastUsedAt: null, since: { lastUsedAt: '2026-05-16T15:47:09Z' } }],
    ['used at no time', { token_last_used_at: 'soon' }, { unknown: { lastUsedAt: { why: 'malformed-response' } } }],
    ['without an end', { token_expires_at: null }, { expiresAt: null }],
    ['with an end', { token_expires_at: '2027-01-01T00:00:00.000-08:00' }, { expiresAt: '2027-01-01T08:00:00Z' }],
    ['of which the end is missing', { token_expires_at: undefined }, { unknown: { expiresAt: { why: 'malformed-response' } } }],
    ['of which the end is no text', { token_expires_at: { at: 1 } }, { unknown: { expiresAt: { why: 'malformed-response' } } }],
    ['live', { token_expired: false }, { status: 'active' }],
    ['expired and still listed', { token_expired: true }, { status: 'expired' }],
    ['of which the end is not told', { token_expired: undefined }, { status: 'unknown' }],
  ])('%s', async (_name, change, expected) => {
    expect((await recordOf(change)).record).toMatchObject(expected);
  });

  test.each([
    [{ repository: { contents: 'read', metadata: 'read' } }, 'read', ['repository contents:read', 'repository metadata:read']],
    [
      { repository: { contents: 'write' }, organization: { members: 'read' } },
      'write',
      ['organization members:read', 'repository contents:write'],
    ],
    [{ repository: { administration: 'read' } }, 'read', ['repository administration:read']],
    [{ repository: { administration: 'write' } }, 'admin', ['repository administration:write']],
    [{ organization: { organization_administration: 'write' } }, 'admin', ['organization organization_administration:write']],
    [{ repository: { repository_projects: 'admin' } }, 'admin', ['repository repository_projects:admin']],
    [{}, 'none', []],
    [{ repository: null, other: {} }, 'none', []],
  ])('that was granted %j reaches as far as %s', async (permissions, privilege, privileges) => {
    const { record } = await recordOf({ permissions });
    expect(record).toMatchObject({ privilege, privileges });
  });

  test('keeps the digits of a number that a double cannot hold', async () => {
    const body = JSON.stringify([patGrant]).replace('"token_id":48117001', '"token_id":9007199254740993');
    const { records } = await runSurface(surface, { [list]: { body } });
    expect(records[0]?.id).toBe('9007199254740993');
  });

  test('of which a level is new is not called harmless', async () => {
    const { record } = await recordOf({ permissions: { repository: { contents: 'maintain', metadata: 'read' } } });
    expect(record?.unknown).toMatchObject({ privilege: { why: 'malformed-response' } });
  });

  test('of which the permissions are missing is not called harmless', async () => {
    const { record } = await recordOf({ permissions: null });
    expect(record?.unknown).toMatchObject({ privilege: { why: 'malformed-response' } });
  });

  test.each(['id', 'token_id', 'token_name', 'owner'])('without %s is counted as unread', async (field) => {
    const { record, row } = await recordOf({ [field]: null });
    expect(record).toBeUndefined();
    expect(row).toMatchObject({ state: 'partial', reason: 'malformed-response' });
  });
});

describe('the list of tokens', () => {
  const of = (token_id: number, login: string, id: number) => ({ ...patGrant, token_id, owner: { ...patGrant.owner, login, id } });

  test('gives the tokens of one owner together, also over pages', async () => {
    const { records } = await runSurface(surface, {
      [list]: { headers: { link: '<https://api.github.com/two>; rel="next"' }, body: [of(1, 'ann', 11), of(2, 'bob', 12)] },
      'GET /two': { body: [of(3, 'ann', 11)] },
    });
    expect(records.map(({ id }) => id)).toEqual(['1', '3', '2']);
  });

  test('keeps the first page when the second is refused', async () => {
    const { records, coverage } = await runSurface(surface, {
      [list]: { headers: { link: '<https://api.github.com/two>; rel="next"' }, body: [of(1, 'ann', 11)] },
      'GET /two': { status: 403, body: { message: 'Forbidden' } },
    });
    expect(records).toHaveLength(1);
    expect(coverage).toMatchObject([{ state: 'partial', reason: 'permission-denied' }]);
  });

  test.each([403, 404])('answered with %i says what a plain token cannot see', async (status) => {
    const { coverage } = await runSurface(surface, { [list]: { status, body: { message: 'Not Found' } } });
    expect(coverage).toMatchObject([
      {
        state: 'denied',
        requires: ['organization_personal_access_tokens:read'],
        detail: expect.stringContaining('only a GitHub App') as unknown,
      },
    ]);
  });
});
