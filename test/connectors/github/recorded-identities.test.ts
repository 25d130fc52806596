import { expect, test } from 'vitest';
import { loadTraffic } from '../../../src/cli/traffic.ts';
import * as raw from './raw-identities.ts';

const { exchanges } = await loadTraffic('fixtures/company/traffic', ['github']);

function recorded(path: RegExp): object[] {
  return exchanges
    .filter(({ exchange }) => path.test(exchange.request.url) && exchange.responses[0]?.status === 200)
    .map(({ exchange }) => exchange.responses[0]?.body)
    .flat() as object[];
}

const inFull: readonly (readonly [string, object[], object])[] = [
  ['outside collaborators', recorded(/\/outside_collaborators\?/), raw.user],
  ['requests', recorded(/\/personal-access-token-requests\?/), raw.patRequest],
  [
    'installations',
    (recorded(/foods\/installations\?|1\/installations\?/) as { installations: object[] }[]).flatMap((page) => page.installations),
    raw.installation,
  ],
  ['Apps', recorded(/\/apps\//), raw.app],
  ['claims', recorded(/customization\/sub$/), raw.subjectClaims],
  ['permissions', recorded(/permissions\/workflow$/), raw.tokenPermissions],
  ['GPG keys', recorded(/gpg_keys\?/), raw.gpgKey],
  ['signing keys', recorded(/ssh_signing_keys\?/), raw.signingKey],
  ['keys of the account', recorded(/github\.com\/user\/keys\?/), raw.accountKey],
];

/** The recordings are written by hand, so they are held against the shapes that the compiler has checked. */
test.each(inFull)('recorded %s have the documented fields, and no others', (_name, items, sample) => {
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) expect(new Set(Object.keys(item))).toEqual(new Set(Object.keys(sample)));
});

// What is taken of these is a part of what is sent.
test.each([
  ['alerts', recorded(/secret-scanning\/alerts\?/), raw.leakedSecret],
  ['tokens of a server', recorded(/\/admin\/tokens\?/), raw.serverToken],
  ['keys of a server', recorded(/\/admin\/keys\?/), raw.serverKey],
  ['uses by subject', recorded(/subject-stats\?/), raw.subjectStat],
  ['uses of a user', recorded(/user-stats\//), raw.userStat],
])('recorded %s have the fields that are taken', (_name, items: object[], sample: object) => {
  expect(items.length).toBeGreaterThan(0);
  for (const item of items) expect(Object.keys(item)).toEqual(expect.arrayContaining(Object.keys(sample)));
});

test('recorded authorizations have the fields of their sort', () => {
  const items = recorded(/\/credential-authorizations\?/) as { credential_type: string }[];
  expect(new Set(items.map((item) => item.credential_type)).size).toBe(4);
  for (const item of items) {
    const ofKey = item.credential_type === 'SSH key';
    expect('fingerprint' in item).toBe(ofKey);
    expect('authorized_credential_expires_at' in item).toBe(!ofKey);
  }
});
