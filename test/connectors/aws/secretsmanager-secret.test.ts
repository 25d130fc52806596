import { beforeAll, describe, expect, test } from 'vitest';
import type { Connector } from '../../../src/connector/contract.ts';
import type { WireResponse } from '../../../src/connector/wire.ts';
import type { Credential } from '../../../src/model/credential.ts';
import { type Run, load, run } from '../../contract/rig.ts';
import { json } from './client.ts';

let connector: Connector;
let recorded: object;
beforeAll(async () => {
  const loaded = await load('aws');
  // Other services of other regions have no recording.
  connector = { ...loaded.connector, surfaces: loaded.connector.surfaces.filter(({ id }) => id === 'aws.secretsmanager_secret') };
  recorded = loaded.faults.settings as object;
});

const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x-AbCdEf';
const seconds = (at: string): number => Date.parse(at) / 1000;
const plain = { ARN: arn, Name: 'x', CreatedDate: seconds('2024-01-01T00:00:00Z'), LastChangedDate: seconds('2026-11-20T00:00:00Z') };

/** One secret instead of the company's, with what the detail calls answer. */
async function secret(entry: object, details: Readonly<Record<string, WireResponse>> = {}, settings: object = {}) {
  const calls: string[] = [];
  const outcome: Run = await run(connector, { ...recorded, ...settings }, (request, operation) => {
    if (!operation.startsWith('secretsmanager:')) return undefined;
    calls.push(`${operation.slice('secretsmanager:'.length)} ${new URL(request.url).host.split('.')[1] ?? ''}`);
    if (operation === 'secretsmanager:ListSecrets') return Promise.resolve(json({ SecretList: [{ ...plain, ...entry }] }));
    const answer = details[operation.slice('secretsmanager:'.length)];
    return answer && Promise.resolve(answer);
  });
  const found = outcome.records.filter((record): record is Credential => record.kind === 'aws.secretsmanager_secret');
  return { found, calls, rows: outcome.coverage.filter(({ surface }) => surface === 'aws.secretsmanager_secret') };
}
const version = (...versions: object[]): Readonly<Record<string, WireResponse>> => ({
  ListSecretVersionIds: json({ ARN: arn, Name: 'x', Versions: versions }),
});
const current = { VersionId: 'v2', VersionStages: ['AWSCURRENT'], CreatedDate: seconds('2025-05-05T05:05:05Z') };

describe('the age of a value', () => {
  test('is the last rotation where rotation is on and in time, without a call more', async () => {
    const { found, calls } = await secret({
      RotationEnabled: true,
      LastRotatedDate: seconds('2026-11-01T00:00:00Z'),
      NextRotationDate: seconds('2026-12-01T00:00:00Z'),
    });
    expect(found).toMatchObject([{ rotatedAt: '2026-11-01T00:00:00Z' }]);
    expect(calls).toEqual(['ListSecrets eu-west-1']);
  });

  test.each([
    ['rotation is off', { LastRotatedDate: seconds('2026-11-01T00:00:00Z') }],
    [
      'rotation is off and was once on',
      { RotationEnabled: false, LastRotatedDate: seconds('2026-11-01T00:00:00Z'), NextRotationDate: seconds('2026-12-01T00:00:00Z') },
    ],
    [
      'rotation is late',
      { RotationEnabled: true, LastRotatedDate: seconds('2026-06-01T00:00:00Z'), NextRotationDate: seconds('2026-07-01T00:00:00Z') },
    ],
    ['rotation is on and never ran', { RotationEnabled: true, NextRotationDate: seconds('2026-12-01T00:00:00Z') }],
  ])('is that of the current version where %s', async (_when, entry) => {
    const previous = { VersionId: 'v1', VersionStages: ['AWSPREVIOUS'], CreatedDate: seconds('2026-11-11T00:00:00Z') };
    const { found } = await secret(entry, version(previous, current));
    expect(found).toMatchObject([{ rotatedAt: '2025-05-05T05:05:05Z' }]);
  });

  test('is not when a tag was changed', async () => {
    const { found } = await secret({}, version(current));
    expect(found[0]?.rotatedAt).not.toBe('2026-11-20T00:00:00Z');
  });

  test('is none where no value was ever put', async () => {
    expect((await secret({}, version())).found).toMatchObject([{ rotatedAt: null }]);
  });

  test('is unknown where the versions may not be listed', async () => {
    const answer = json(
      { __type: 'AccessDeniedException', Message: 'not authorized to perform: secretsmanager:ListSecretVersionIds' },
      400,
    );
    const { found, rows } = await secret({}, { ListSecretVersionIds: answer });
    expect(found[0]?.unknown).toMatchObject({ rotatedAt: { why: 'permission-denied' } });
    expect(rows).toMatchObject([{ state: 'complete', count: 1 }]);
  });
});

