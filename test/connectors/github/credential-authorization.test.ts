import { describe, expect, test } from 'vitest';
import type { WireRequest } from '../../../src/connector/wire.ts';
import { runSurface } from './answers.ts';
import { denied, graphql, linked, look, memberNamed, members, noSaml, saml } from './identity-answers.ts';
import { authorization, userStat } from './raw-identities.ts';

const surface = 'github.credential_authorization';
const list = 'GET /orgs/larkspur-foods/credential-authorizations';
const stats = 'GET /orgs/larkspur-foods/insights/api/user-stats/70110005';
const Members = members([memberNamed('mira-h', 70110005)]);

async function recordOf(change: object, rest: Parameters<typeof look>[1] = {}, queries: Parameters<typeof look>[2] = {}) {
  const answers = { [list]: { body: [{ ...authorization, ...change }] }, ...rest };
  const { records, coverage, requests } = await look(surface, answers, { Members, ...queries });
  return { record: records[0], row: coverage[0], requests };
}

describe('an authorized credential', () => {
  test('is known by its own number, and proves its user by number', async () => {
    const { record } = await recordOf({});
    expect(record).toMatchObject({
      id: '20111400',
      kind: 'github.classic_pat',
      name: 'deploy script',
      identity: '70110005',
      lastUsedAt: '2026-11-19T22:10:45Z',
      expiresAt: null,
      privilege: 'write',
      privileges: ['repo'],
      details: { authorizationId: '161195', authorizedAt: '2024-04-10T08:30:00Z' },
    });
  });

  test('is at least as old as its approval, which is not its age', async () => {
    const { record } = await recordOf({});
    expect(record?.unknown).toMatchObject({ createdAt: { why: 'not-offered' }, rotatedAt: { why: 'not-offered' } });
  });

  test.each([
    [
      'an SSH key',
      {
        credential_type: 'SSH key',
        fingerprint: 'SHA256:abc',
        authorized_credential_title: 'laptop',
        authorized_credential_note: undefined,
        authorized_credential_expires_at: undefined,
        scopes: undefined,
      },
      {
        kind: 'github.ssh_key',
        name: 'laptop',
        fingerprint: 'SHA256:abc',
        expiresAt: null,
        unknown: { privilege: { why: 'not-offered' } },
      },
    ],
    [
      'an OAuth token',
      { credential_type: 'OAuth app token', authorized_credential_note: null },
      { kind: 'github.oauth_token', name: 'OAuth app token 20111400', privilege: 'write' },
    ],
    [
      'a token of an App',
      { credential_type: 'GitHub app token' },
      { kind: 'github.app_user_token', unknown: { privilege: { why: 'not-offered' } } },
    ],
    ['a token that has ended', { authorized_credential_expires_at: '2026-11-20T23:59:59Z' }, { status: 'expired' }],
    ['a token that ends this moment', { authorized_credential_expires_at: '2026-11-21T00:00:00Z' }, { status: 'expired' }],
    ['a token that ends later', { authorized_credential_expires_at: '2026-11-21T00:00:01Z' }, { status: 'active' }],
    [
      'a token without a word on its end',
      { authorized_credential_expires_at: undefined },
      { unknown: { expiresAt: { why: 'not-offered' } } },
    ],
    ['one without a number of its own', { authorized_credential_id: null }, { id: 'authorization/161195' }],
  ])('as %s', async (_name, change, expected) => {
    expect((await recordOf(change)).record).toMatchObject(expected);
  });

  test('of a new sort is counted as unread', async () => {
    expect((await recordOf({ credential_type: 'passkey' })).row).toMatchObject({ state: 'partial', reason: 'malformed-response' });
  });

  test.each([
    ['who was renamed since', { Members: members([memberNamed('mira-renamed', 70110005)]) }, 'not-offered'],
    ['where members are not shown', { Members: denied }, 'permission-denied'],
  ])('of somebody %s proves nobody who can be named', async (_name, queries, why) => {
    const { record, row } = await recordOf({}, {}, queries);
    expect(record?.unknown).toMatchObject({ identity: { why } });
    expect(row).toMatchObject({ state: 'complete' });
  });

  test('belongs to the person at the identity provider, whatever the login is now', async () => {
    const SamlIdentities = saml([linked('mira-old', 70110005, 'mira.haddad@larkspur.example')]);
    const { record } = await recordOf({}, {}, { SamlIdentities });
    expect(record?.owners).toEqual([{ role: 'technical', ref: 'mira.haddad@larkspur.example', by: 'SAML identity of mira-h' }]);
  });
});

