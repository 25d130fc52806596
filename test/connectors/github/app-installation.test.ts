import { describe, expect, test } from 'vitest';
import { denied, linked, look, saml } from './identity-answers.ts';
import { app, installation, subjectStat } from './raw-identities.ts';

const surface = 'github.app_installation';
const list = 'GET /orgs/larkspur-foods/installations';
const insights = 'GET /orgs/larkspur-foods/insights/api/subject-stats';
const about = 'GET /apps/renovate';

async function recordOf(change: object, rest: Parameters<typeof look>[1] = {}, queries: Parameters<typeof look>[2] = {}) {
  const answers = {
    [list]: { body: { total_count: 1, installations: [{ ...installation, ...change }] } },
    [insights]: { body: [subjectStat] },
    [about]: { body: app },
    ...rest,
  };
  const { records, coverage } = await look(surface, answers, queries);
  return { record: records[0], row: coverage[0] };
}

describe('an installation', () => {
  test('is an identity with the permissions it was given', async () => {
    const { record } = await recordOf({});
    expect(record).toMatchObject({
      record: 'identity',
      id: '41200311',
      name: 'renovate',
      status: 'active',
      createdAt: '2022-03-14T12:12:00Z',
      privilege: 'write',
      privileges: ['contents:write', 'metadata:read'],
      purpose: 'Keeps dependencies up to date',
      details: { repositories: 'all, also future ones', appId: '2740' },
    });
  });

  test('that is suspended is inactive, and still there', async () => {
    const { record, row } = await recordOf({
      suspended_at: '2026-07-02T02:00:00-07:00',
      suspended_by: { ...installation.account, login: 'priya-larkspur' },
    });
    expect(record).toMatchObject({ status: 'inactive', details: { suspendedAt: '2026-07-02T09:00:00Z', suspendedBy: 'priya-larkspur' } });
    expect(row).toMatchObject({ state: 'complete', count: 1 });
  });

  test.each([
    [{ metadata: 'read' }, { privilege: 'read' }],
    [{ administration: 'write' }, { privilege: 'admin' }],
    [{ organization_administration: 'write' }, { privilege: 'admin' }],
    [{ organization_administration: 'read' }, { privilege: 'read' }],
    [{ organization_projects: 'admin' }, { privilege: 'admin' }],
    [{}, { privilege: 'none' }],
    [{ contents: 'everything' }, { unknown: { privilege: { why: 'malformed-response' } } }],
    [null, { unknown: { privilege: { why: 'malformed-response' } } }],
  ])('with %j reaches %j', async (permissions, expected) => {
    expect((await recordOf({ permissions })).record).toMatchObject(expected);
  });
});

describe('the last use of an installation', () => {
  test.each([
    ['is its last request', { body: [subjectStat] }, { lastUsedAt: '2026-11-20T19:01:55Z' }],
    [
      'is unknown, and not never, where none was seen in 30 days',
      { body: [] },
      { unknown: { lastUsedAt: { why: 'not-offered', detail: expect.stringContaining('30 days') as unknown } } },
    ],
    [
      'is not that of a user with the same number',
      { body: [{ ...subjectStat, subject_type: 'user' }] },
      { unknown: { lastUsedAt: { why: 'not-offered' } } },
    ],
    ['is unknown where the insights are refused', denied, { unknown: { lastUsedAt: { why: 'permission-denied' } } }],
    [
      'is unknown on a plan without insights',
      { status: 403, body: { message: 'Upgrade to GitHub Enterprise Cloud' } },
      { unknown: { lastUsedAt: { why: 'not-licensed' } } },
    ],
  ])('%s', async (_name, answer, expected) => {
    const { record, row } = await recordOf({}, { [insights]: answer });
    expect(record).toMatchObject(expected);
    expect(row).toMatchObject({ state: 'complete' });
  });
});

describe('the owner of an installation', () => {
  const organization = { ...app.owner, login: 'mend', type: 'Organization' };
  test.each([
    ['is the user who owns the App', {}, { body: app }, [{ role: 'technical', ref: 'mira-h', by: 'owner of the App' }]],
    ['is no organization', {}, { body: { ...app, owner: organization } }, []],
    [
      'is the contact that was given',
      { contact_email: 'tomas.lind@larkspur.example' },
      { body: { ...app, owner: organization } },
      [{ role: 'technical', ref: 'tomas.lind@larkspur.example', by: 'contact of the installation' }],
    ],
  ])('%s', async (_name, change, answer, owners) => {
    expect((await recordOf(change, { [about]: answer })).record?.owners).toEqual(owners);
  });

  test('is found at the identity provider', async () => {
    const { record } = await recordOf({}, {}, { SamlIdentities: saml([linked('mira-h', app.owner.id, 'mira.haddad@larkspur.example')]) });
    expect(record?.owners).toMatchObject([{ ref: 'mira.haddad@larkspur.example' }]);
  });

  test('of a private App is unread, and so is what the App is for', async () => {
    const { record } = await recordOf(
      { contact_email: 'a@larkspur.example' },
      { [about]: { status: 404, body: { message: 'Not Found' } } },
    );
    expect(record?.owners).toMatchObject([{ ref: 'a@larkspur.example' }]);
    expect(record?.unknown).toMatchObject({ owners: { why: 'permission-denied' }, purpose: { why: 'permission-denied' } });
  });
});
