import { describe, expect, test } from 'vitest';
import { runSurface } from './answers.ts';
import { hostedRunner, privateRegistry, runner } from './raw-repository.ts';

async function first(surface: string, path: string, body: object) {
  return (await runSurface(surface, { [`GET /orgs/larkspur-foods/${path}`]: { body } })).records[0];
}

describe('a self-hosted runner', () => {
  const read = (change: object) =>
    first('github.self_hosted_runner', 'actions/runners', { total_count: 1, runners: [{ ...runner, ...change }] });

  test('has no times at all: being connected now is not a use', async () => {
    expect(await read({})).toMatchObject({
      record: 'identity',
      id: 'organizations/90125501/actions/runners/418',
      details: { connection: 'online' },
      unknown: { createdAt: { why: 'not-offered' }, lastUsedAt: { why: 'not-offered' }, privilege: { why: 'not-offered' } },
    });
  });

  test('that is offline is still registered', async () => {
    expect(await read({ status: 'offline' })).toMatchObject({ status: 'active', details: { connection: 'offline' } });
  });

  test('of an older server tells less', async () => {
    const { version: _, ephemeral: __, ...older } = runner;
    expect((await first('github.self_hosted_runner', 'actions/runners', { total_count: 1, runners: [older] }))?.details).toEqual({
      connection: 'online',
      os: 'Linux',
      labels: 'self-hosted',
    });
  });
});

describe('a hosted runner', () => {
  const read = (change: object) =>
    first('github.hosted_runner', 'actions/hosted-runners', { total_count: 1, runners: [{ ...hostedRunner, ...change }] });

  test.each([
    ['worked', {}, { lastUsedAt: '2026-11-20T20:16:44Z' }],
    ['has never worked', { last_active_on: null }, { lastUsedAt: null }],
    ['does not say', { last_active_on: undefined }, { unknown: { lastUsedAt: { why: 'not-offered' } } }],
    ['is being removed', { status: 'Deleting' }, { status: 'pending-deletion' }],
  ])('that %s', async (_name, change, expected) => {
    expect(await read(change)).toMatchObject(expected);
  });
});

describe('a private registry', () => {
  const read = (change: object) =>
    first('github.private_registry', 'private-registries', { total_count: 1, configurations: [{ ...privateRegistry, ...change }] });

  test.each([
    ['a token', 'token', 'github.private_registry'],
    ['a password', 'username_password', 'github.private_registry'],
    ['what older servers do not tell', undefined, 'github.private_registry'],
    ['trust in GitHub alone', 'oidc_aws', 'github.private_registry_trust'],
  ])('with %s is of the kind that fits', async (_name, auth_type, kind) => {
    expect((await read({ auth_type }))?.kind).toBe(kind);
  });

  test('shows the host of its address and nothing more of it', async () => {
    const record = await read({ url: 'https://dana:pw@npm.example/secret/path?token=x' });
    expect(record?.details['host']).toBe('npm.example');
    expect(JSON.stringify(record)).not.toMatch(/pw|secret\/path|token=/);
  });

  test('that was written yesterday does not have a new secret', async () => {
    expect(await read({ updated_at: '2026-11-20T00:00:00Z' })).toMatchObject({
      unknown: { rotatedAt: { why: 'not-offered' } },
      details: { updatedAt: '2026-11-20T00:00:00Z' },
    });
  });
});