describe('a classic token without a last use', () => {
  const unused = { credential_accessed_at: null };
  test.each([
    ['was used, as the API insights saw', { body: [userStat] }, { lastUsedAt: '2026-11-20T17:40:09Z' }],
    [
      'was not used since its approval, which they do not contradict',
      { body: [] },
      { lastUsedAt: null, since: { lastUsedAt: '2024-04-10T08:30:00Z' } },
    ],
    [
      'is not mixed up with another',
      {
        body: [
          { ...userStat, actor_id: 1 },
          { ...userStat, actor_type: 'oauth_app' },
        ],
      },
      { lastUsedAt: null },
    ],
    ['is unknown where they are refused', denied, { unknown: { lastUsedAt: { why: 'permission-denied' } } }],
    [
      'is unknown where they tell no time',
      { body: [{ ...userStat, last_request_timestamp: null }] },
      { unknown: { lastUsedAt: { why: 'malformed-response' } } },
    ],
  ])('%s', async (_name, answer, expected) => {
    expect((await recordOf(unused, { [stats]: answer })).record).toMatchObject(expected);
  });

  test('alone costs a request', async () => {
    const asked = async (change: object) => {
      const { requests } = await recordOf(change, { [stats]: { body: [] } });
      return requests.filter(({ url }) => url.includes('/insights/')).map(({ url }) => new URL(url).search);
    };
    expect(await asked({})).toEqual([]);
    expect(await asked({ ...unused, credential_type: 'SSH key' })).toEqual([]);
    expect(await asked(unused)).toEqual(['?min_timestamp=2026-10-22T00%3A00%3A00Z&max_timestamp=2026-11-21T00%3A00%3A00Z&per_page=100']);
  });
});

describe('the list', () => {
  const notFound = { status: 404, body: { message: 'Not Found' } };

  test('of an organization without single sign-on is not enabled, where that is certain', async () => {
    const { coverage } = await look(surface, { [list]: notFound }, { Members, SamlIdentities: noSaml });
    expect(coverage).toMatchObject([
      { state: 'not-enabled', reason: 'not-enabled', detail: expect.stringContaining('no SAML') as unknown },
    ]);
  });

  test.each([
    ['there is single sign-on', saml([])],
    ['nobody says whether there is', { body: { data: { holder: { viewerCanAdminister: false, samlIdentityProvider: null } } } }],
    ['the question is refused', denied],
  ])('that answers 404 is denied, never empty, where %s', async (_name, SamlIdentities) => {
    const { coverage } = await look(surface, { [list]: notFound }, { Members, SamlIdentities });
    expect(coverage).toMatchObject([{ state: 'denied', reason: 'permission-denied', requires: ['organization_administration:read'] }]);
  });

  test('of several organizations gives a credential once, and names all that let it in', async () => {
    const inLabs = (request: WireRequest) => request.body?.includes('larkspur-labs') === true;
    const { records, coverage } = await runSurface(
      surface,
      {
        ...graphql({ Members: (request) => (inLabs(request) ? members([]) : Members) }),
        'GET /orgs/larkspur-labs': { body: { login: 'larkspur-labs', id: 90125502 } },
        [list]: { body: [authorization] },
        'GET /orgs/larkspur-labs/credential-authorizations': {
          body: [
            { ...authorization, credential_id: 7 },
            { ...authorization, credential_id: 8, authorized_credential_id: 9 },
          ],
        },
      },
      { organizations: ['larkspur-foods', 'larkspur-labs'] },
    );
    expect(records.map(({ id, scope }) => [id, scope])).toEqual([
      ['20111400', 'organization/larkspur-foods'],
      ['9', 'organization/larkspur-labs'],
    ]);
    expect(records[0]?.details['organizations']).toBe('larkspur-foods, larkspur-labs');
    expect(coverage).toMatchObject([
      { state: 'complete', count: 1 },
      { state: 'complete', count: 1 },
    ]);
  });

  test('leaves the SSH keys of an account to the account itself', async () => {
    const key = { ...authorization, credential_type: 'SSH key' };
    const { records } = await look(
      surface,
      { [list]: { body: [key, { ...key, login: 'tlind', authorized_credential_id: 2 }] } },
      { Members },
      { organizations: ['larkspur-foods'], account: 'Mira-H' },
    );
    expect(records.map(({ id }) => id)).toEqual(['2']);
  });
});
