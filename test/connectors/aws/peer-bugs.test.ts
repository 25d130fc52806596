import { describe, expect, test } from 'vitest';
import type { Exchange } from '../../../src/connector/recording.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { Result } from '../../../src/model/result.ts';
import { folderWith } from '../../cli/folder-with.ts';
import { overdue, repository } from '../../cli/overdue.ts';
import { lookAt } from './one-surface.ts';
import { json } from './client.ts';
import { type RecordedAccount, type RecordedUser, answer, recordedAccount, refusal, report } from './recorded-account.ts';

// Ways in which scanners have called an account clean that was not, or the other way round. Each goes in as a recording and comes out
// as findings. The clock stands at 2026-11-21T00:00:00Z.

const iam = ['aws.iam_user', 'aws.iam_role', 'aws.iam_access_key'];
const config = 'apiVersion: overdue/v1\nkind: Config\nconnectors: { aws: { regions: [eu-west-1] } }\npolicies: ["builtin:baseline"]\n';

async function scan(exchanges: readonly Exchange[], ...flags: readonly string[]) {
  const files = Object.fromEntries(exchanges.map((exchange, index) => [`traffic/aws/${String(index)}.json`, JSON.stringify(exchange)]));
  const recording = JSON.stringify({ schemaVersion: 1, recordedAt: '2026-11-21T00:00:00Z' });
  const cwd = await folderWith({ 'overdue.yaml': config, 'traffic/recording.json': recording, ...files });
  return scanned(['scan', '--replay', 'traffic', '--surface', iam.join(), '-f', 'json', ...flags], cwd);
}

/** The recorded company, by some surfaces alone. */
async function company(...surfaces: readonly string[]) {
  const replay = ['--replay', 'fixtures/company/traffic', '--config', 'fixtures/company/overdue.yaml'];
  return scanned(['scan', '--connector', 'aws', '--surface', surfaces.join(), ...replay, '-f', 'json'], repository);
}

async function scanned(argv: readonly string[], cwd: string) {
  const { code, stdout, stderr } = await overdue(argv, { cwd });
  if (stdout === '') throw new Error(stderr);
  const { findings, coverage } = JSON.parse(stdout) as Result;
  const of = (policy: string): readonly Finding[] => findings.filter((finding) => finding.policy === policy);
  const names = (policy: string, verdict: Finding['verdict'] = 'fail') =>
    of(policy).flatMap((finding) => (finding.verdict === verdict ? [finding.subject.name] : []));
  const blind = coverage.filter(({ state }) => state === 'partial' || state === 'denied');
  return { code, of, names, blind };
}

const one = (user: Partial<RecordedUser> = {}): RecordedAccount => ({
  users: [{ name: 'machine', createdAt: '2024-01-01T00:00:00Z', keys: [{ id: 'AKIAONE', createdAt: '2024-01-01T00:00:00Z' }], ...user }],
});

describe('an active key that was never used since it was made three years ago', () => {
  test('is unused and too old, also where its user has no password', async () => {
    const { names, of, code } = await scan(recordedAccount(one()));
    expect(names('usage/unused-credential')).toEqual(['machine/AKIAONE']);
    expect(of('usage/unused-credential')[0]?.evidence).toMatchObject([{ code: 'never-used', watchedSince: '2024-01-01T00:00:00Z' }]);
    expect(names('rotation/long-lived-credential')).toEqual(['machine/AKIAONE']);
    expect(code).toBe(1);
  });

  test('is found beside an inactive first key', async () => {
    const keys = [
      { id: 'AKIAFIRST', createdAt: '2023-01-01T00:00:00Z', status: 'Inactive', usedAt: '2026-11-19T00:00:00Z' },
      { id: 'AKIASECOND', createdAt: '2024-01-01T00:00:00Z' },
    ] as const;
    const { names } = await scan(recordedAccount(one({ keys })));
    expect(names('usage/unused-credential')).toEqual(['machine/AKIASECOND']);
  });
});

