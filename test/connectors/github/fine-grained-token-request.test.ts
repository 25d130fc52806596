import { expect, test } from 'vitest';
import { linked, look, saml } from './identity-answers.ts';
import { patRequest } from './raw-identities.ts';

const list = 'GET /orgs/larkspur-foods/personal-access-token-requests';

async function recordOf(change: object, queries: Parameters<typeof look>[2] = {}) {
  const { records } = await look('github.fine_grained_token_request', { [list]: { body: [{ ...patRequest, ...change }] } }, queries);
  return records[0];
}

test('a request opens nothing yet, and says what for', async () => {
  expect(await recordOf({})).toMatchObject({
    kind: 'github.fine_grained_pat_request',
    id: '25381',
    status: 'inactive',
    identity: '70110005',
    purpose: 'nightly import',
    privilege: 'read',
    details: { tokenId: '48117001', requestedAt: '2026-11-18T10:20:11Z', repositories: 'all' },
    unknown: { createdAt: { why: 'not-offered' } },
  });
});

test.each([
  ['without a reason', { reason: null }, { purpose: null }],
  ['for a token that has ended', { token_expired: true }, { status: 'expired' }],
  ['for a token that was never used', { token_last_used_at: null }, { lastUsedAt: null, since: { lastUsedAt: '2026-11-18T10:20:11Z' } }],
])('a request %s', async (_name, change, expected) => {
  expect(await recordOf(change)).toMatchObject(expected);
});

test('a request belongs to the person at the identity provider', async () => {
  const SamlIdentities = saml([linked('mira-h', patRequest.owner.id, 'mira.haddad@larkspur.example')]);
  expect((await recordOf({}, { SamlIdentities }))?.owners).toMatchObject([{ ref: 'mira.haddad@larkspur.example' }]);
});

test('requests of one owner come together', async () => {
  const other = { ...patRequest.owner, id: 1, login: 'tlind' };
  const body = [patRequest, { ...patRequest, id: 2, owner: other }, { ...patRequest, id: 3 }];
  const { records } = await look('github.fine_grained_token_request', { [list]: { body } });
  expect(records.map(({ id }) => id)).toEqual(['25381', '3', '2']);
});
