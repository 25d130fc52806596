import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sshFingerprint } from '../../../connectors/github/public-key.ts';
import type { WireRequest } from '../../../src/connector/wire.ts';
import { type Answers, indexOf, runSurface } from './answers.ts';
import { graphql, linked, saml } from './identity-answers.ts';
import { deployKey } from './raw.ts';

const surface = 'github.deploy_key';
const keysOf = (repository: string) => `GET /repos/larkspur-foods/${repository}/keys`;

async function recordOf(change: object) {
  const { records, coverage } = await runSurface(surface, {
    'POST /graphql': indexOf({ checkout: 1 }),
    [keysOf('checkout')]: { body: [{ ...deployKey, ...change }] },
  });
  return { record: records[0], row: coverage[0] };
}

describe('a deploy key', () => {
  test('belongs to its repository and to who added it, and proves nobody', async () => {
    const { record } = await recordOf({});
    expect(record).toMatchObject({
      id: '118820451',
      scope: 'repository/larkspur-foods/checkout',
      name: 'ci',
      identity: null,
      owners: [{ role: 'technical', ref: 'jonasw', by: 'added_by' }],
      createdAt: '2026-10-12T09:00:00Z',
      rotatedAt: '2026-10-12T09:00:00Z',
      expiresAt: null,
    });
  });

  test('is kept as its fingerprint alone', async () => {
    const { record } = await recordOf({});
    expect(record).toMatchObject({ fingerprint: expect.stringMatching(/^SHA256:[A-Za-z0-9+/]{43}$/) as unknown });
    expect(JSON.stringify(record)).not.toContain('AAAAC3Nza');
  });

  test.each([
    ['that may only read', { read_only: true }, { privilege: 'read', privileges: ['larkspur-foods/checkout contents:read'] }],
    ['that may write', { read_only: false }, { privilege: 'write', privileges: ['larkspur-foods/checkout contents:write'] }],
    ['that does not say', { read_only: undefined }, { unknown: { privilege: { why: 'malformed-response' } } }],
    ['that policy disabled', { enabled: false }, { status: 'inactive' }],
    [
      'of an older server',
      { enabled: undefined, added_by: undefined, last_used: undefined },
      { status: 'active', owners: [], unknown: { lastUsedAt: { why: 'not-offered' } } },
    ],
    ['whose creator is gone', { added_by: null }, { owners: [] }],
    ['without a last use', { last_used: null }, { unknown: { lastUsedAt: { why: 'not-offered' } } }],
    ['without a title', { title: '' }, { name: 'deploy key 118820451' }],
    [
      'without a date',
      { created_at: null },
      { unknown: { createdAt: { why: 'malformed-response' }, rotatedAt: { why: 'malformed-response' } } },
    ],
  ])('%s', async (_name, change, expected) => {
    expect((await recordOf(change)).record).toMatchObject(expected);
  });
});

describe('the fingerprint', () => {
  test.each([
    // As `ssh-keygen -l` prints them.
    [
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f',
      'SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA',
    ],
    [
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f a comment',
      'SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA',
    ],
  ])('of %s', (line, expected) => {
    expect(sshFingerprint(line)).toEqual({ state: 'known', value: expected });
  });

  test('is the same for the key that another tool wrote', () => {
    const { n = '', e = '' } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
    const field = (bytes: Buffer) => {
      const positive = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(positive.length);
      return Buffer.concat([length, positive]);
    };
    const blob = Buffer.concat([field(Buffer.from('ssh-rsa')), field(Buffer.from(e, 'base64url')), field(Buffer.from(n, 'base64url'))]);
    expect(sshFingerprint(`ssh-rsa ${blob.toString('base64')}`).state).toBe('known');
  });

  test.each([
    undefined,
    null,
    7,
    '',
    'ssh-ed25519',
    'ssh-ed25519 !!!!',
    'ssh-ed25519 AAAA',
    'ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f',
  ])('of %j is not made up', (line) => {
    expect(sshFingerprint(line)).toMatchObject({ state: 'unknown', why: 'malformed-response' });
  });
});