describe('a replicated secret', () => {
  const replication = (date: string) => [{ Region: 'eu-central-1', Status: 'InSync', LastAccessedDate: seconds(date) }];

  test('was used when it was last read in any region', async () => {
    const described = json({
      ARN: arn,
      Name: 'x',
      LastAccessedDate: seconds('2026-01-01T00:00:00Z'),
      ReplicationStatus: replication('2026-11-19T00:00:00Z'),
    });
    const { found } = await secret(
      { PrimaryRegion: 'eu-west-1', LastAccessedDate: seconds('2026-01-01T00:00:00Z') },
      { ...version(current), DescribeSecret: described },
    );
    expect(found).toMatchObject([{ lastUsedAt: '2026-11-19T00:00:00Z' }]);
  });

  test('has an unknown last use where only this region may be seen', async () => {
    const denied = json({ __type: 'AccessDeniedException', Message: 'no' }, 400);
    const { found } = await secret(
      { PrimaryRegion: 'eu-west-1', LastAccessedDate: seconds('2026-01-01T00:00:00Z') },
      { ...version(current), DescribeSecret: denied },
    );
    expect(found[0]).not.toHaveProperty('lastUsedAt');
    expect(found[0]?.unknown).toMatchObject({ lastUsedAt: { why: 'permission-denied' } });
  });

  test('is one record, in the region of its primary', async () => {
    const described = json({ ARN: arn, Name: 'x' });
    const { found } = await secret(
      { PrimaryRegion: 'eu-west-1' },
      { ...version(current), DescribeSecret: described },
      { regions: ['eu-west-1', 'eu-central-1'] },
    );
    expect(found.map(({ scope }) => scope)).toEqual(['account/111122223333/eu-west-1']);
  });

  test('is not lost where the region of its primary is not looked at', async () => {
    const { found } = await secret({ PrimaryRegion: 'us-east-1' }, { ...version(current), DescribeSecret: json({ ARN: arn, Name: 'x' }) });
    expect(found).toHaveLength(1);
  });
});

test('a secret that was never read was not used since it was made', async () => {
  expect((await secret({}, version(current))).found).toMatchObject([{ lastUsedAt: null, since: { lastUsedAt: '2024-01-01T00:00:00Z' } }]);
});

test('a secret of another service is managed by that service', async () => {
  const { found } = await secret({ OwningService: 'rds' }, version(current));
  expect(found).toMatchObject([{ managedBy: 'service', details: { owningService: 'rds' } }]);
});

test('a secret in its recovery window is pending deletion, and its versions are left alone', async () => {
  const { found, calls } = await secret({ DeletedDate: seconds('2026-11-12T00:00:00Z') });
  expect(found).toMatchObject([{ status: 'pending-deletion', details: { deletedAt: '2026-11-12T00:00:00Z' } }]);
  expect(calls).toEqual(['ListSecrets eu-west-1']);
});

test('an answer without a list is not an empty list', async () => {
  const outcome = await run(connector, recorded, (_request, operation) =>
    operation === 'secretsmanager:ListSecrets' ? Promise.resolve(json({})) : undefined,
  );
  expect(outcome.coverage.filter(({ surface }) => surface === 'aws.secretsmanager_secret')).toMatchObject([
    { state: 'partial', reason: 'malformed-response' },
  ]);
});

describe('the schedule of a rotation', () => {
  test.each([
    ['is on', { RotationEnabled: true, NextRotationDate: seconds('2026-12-01T00:00:00Z') }, '2026-12-01T00:00:00Z'],
    [
      'is on, and its date has passed',
      { RotationEnabled: true, NextRotationDate: seconds('2026-07-01T00:00:00Z') },
      '2026-07-01T00:00:00Z',
    ],
    ['is off', {}, null],
    ['was switched off', { RotationEnabled: false, NextRotationDate: seconds('2026-07-01T00:00:00Z') }, null],
  ])('%s', async (_how, entry, rotationDueAt) => {
    expect((await secret(entry, version(current))).found).toMatchObject([{ rotationDueAt }]);
  });

  test('is unknown where it is on and has no date', async () => {
    const { found } = await secret({ RotationEnabled: true }, version(current));
    expect(found[0]?.unknown).toMatchObject({ rotationDueAt: { why: 'malformed-response' } });
  });
});
