import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { leakedSecret as surface } from '../../../connectors/github/leaked-secret.ts';
import { sessionOf } from './answers.ts';
import { graphql, look } from './identity-answers.ts';
import { leakedSecret } from './raw-identities.ts';

const list = 'GET /orgs/larkspur-foods/secret-scanning/alerts';
// In no form that a scanner would take for a secret.
const value = 'the-secret-itself';

async function recordOf(change: object) {
  const { records, coverage } = await look('github.leaked_secret', { [list]: { body: [{ ...leakedSecret, ...change }] } });
  return { record: records[0], row: coverage[0] };
}

test('secrets are hidden in every request, also for the next page', async () => {
  const next = '/organizations/90125501/secret-scanning/alerts?state=open&hide_secret=true&per_page=100&page=2';
  const { requests, records } = await look('github.leaked_secret', {
    [list]: { headers: { link: `<https://api.github.com${next}>; rel="next"` }, body: [leakedSecret] },
    [`GET ${next}`]: { body: [{ ...leakedSecret, number: 8 }] },
  });
  const asked = requests.map(({ url }) => new URL(url)).filter(({ pathname }) => pathname.includes('secret-scanning'));
  expect(asked.map(({ searchParams }) => searchParams.get('hide_secret'))).toEqual(['true', 'true']);
  expect(asked.map(({ searchParams }) => searchParams.get('state'))).toEqual(['open', 'open']);
  expect(records).toHaveLength(2);
});

test('a secret that a server sends all the same goes no further than its answer', async () => {
  const session = await sessionOf({
    ...graphql(),
    [list]: { body: [{ ...leakedSecret, secret: value, first_location_detected: { path: value } }] },
  });
  const around = {
    signal: new AbortController().signal,
    now: () => '2026-11-21T00:00:00Z',
    gap: () => undefined,
    leave: () => undefined,
    remark: () => undefined,
    learn: <T>(read: () => Promise<T>) => read(),
  };
  const pages = await Array.fromAsync(surface.list(session, around));
  expect(pages.flat()).toHaveLength(1);
  expect(JSON.stringify(pages)).not.toContain(value);
});

test('an alert is known by its repository and number, and says nothing that only the value would tell', async () => {
  const { record } = await recordOf({});
  expect(record).toMatchObject({
    id: 'repositories/300110002/secret-scanning/alerts/7',
    scope: 'repository/larkspur-foods/storefront',
    name: 'Amazon AWS Access Key ID, alert 7',
    details: { type: 'aws_access_key_id', foundAt: '2026-05-20T10:02:00Z' },
    unknown: { identity: { why: 'not-offered' }, createdAt: { why: 'not-offered' }, expiresAt: { why: 'not-offered' } },
  });
});

test.each([
  [{ validity: 'active' }, { status: 'active' }],
  [{ validity: 'inactive' }, { status: 'inactive' }],
  [{ validity: 'unknown' }, { status: 'unknown' }],
  [{ validity: undefined }, { status: 'unknown' }],
  [{ publicly_leaked: true }, { details: { publiclyLeaked: 'yes' } }],
  [{ push_protection_bypassed: true }, { details: { pushProtection: 'bypassed' } }],
  [{ secret_type_display_name: undefined }, { name: 'aws_access_key_id, alert 7' }],
])('an alert with %j has %j', async (change, expected) => {
  expect((await recordOf(change)).record).toMatchObject(expected);
});

test.each([
  ['Secret scanning is disabled on this repository.', 'not-enabled'],
  ['Advanced Security must be enabled for this repository to use secret scanning.', 'not-enabled'],
  ['Not Found', 'denied'],
])('alerts refused with "%s" are %s, never none', async (message, state) => {
  const { coverage } = await look('github.leaked_secret', { [list]: { status: 404, body: { message } } });
  expect(coverage).toMatchObject([{ state, count: 0 }]);
});

test('an App that was given some repositories only does not call the alerts complete', async () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const { coverage } = await look(
    'github.leaked_secret',
    {
      'GET /orgs/larkspur-foods/installation': { body: { id: 4242 } },
      'POST /app/installations/4242/access_tokens': {
        status: 201,
        body: {
          token: 'placeholder',
          expires_at: '2026-11-21T01:00:00Z',
          permissions: { secret_scanning_alerts: 'read' },
          repository_selection: 'selected',
        },
      },
      [list]: { body: [leakedSecret] },
    },
    {},
    { organizations: ['larkspur-foods'] },
    { GITHUB_APP_ID: '7', GITHUB_APP_PRIVATE_KEY: privateKey },
  );
  expect(coverage).toMatchObject([
    { scope: 'organization/larkspur-foods/other repositories', state: 'denied' },
    { state: 'partial', count: 1 },
  ]);
});