describe('the repositories', () => {
  const denied = {
    status: 403,
    headers: { 'x-accepted-github-permissions': 'administration=read' },
    body: { message: 'Resource not accessible' },
  };
  const asked = (requests: readonly WireRequest[]) =>
    requests.map(({ url }) => new URL(url).pathname).filter((path) => path.endsWith('/keys'));

  test('without keys are not asked for them', async () => {
    const { requests, coverage } = await runSurface(surface, {
      'POST /graphql': indexOf({ docs: 0, checkout: 1 }),
      [keysOf('checkout')]: { body: [deployKey] },
    });
    expect(asked(requests)).toEqual(['/repos/larkspur-foods/checkout/keys']);
    expect(coverage).toMatchObject([{ state: 'complete', count: 1 }]);
  });

  test('that refuse are gaps of their own, in the order of the index', async () => {
    const answers: Answers = {
      'POST /graphql': indexOf({ a: 1, b: 1, c: 1 }),
      [keysOf('a')]: denied,
      [keysOf('b')]: { body: [deployKey] },
      [keysOf('c')]: denied,
    };
    const { records, coverage } = await runSurface(surface, answers);
    expect(records.map(({ scope }) => scope)).toEqual(['repository/larkspur-foods/b']);
    expect(coverage).toMatchObject([
      { scope: 'repository/larkspur-foods/a', state: 'denied', requires: ['administration:read'] },
      { scope: 'repository/larkspur-foods/c', state: 'denied', requires: ['administration:read'] },
      { scope: 'organization/larkspur-foods', state: 'partial', count: 1 },
    ]);
  });

  test('whose count is refused are asked all the same', async () => {
    const { body } = indexOf({ open: 1, closed: 1 }) as { body: { data: { organization: { counts: { nodes: (object | null)[] } } } } };
    body.data.organization.counts.nodes[1] = null;
    const errors = [
      {
        type: 'FORBIDDEN',
        path: ['organization', 'counts', 'nodes', 1, 'deployKeys'],
        message: 'Resource not accessible by personal access token',
      },
    ];
    const answers = { 'POST /graphql': { body: { ...body, errors } }, [keysOf('open')]: { body: [deployKey] }, [keysOf('closed')]: denied };
    const { requests, coverage } = await runSurface(surface, answers);
    expect(asked(requests)).toEqual(['/repos/larkspur-foods/open/keys', '/repos/larkspur-foods/closed/keys']);
    expect(coverage).toMatchObject([
      { scope: 'repository/larkspur-foods/closed', state: 'denied' },
      { state: 'partial', count: 1 },
    ]);
  });

  test.each([
    [
      'a name is missing',
      {
        data: { organization: { repositories: { nodes: [null], pageInfo: { hasNextPage: false } }, counts: { nodes: [null] } } },
        errors: [{ type: 'FORBIDDEN', message: 'no' }],
      },
      'permission-denied',
    ],
    [
      'a name is null without an error',
      { data: { organization: { repositories: { nodes: [null], pageInfo: { hasNextPage: false } }, counts: { nodes: [] } } } },
      'malformed-response',
    ],
    [
      'the organization is not found',
      { data: { organization: null }, errors: [{ type: 'NOT_FOUND', message: 'Could not resolve to an Organization' }] },
      'permission-denied',
    ],
    ['there is no organization', { data: { organization: null } }, 'malformed-response'],
    [
      'there is no word on further pages',
      { data: { organization: { repositories: { nodes: [] }, counts: { nodes: [] } } } },
      'malformed-response',
    ],
    [
      'a further page has no cursor',
      { data: { organization: { repositories: { nodes: [], pageInfo: { hasNextPage: true, endCursor: null } }, counts: { nodes: [] } } } },
      'malformed-response',
    ],
    ['the limit is reached', { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] }, 'throttled'],
  ])('are not taken for complete when %s', async (_name, body, reason) => {
    const { coverage } = await runSurface(surface, { 'POST /graphql': { body } });
    expect(coverage).toMatchObject([{ reason }]);
    expect(coverage[0]?.state).not.toBe('complete');
  });

  test('of the first page are kept when the second breaks off', async () => {
    const second = (request: WireRequest) => request.body?.includes('"after":"next"') === true;
    const answers: Answers = {
      'POST /graphql': (request) =>
        second(request) ? { status: 502, body: { message: 'Server Error' } } : indexOf({ a: 1, b: 1 }, { cursor: 'next' }),
      [keysOf('a')]: { body: [deployKey] },
      [keysOf('b')]: { body: [{ ...deployKey, id: 2 }] },
    };
    const { records, coverage } = await runSurface(surface, answers);
    expect(records).toHaveLength(2);
    expect(coverage).toMatchObject([{ state: 'partial', reason: 'unreachable', count: 2 }]);
  });

  test('are asked again after a limit that GraphQL tells with a 200', async () => {
    let asks = 0;
    const answers: Answers = {
      'POST /graphql': ({ body }) =>
        body?.includes('RepositoryIndex') === true && (asks += 1) === 1
          ? { body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] } }
          : indexOf({}),
    };
    expect((await runSurface(surface, answers)).coverage).toMatchObject([{ state: 'complete' }]);
    expect(asks).toBe(2);
  });
});

test('who added a key is the person at the identity provider', async () => {
  const answers: Answers = {
    ...graphql({
      RepositoryIndex: indexOf({ checkout: 1 }),
      SamlIdentities: saml([linked('jonasw', 70110006, 'jonas.weber@larkspur.example')]),
    }),
    [keysOf('checkout')]: { body: [deployKey] },
  };
  const { records } = await runSurface(surface, answers);
  expect(records[0]?.owners).toEqual([{ role: 'technical', ref: 'jonas.weber@larkspur.example', by: 'SAML identity of jonasw' }]);
});
