import { describe, expect, test } from 'vitest';
import { parseCredentialReport } from '../../../connectors/aws/credential-report.ts';
import { iamUser } from '../../../connectors/aws/iam-user.ts';
import { rowOf } from '../../../connectors/aws/report-row.ts';
import type { AccountSession } from '../../../connectors/aws/session.ts';
import { known } from '../../../src/model/fact.ts';
import type { InventoryRecord } from '../../../src/model/inventory.ts';
import { fact } from '../../../src/model/record.ts';

const arn = 'arn:aws:iam::111122223333:user/alice';
const reportedAt = '2026-11-20T22:00:00Z';
const holds = { inline: [], attached: [], groups: [], boundary: undefined };
const user = {
  Arn: arn,
  UserName: 'alice',
  UserId: 'AIDAALICE',
  Path: '/',
  CreateDate: new Date('2021-01-05T09:00:00.400Z'),
  holds,
  tags: {},
};
const none = ['false', 'N/A', 'N/A'] as const;

type Slot = readonly [active: string, rotated: string, used: string];
type Row = {
  readonly enabled?: string;
  readonly password?: string;
  readonly one?: Slot;
  readonly two?: Slot;
  readonly certificate?: string;
};

function lastUse({ enabled = 'false', password = 'N/A', one = none, two = none, certificate = 'false' }: Row) {
  const key = (number: number): string[] =>
    ['active', 'last_rotated', 'last_used_date'].map((part) => `access_key_${String(number)}_${part}`);
  const header = [
    'user',
    'arn',
    'user_creation_time',
    'password_enabled',
    'password_last_used',
    ...key(1),
    ...key(2),
    'cert_1_active',
    'cert_2_active',
  ];
  const cells = ['alice', arn, '2021-01-05T09:00:00Z', enabled, password, ...one, ...two, certificate, 'false'];
  const report = parseCredentialReport(`${header.join(',')}\n${cells.join(',')}`, reportedAt);
  const session: Partial<AccountSession> = { scope: 'account/111122223333' };
  const records = iamUser.normalize(
    { user, row: rowOf(user, report), reportedAt, reach: known({ level: 'none', because: [] }) },
    { session: session as AccountSession, observedAt: '2026-11-21T00:00:00Z' },
  );
  const [record] = records as readonly (InventoryRecord & { readonly record: 'identity' })[];
  if (!record) throw new Error('no record');
  return { fact: fact(record, 'lastUsedAt'), record };
}

describe('the last use of a user', () => {
  test.each([
    ['its password', { enabled: 'true', password: '2026-09-01T08:00:00Z' }, '2026-09-01T08:00:00Z'],
    [
      'its second key',
      { one: ['false', '2021-02-01T00:00:00Z', '2022-01-01T00:00:00Z'], two: ['true', '2022-02-01T00:00:00Z', '2026-11-01T00:00:00Z'] },
      '2026-11-01T00:00:00Z',
    ],
    ['a password that was switched off since', { enabled: 'false', password: '2024-09-01T08:00:00Z' }, '2024-09-01T08:00:00Z'],
  ] satisfies [string, Row, string][])('is that of %s', (_what, row, value) => {
    expect(lastUse(row).fact).toEqual({ state: 'known', value });
  });

  test.each([
    ['a key', { one: ['true', '2023-12-01T14:00:00Z', 'N/A'] }, '2023-12-01T14:00:00Z'],
    ['a password', { enabled: 'true', password: 'no_information' }, '2021-01-05T09:00:00Z'],
    [
      'a password and a younger key',
      { enabled: 'TRUE', password: 'N/A', one: ['true', '2023-12-01T14:00:00Z', 'N/A'] },
      '2021-01-05T09:00:00Z',
    ],
    ['a key from before AWS kept the use', { one: ['true', '2014-01-01T00:00:00Z', 'N/A'] }, '2015-04-22T00:00:00Z'],
  ] satisfies [string, Row, string][])('is none since it was watched: %s', (_what, row, since) => {
    expect(lastUse(row).fact).toEqual({ state: 'absent', since });
  });

  test.each([
    ['has nothing whose use AWS keeps', {}],
    ['has a signing certificate beside an unused key', { one: ['true', '2023-12-01T14:00:00Z', 'N/A'], certificate: 'true' }],
    ['has a password of which the report does not tell', { enabled: 'true', password: 'not_supported' }],
  ] satisfies [string, Row][])('is unknown where it %s', (_what, row) => {
    const { fact: told, record } = lastUse(row);
    expect(told).toMatchObject({ state: 'unknown', why: 'not-offered' });
    expect(record.evidence.map(({ operation }) => operation)).toEqual(['iam:GetAccountAuthorizationDetails']);
  });

  test('is as of the time of the report', () => {
    expect(lastUse({ enabled: 'true', password: '2026-09-01T08:00:00Z' }).record.evidence[1]).toEqual({
      operation: 'iam:GetCredentialReport',
      observedAt: reportedAt,
      fields: ['lastUsedAt'],
    });
  });
});
