import { describe, expect, test } from 'vitest';
import { serverToken as tokens } from '../../../connectors/github/server-token.ts';
import { github } from '../../../connectors/github/index.ts';
import { type Answers, contextOf, runSurface } from './answers.ts';
import { denied } from './identity-answers.ts';
import { serverKey, serverToken, user } from './raw-identities.ts';

const settings = { server: { baseUrl: 'https://github.larkspur.example/api/v3' } };
const env = { GH_ENTERPRISE_TOKEN: 'placeholder' };
const list = 'GET /api/v3/admin/tokens';
const keys = 'GET /api/v3/admin/keys';
const users = 'GET /api/v3/users';

const look = (surface: string, answers: Answers) => runSurface(surface, answers, settings, env);

describe('a token of a server', () => {
  const of = async (change: object) =>
    (await look('github.server_token', { [list]: { body: [{ ...serverToken, ...change }] } })).records[0];

  test('is known on its server, with the day it was made and last written', async () => {
    expect(await of({})).toMatchObject({
      kind: 'github.classic_pat',
      id: 'github.larkspur.example/12',
      scope: 'server/github.larkspur.example',
      identity: 'github.larkspur.example/7',
      owners: [{ role: 'technical', ref: 'tlind', by: 'token owner' }],
      createdAt: '2026-09-20T08:00:00Z',
      rotatedAt: '2026-09-21T08:00:00Z',
      expiresAt: null,
      privilege: 'write',
    });
  });

  test.each([
    [
      'of an app',
      { note: null, app: { name: 'Jenkins', client_id: '4f1e2d3c4b5a69788796' } },
      { kind: 'github.oauth_token', name: 'Jenkins', details: { app: 'Jenkins' } },
    ],
    ['that has ended', { expires_at: '2026-11-01T00:00:00Z' }, { status: 'expired' }],
    ['without scopes', { scopes: null }, { privilege: 'none' }],
    ['of a site administrator', { scopes: ['site_admin'] }, { privilege: 'admin' }],
    ['without its user', { user: null }, { owners: [], unknown: { identity: { why: 'not-offered' } } }],
  ])('%s', async (_name, change, expected) => {
    expect(await of(change)).toMatchObject(expected);
  });

  test('goes no further than the answer with its value, its hash and its last digits', async () => {
    const secret = { token: 'the-token-itself', hashed_token: 'the-hash-of-it', token_last_eight: 'its-last-eight' };
    const { context } = contextOf({ [list]: { body: [{ ...serverToken, ...secret }] } }, env);
    const around = {
      signal: context.signal,
      now: context.now,
      gap: () => undefined,
      leave: () => undefined,
      remark: () => undefined,
      learn: <T>(read: () => Promise<T>) => read(),
    };
    const seen: unknown[] = [];
    for await (const place of github.connect(settings, context)) {
      for await (const page of tokens.list(await place.open(), around)) seen.push(...page);
    }
    expect(seen).toHaveLength(1);
    const text = JSON.stringify(seen);
    for (const value of Object.values(secret)) expect(text).not.toContain(value);
  });
});

describe('a key of a server', () => {
  const of = async (change: object, told: Answers[string] = { body: [{ ...user, id: 7, login: 'tlind' }] }) => {
    const { records, coverage } = await look('github.server_key', { [keys]: { body: [{ ...serverKey, ...change }] }, [users]: told });
    return { record: records[0], row: coverage[0] };
  };

  test('belongs to its user, whom another list names', async () => {
    expect((await of({})).record).toMatchObject({
      kind: 'github.ssh_key',
      identity: 'github.larkspur.example/7',
      owners: [{ ref: 'tlind', by: 'user of the key' }],
      lastUsedAt: '2024-12-01T10:00:00Z',
    });
  });

  test('has an unread owner where that list is refused', async () => {
    expect((await of({}, denied)).record?.unknown).toMatchObject({ owners: { why: 'permission-denied' } });
  });

  test('of a repository is a deploy key', async () => {
    const { record } = await of({ user_id: null, repository_id: 41, read_only: true, added_by: 'tlind' });
    expect(record).toMatchObject({
      kind: 'github.deploy_key',
      identity: null,
      privilege: 'read',
      owners: [{ ref: 'tlind', by: 'added_by' }],
      details: { repository: 'github.larkspur.example/41' },
    });
  });

  test('of nobody is counted as unread', async () => {
    expect((await of({ user_id: null })).row).toMatchObject({ state: 'partial', reason: 'malformed-response' });
  });
});

test('organizations are not users', async () => {
  const { records } = await look('github.server_user', {
    [users]: {
      body: [
        { ...user, type: 'Organization' },
        { ...user, id: 4, login: 'lee', site_admin: true },
      ],
    },
  });
  expect(records).toMatchObject([{ id: 'github.larkspur.example/4', privilege: 'admin', privileges: ['site administrator'] }]);
});

test('who is no site administrator is denied, and not shown an empty server', async () => {
  const { coverage } = await look('github.server_token', { [list]: { status: 404, body: { message: 'Not Found' } } });
  expect(coverage).toMatchObject([{ scope: 'server/github.larkspur.example', state: 'denied', requires: ['site_admin'] }]);
});