describe('a credential report that is refused', () => {
  const denied = refusal(
    'AccessDenied',
    'User: arn:aws:iam::111122223333:user/auditor is not authorized to perform: iam:GetCredentialReport on resource: *',
    403,
  );

  test('costs no finding, since every user is asked for his keys', async () => {
    const { names } = await scan(recordedAccount(one(), { GetCredentialReport: [denied], GenerateCredentialReport: [denied] }));
    expect(names('rotation/long-lived-credential')).toEqual(['machine/AKIAONE']);
    expect(names('usage/unused-credential')).toEqual(['machine/AKIAONE']);
  });

  test('is told, and no gate is green', async () => {
    const { blind, code } = await scan(
      recordedAccount(one(), { GetCredentialReport: [denied], GenerateCredentialReport: [denied] }),
      '--fail-on',
      'none',
    );
    expect(blind.flatMap((row) => ('requires' in row ? (row.requires ?? []) : []))).toContain('iam:GetCredentialReport');
    expect(code).toBe(3);
  });

  test('with everything else leaves nothing to judge, and does not look clean', async () => {
    const { blind, code, of } = await scan(
      recordedAccount(one(), {
        GetCredentialReport: [denied],
        GenerateCredentialReport: [denied],
        GetAccountAuthorizationDetails: [denied],
        ListAccessKeys: [denied],
      }),
      '--fail-on',
      'none',
    );
    expect(of('rotation/long-lived-credential')).toEqual([]);
    expect(new Set(blind.map(({ surface }) => surface))).toEqual(new Set(iam));
    expect(code).toBe(3);
  });
});

test('an API key of Bedrock that never expires is a finding, not passed over', async () => {
  const { names } = await company('aws.iam_user', 'aws.iam_service_credential');
  expect(names('expiry/no-expiry').filter((name) => name.includes('BedrockAPIKey'))).toEqual([
    'mira.haddad/BedrockAPIKey-mira-haddad-1-at-111122223333',
  ]);
});

test('an imported certificate that runs out is found like any other', async () => {
  const { names } = await company('aws.acm_certificate');
  expect(names('expiry/expires-soon')).toContain('legacy-api.larkspur.example');
});

test('a certificate that is not issued yet has no end, and has not ended', async () => {
  const arn = 'arn:aws:acm:eu-west-1:111122223333:certificate/pending';
  const pending = {
    CertificateArn: arn,
    DomainName: 'new.larkspur.example',
    Status: 'PENDING_VALIDATION',
    Type: 'AMAZON_ISSUED',
    InUse: false,
    CreatedAt: 1_795_000_000,
  };
  const { credentials } = await lookAt('aws.acm_certificate', {
    'acm:ListCertificates': json({ CertificateSummaryList: [pending] }),
    'acm:DescribeCertificate': json({ Certificate: pending }),
    'acm:ListTagsForCertificate': json({ Tags: [] }),
  });
  expect(credentials).toMatchObject([{ id: arn, status: 'inactive' }]);
  expect(credentials[0]?.expiresAt ?? null).toBeNull();
});

describe('what is used is not called unused', () => {
  test('a role, by the use that only the bulk call tells; one of today has had no time', async () => {
    const roles = [
      { name: 'busy', createdAt: '2022-01-01T00:00:00Z', usedAt: '2026-11-20T00:00:00Z' },
      { name: 'today', createdAt: '2026-11-20T23:00:00Z' },
      { name: 'idle', createdAt: '2022-01-01T00:00:00Z' },
    ];
    const { names } = await scan(recordedAccount({ users: [], roles }));
    expect(names('usage/unused-identity')).toEqual(['idle']);
  });

  test('a machine without a password, by its key', async () => {
    const keys = [{ id: 'AKIAONE', createdAt: '2026-09-01T00:00:00Z', usedAt: '2026-11-20T00:00:00Z' }];
    const { names } = await scan(recordedAccount(one({ keys })));
    expect([...names('usage/unused-identity'), ...names('usage/unused-credential')]).toEqual([]);
  });

  test('a key that is switched off is residue, not an unused key', async () => {
    const keys = [{ id: 'AKIAOFF', createdAt: '2023-01-01T00:00:00Z', status: 'Inactive', usedAt: '2023-02-01T00:00:00Z' }] as const;
    const { names } = await scan(recordedAccount(one({ keys })));
    expect(names('usage/unused-credential')).toEqual([]);
    expect(names('rotation/long-lived-credential')).toEqual([]);
    expect(names('usage/inactive-credential')).toEqual(['machine/AKIAOFF']);
  });
});

