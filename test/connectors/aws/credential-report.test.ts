import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCredentialReport } from '../../../connectors/aws/credential-report.ts';
import { MalformedError } from '../../../src/connector/refusal.ts';

const generatedAt = '2026-11-20T23:59:41Z';
const columns =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated'.split(
    ',',
  );
const plain: Readonly<Record<string, string>> = {
  user: 'alice',
  arn: 'arn:aws:iam::111122223333:user/alice',
  user_creation_time: '2021-01-05T09:00:00Z',
  password_enabled: 'false',
  mfa_active: 'false',
  access_key_1_active: 'false',
  access_key_2_active: 'false',
  cert_1_active: 'false',
  cert_2_active: 'false',
};

function csvOf(row: Readonly<Record<string, string>>, header: readonly string[] = columns): string {
  return [header.join(','), header.map((name) => ({ ...plain, ...row })[name] ?? 'N/A').join(',')].join('\n');
}
function parseOne(row: Readonly<Record<string, string>>, header?: readonly string[]) {
  const { users } = parseCredentialReport(csvOf(row, header), generatedAt);
  const [only] = users.values();
  if (!only) throw new Error('no row');
  return only;
}

describe('a credential report', () => {
  test('keeps the row of the account apart from the users', async () => {
    const csv = await readFile('fixtures/company/traffic/aws/credential-report.csv', 'utf8');
    const { root, users } = parseCredentialReport(csv, generatedAt);
    expect(root).toMatchObject({
      user: '<root_account>',
      mfaActive: true,
      password: { enabled: true, changedAt: { state: 'unknown', why: 'not-offered' } },
    });
    expect([...users.values()].map(({ user }) => user)).not.toContain('<root_account>');
    expect(users.size).toBe(8);
  });

  test('is in the recorded answer what the file beside it shows', async () => {
    const csv = await readFile('fixtures/company/traffic/aws/credential-report.csv', 'utf8');
    const exchange = await readFile('fixtures/company/traffic/aws/iam-get-credential-report.json', 'utf8');
    expect(exchange).toContain(Buffer.from(csv).toString('base64'));
  });

  test.each([
    ['true', true],
    ['TRUE', true],
    ['False', false],
    ['N/A', undefined],
    ['not_supported', undefined],
    ['', undefined],
  ])('reads the flag %j as %j', (text, value) => {
    expect(parseOne({ password_enabled: text }).password.enabled).toBe(value);
  });

  test.each([
    ['N/A', { state: 'absent', since: '2014-10-20T00:00:00Z' }],
    ['no_information', { state: 'absent', since: '2014-10-20T00:00:00Z' }],
    ['not_supported', { state: 'unknown', why: 'not-offered' }],
    ['2026-09-01T08:00:00Z', { state: 'known', value: '2026-09-01T08:00:00Z' }],
    ['2026-09-01T08:00:00+00:00', { state: 'known', value: '2026-09-01T08:00:00Z' }],
    ['yesterday', { state: 'unknown', why: 'malformed-response' }],
  ])('reads the time %j', (text, fact) => {
    expect(parseOne({ password_last_used: text }).password.lastUsedAt).toMatchObject(fact);
  });

  test('takes a key with region N/A for used', () => {
    const { keys } = parseOne({
      access_key_1_active: 'true',
      access_key_1_last_rotated: '2022-01-05T09:00:10Z',
      access_key_1_last_used_date: '2026-11-20T01:00:00Z',
      access_key_1_last_used_service: 's3',
    });
    expect(keys[0]).toEqual({
      active: true,
      rotatedAt: { state: 'known', value: '2022-01-05T09:00:10Z' },
      lastUsedAt: { state: 'known', value: '2026-11-20T01:00:00Z' },
      region: undefined,
      service: 's3',
    });
  });

  test('reads columns by name: in any order, with the 23rd, without ones that it does not need', () => {
    const needed = columns.filter((name) => !name.startsWith('cert_'));
    const row = parseOne({ additional_credentials_info: '3 access keys', mfa_active: 'true' }, [
      'additional_credentials_info',
      ...needed.toReversed(),
    ]);
    expect(row).toMatchObject({
      user: 'alice',
      mfaActive: true,
      additional: '3 access keys',
      certificates: [{ active: undefined }, { active: undefined }],
    });
    expect(parseOne({}).additional).toBeUndefined();
    expect(parseOne({ additional_credentials_info: 'N/A' }, [...columns, 'additional_credentials_info']).additional).toBeUndefined();
  });

  test.each([
    ['a byte order mark', (csv: string) => `\uFEFF${csv}`],
    ['lines that end as on Windows', (csv: string) => csv.replaceAll('\n', '\r\n')],
    [
      'quoted fields',
      (csv: string) =>
        csv
          .split('\n')
          .map((line) =>
            line
              .split(',')
              .map((field) => `"${field}"`)
              .join(','),
          )
          .join('\n'),
    ],
    ['a newline at the end', (csv: string) => `${csv}\n`],
  ])('reads a file with %s', (_what, change) => {
    const csv = csvOf({});
    expect(parseCredentialReport(change(csv), generatedAt)).toEqual(parseCredentialReport(csv, generatedAt));
  });

  test.each([
    ['nothing', ''],
    ['a page of HTML', '<html><body>sign in</body></html>\n<p>'],
    ['a row cut off', csvOf({}).slice(0, -20)],
    ['a quote that does not end', csvOf({ user: '"alice' })],
    [
      'no column for the ARN',
      csvOf(
        {},
        columns.filter((name) => name !== 'arn'),
      ),
    ],
    ['two rows of one user', `${csvOf({})}\n${csvOf({}).split('\n')[1] ?? ''}`],
  ])('refuses %s', (_what, csv) => {
    expect(() => parseCredentialReport(csv, generatedAt)).toThrow(MalformedError);
  });

  test('fails in no other way, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string(), (tail) => {
        try {
          parseCredentialReport(`${csvOf({})}\n${tail}`, generatedAt);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedError);
        }
      }),
    );
  });
});
