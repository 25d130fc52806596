import { describe, expect, test } from 'vitest';
import { denied, linked, look, memberNamed, members, saml } from './identity-answers.ts';
import { accountKey, gpgKey, signingKey } from './raw-identities.ts';

const account = { account: 'mira-h' };
const user = { 'GET /user': { body: { login: 'Mira-H', id: 70110005 } } };
const Members = members([memberNamed('mira-h', 70110005), memberNamed('tlind', 70110004)]);

describe('a GPG key', () => {
  const of = async (change: object) => {
    const { records } = await look(
      'github.account_gpg_key',
      { ...user, 'GET /user/gpg_keys': { body: [{ ...gpgKey, ...change }] } },
      {},
      account,
    );
    return records[0];
  };

  test('opens nothing, and proves its user', async () => {
    expect(await of({})).toMatchObject({
      id: '2203311',
      identity: '70110005',
      privilege: 'none',
      expiresAt: null,
      details: { keyId: '3AA5C34371567BD2' },
    });
  });

  test.each([
    ['that is revoked', { revoked: true }, { status: 'inactive' }],
    ['that has ended', { expires_at: '2026-11-21T00:00:00Z' }, { status: 'expired' }],
    ['that goes on', { expires_at: '2027-01-01T00:00:00Z' }, { status: 'active', expiresAt: '2027-01-01T00:00:00Z' }],
    [
      'with an offset',
      { created_at: '2016-03-24T11:31:04-06:00' },
      { createdAt: '2016-03-24T17:31:04Z', rotatedAt: '2016-03-24T17:31:04Z' },
    ],
    ['without a name', { name: null }, { name: 'GPG key 3AA5C34371567BD2' }],
  ])('%s', async (_name, change, expected) => {
    expect(await of(change)).toMatchObject(expected);
  });

  test('is kept without the key itself', async () => {
    expect(JSON.stringify(await of({ raw_key: gpgKey.public_key }))).not.toContain(gpgKey.public_key);
  });
});

describe('the keys of the members', () => {
  const keys = {
    'GET /users/mira-h/ssh_signing_keys': { body: [signingKey] },
    'GET /users/tlind/ssh_signing_keys': { body: [{ ...signingKey, id: 2 }] },
  };

  test('belong to the person, by number', async () => {
    const SamlIdentities = saml([linked('mira-h', 70110005, 'mira.haddad@larkspur.example')]);
    const { records } = await look('github.member_signing_key', keys, { Members, SamlIdentities });
    expect(records).toMatchObject([
      {
        id: '330112',
        identity: '70110005',
        owners: [{ ref: 'mira.haddad@larkspur.example' }],
        fingerprint: expect.stringMatching(/^SHA256:/) as unknown,
      },
      { id: '2', identity: '70110004', owners: [{ ref: 'tlind' }] },
    ]);
  });

  test('are a gap for the member whose keys are refused', async () => {
    const { coverage } = await look(
      'github.member_signing_key',
      { ...keys, 'GET /users/mira-h/ssh_signing_keys': { status: 404, body: { message: 'Not Found' } } },
      { Members },
    );
    expect(coverage).toMatchObject([
      { scope: 'user/mira-h', state: 'denied' },
      { state: 'partial', count: 1 },
    ]);
  });

  test('are not none where the members are refused', async () => {
    const { coverage } = await look('github.member_signing_key', keys, { Members: denied });
    expect(coverage).toMatchObject([{ state: 'denied', reason: 'permission-denied' }]);
  });

  test('leave an account that looks at itself to itself', async () => {
    const { records } = await look(
      'github.member_signing_key',
      keys,
      { Members },
      { organizations: ['larkspur-foods'], account: 'MIRA-H' },
    );
    expect(records.map(({ id }) => id)).toEqual(['2']);
  });
});

describe('the SSH keys of an account', () => {
  test('have a last use, which nobody else is shown', async () => {
    const { records, coverage } = await look(
      'github.account_ssh_key',
      { ...user, 'GET /user/keys': { body: [accountKey, { ...accountKey, id: 2, last_used: null }] } },
      {},
      account,
    );
    expect(records).toMatchObject([
      {
        kind: 'github.ssh_key',
        scope: 'account/Mira-H',
        identity: '70110005',
        createdAt: '2020-02-12T10:00:00Z',
        lastUsedAt: '2026-11-20T23:10:00Z',
      },
      { unknown: { lastUsedAt: { why: 'not-offered' } } },
    ]);
    expect(coverage).toMatchObject([{ scope: 'account/mira-h', state: 'complete' }]);
  });

  test('need a scope that the row names', async () => {
    const { coverage } = await look(
      'github.account_ssh_key',
      { ...user, 'GET /user/keys': { status: 404, body: { message: 'Not Found' } } },
      {},
      account,
    );
    expect(coverage).toMatchObject([{ state: 'denied', requires: ['read:public_key'] }]);
  });
});