describe('a credential report', () => {
  const account = one({ keys: [{ id: 'AKIAONE', createdAt: '2026-09-01T00:00:00Z', usedAt: '2026-09-20T00:00:00Z' }] });

  test('that takes its time is waited for', async () => {
    const state = (word: string) => answer('GenerateCredentialReport', `<State>${word}</State>`);
    const { names, of, blind } = await scan(
      recordedAccount(account, {
        GenerateCredentialReport: [state('STARTED'), state('INPROGRESS'), state('INPROGRESS'), state('COMPLETE')],
        GetCredentialReport: [refusal('ReportNotPresent', 'no report', 410), answer('GetCredentialReport', report(account.users))],
      }),
    );
    expect(names('usage/unused-credential')).toEqual(['machine/AKIAONE']);
    expect(of('usage/unused-credential')[0]?.provenance).toContainEqual({
      operation: 'iam:GetCredentialReport',
      observedAt: '2026-11-20T23:59:41Z',
      fields: ['lastUsedAt'],
    });
    expect(blind).toEqual([]);
  });

  test('that is four hours old is made anew', async () => {
    const { names, blind } = await scan(
      recordedAccount(account, {
        GetCredentialReport: [refusal('ReportExpired', 'expired', 410), answer('GetCredentialReport', report(account.users))],
      }),
    );
    expect(names('usage/unused-credential')).toEqual(['machine/AKIAONE']);
    expect(blind).toEqual([]);
  });

  test('is read as CSV, with quoted fields and names with a comma', async () => {
    const users = [{ name: 'ops,batch', createdAt: '2024-01-01T00:00:00Z', keys: [{ id: 'AKIAOPS', createdAt: '2024-01-01T00:00:00Z' }] }];
    const { names, blind } = await scan(
      recordedAccount({ users }, { GetCredentialReport: [answer('GetCredentialReport', report(users, { quoted: true }))] }),
    );
    expect(names('rotation/long-lived-credential')).toEqual(['ops,batch/AKIAOPS']);
    expect(blind).toEqual([]);
  });

  test('that has no information on a password means that nobody used it', async () => {
    const users = [
      { name: 'person', createdAt: '2025-01-05T09:00:00Z', password: ['true', 'no_information', '2025-01-05T09:00:00Z', 'N/A'] as const },
    ];
    const { of, blind } = await scan(recordedAccount({ users }));
    expect(of('usage/unused-identity')[0]?.evidence).toMatchObject([{ code: 'never-used', watchedSince: '2025-01-05T09:00:00Z' }]);
    expect(blind).toEqual([]);
  });
});

describe('at the limit', () => {
  test.each([
    ['exactly ninety days old', '2026-08-23T00:00:00Z', []],
    ['a second older', '2026-08-22T23:59:59Z', ['machine/AKIAONE']],
    ['in another zone, to the same moment', '2026-08-23T02:00:00+02:00', []],
  ])('a key %s is judged by the moment, not by the day', async (_age, createdAt, expected) => {
    const keys = [{ id: 'AKIAONE', createdAt, usedAt: '2026-11-20T00:00:00Z' }];
    const { names } = await scan(recordedAccount(one({ keys })));
    expect(names('rotation/long-lived-credential')).toEqual(expected);
  });

  test('a key of five minutes ago may be unused', async () => {
    const keys = [{ id: 'AKIANEW', createdAt: '2026-11-20T23:55:00Z' }];
    const { names } = await scan(recordedAccount(one({ keys })));
    expect([...names('usage/unused-credential'), ...names('usage/unused-credential', 'unknown')]).toEqual([]);
  });
});

describe('a storm of throttled answers', () => {
  const throttled = refusal('Throttling', 'Rate exceeded');

  test('that ends leaves complete data', async () => {
    const calm = await scan(recordedAccount(one()));
    const users =
      '<IsTruncated>false</IsTruncated><AccessKeyMetadata><member><UserName>machine</UserName><AccessKeyId>AKIAONE</AccessKeyId><Status>Active</Status><CreateDate>2024-01-01T00:00:00Z</CreateDate></member></AccessKeyMetadata>';
    const stormy = await scan(
      recordedAccount(one(), {
        ListAccessKeys: [throttled, throttled, throttled, throttled, answer('ListAccessKeys', users)],
        GetCredentialReport: [throttled, throttled, throttled, answer('GetCredentialReport', report(one().users))],
      }),
    );
    expect(stormy.blind).toEqual([]);
    expect(stormy.names('rotation/long-lived-credential')).toEqual(calm.names('rotation/long-lived-credential'));
    expect(stormy.code).toBe(calm.code);
  });

  test('that does not end is a gap, and no gate is green', async () => {
    const { blind, code } = await scan(recordedAccount(one(), { ListAccessKeys: [throttled] }), '--fail-on', 'none');
    expect(blind).toMatchObject([{ surface: 'aws.iam_access_key', state: 'partial', reason: 'throttled' }]);
    expect(code).toBe(3);
  });
});
