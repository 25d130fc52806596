import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { folderWith } from './folder-with.ts';
import { inventoryOf } from './inventory-file.ts';
import { overdue } from './overdue.ts';
import { change, commit, commitStaged, gitIn, repositoryWith } from './repository.ts';

const config = (more = '') => `apiVersion: overdue/v1
kind: Config
connectors: { aws: { regions: [eu-west-1] } }
policies: ["policies/*.yaml"]
params: { rotationMaxAge: 90d }
sources: { people: { file: people.csv, complete: true, maxAge: 60d } }
waivers: [waivers.yaml]
gate: { failOn: medium, requireCoverage: none }
${more}`;
const policies = `apiVersion: overdue/v1
kind: PolicySet
metadata: { id: own, extends: ["builtin:baseline"] }
policies:
  - { id: ownership/unowned-identity, whenUnknown: fail }
`;
const waivers = (entries = '[]') => `apiVersion: overdue/v1\nkind: WaiverFile\nwaivers: ${entries}\n`;
const waiver = `
  - id: W-1
    policy: rotation/long-lived-credential
    subject: { id: AKIAOLD, kind: aws.iam_access_key }
    reason: The loader is switched off in December
    requester: tomas@larkspur.example
    approver: dana@larkspur.example
    granted: 2026-11-20
    expires: 2026-12-20`;
const base = {
  'overdue.yaml': config(),
  'policies/own.yaml': policies,
  'waivers.yaml': waivers(),
  'people.csv': 'id,email,status,aliases\nE1,dana@larkspur.example,active,\nE2,tomas@larkspur.example,active,\n',
  'inventory.ndjson': inventoryOf([{ id: 'AKIAOLD', createdAt: '2026-06-01T00:00:00Z' }]),
};
const argv = ['evaluate', 'inventory.ndjson', '--config-from', 'main', '-f', 'json', '--no-cache'];

async function resultIn(cwd: string, ...more: readonly string[]): Promise<Result> {
  const { stdout, stderr } = await overdue([...argv, ...more], { cwd });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Result;
}

async function relaxedBy(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const cwd = await repositoryWith(base);
  await change(cwd, files);
  const { findings } = await resultIn(cwd);
  return findings
    .filter(({ subject }) => subject.kind === 'overdue.relaxation')
    .map(({ policy, reason, subject }) => `${policy}: ${reason} (${subject.scope})`);
}

describe('a change that', () => {
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['changes nothing', {}, []],
    [
      'raises a limit',
      { 'overdue.yaml': config().replace('90d', '365d') },
      ['exception/relaxed-policy: rotation/long-lived-credential: rotation.maxAge: 90d -> 365d (overdue.yaml:5)'],
    ],
    ['lowers a limit', { 'overdue.yaml': config().replace('90d', '30d') }, []],
    [
      'disables a policy',
      { 'policies/own.yaml': `${policies}  - { id: rotation/long-lived-credential, disabled: true }\n` },
      ['exception/relaxed-policy: rotation/long-lived-credential: in force -> disabled (policies/own.yaml:6)'],
    ],
    [
      'reports what failed as unknown',
      { 'policies/own.yaml': policies.replace('fail', 'report') },
      ['exception/relaxed-policy: ownership/unowned-identity: whenUnknown: fail -> report (policies/own.yaml:5)'],
    ],
    [
      'lowers the gate',
      { 'overdue.yaml': config().replace('medium', 'critical') },
      ['exception/relaxed-gate: gate.failOn: medium -> critical (overdue.yaml:8)'],
    ],
    [
      'lets waivers run longer',
      { 'overdue.yaml': config('longestWaiver: 180d\n') },
      ['exception/relaxed-policy: longestWaiver: 90d -> 180d (overdue.yaml:9)'],
    ],
    [
      'drops a connector',
      { 'overdue.yaml': config().replace('aws: { regions: [eu-west-1] }', 'github: {}') },
      ['exception/relaxed-coverage: connectors.aws: looked at -> left out (overdue.yaml:3)'],
    ],
    [
      'skips a surface',
      { 'overdue.yaml': config().replace('regions: [eu-west-1]', 'regions: [eu-west-1], skip: { aws.iam_user: later }') },
      ['exception/relaxed-coverage: connectors.aws.skip.aws.iam_user: looked at -> skipped: later (overdue.yaml:3)'],
    ],
    ['adds a region', { 'overdue.yaml': config().replace('[eu-west-1]', '[eu-west-1, eu-north-1]') }, []],
    [
      'names another region',
      { 'overdue.yaml': config().replace('[eu-west-1]', '[eu-north-1]') },
      ['exception/relaxed-scope: connectors.aws.regions: ["eu-west-1"] -> ["eu-north-1"] (overdue.yaml:3)'],
    ],
    [
      'claims less of the roster',
      { 'overdue.yaml': config().replace('complete: true, maxAge: 60d', 'maxAge: 90d') },
      [
        'exception/relaxed-source: sources.people.complete: true -> left out (overdue.yaml:6)',
        'exception/relaxed-source: sources.people.maxAge: 60d -> 90d (overdue.yaml:6)',
      ],
    ],
    ['claims more of the roster', { 'overdue.yaml': config().replace('60d', '30d') }, []],
    [
      'brings a waiver',
      { 'waivers.yaml': waivers(waiver) },
      [
        'exception/relaxed-waiver: waiver W-1: none -> rotation/long-lived-credential for aws.iam_access_key AKIAOLD, approved by dana@larkspur.example, until 2026-12-20 (waivers.yaml:4)',
      ],
    ],
    [
      'brings a waiver that ends at noon',
      { 'waivers.yaml': waivers(waiver.replace('2026-12-20', '2026-12-20T12:00:00Z')) },
      [
        'exception/relaxed-waiver: waiver W-1: none -> rotation/long-lived-credential for aws.iam_access_key AKIAOLD, approved by dana@larkspur.example, until 2026-12-20T12:00:00Z (waivers.yaml:4)',
      ],
    ],
    [
      'brings a waiver that ends at noon',
      { 'waivers.yaml': waivers(waiver.replace('2026-12-20', '2026-12-20T12:00:00Z')) },
      [
        'exception/relaxed-waiver: waiver W-1: none -> rotation/long-lived-credential for aws.iam_access_key AKIAOLD, approved by dana@larkspur.example, until 2026-12-20T12:00:00Z (waivers.yaml:4)',
      ],
    ],
    ['brings a waiver that has run out', { 'waivers.yaml': waivers(waiver.replace('2026-12-20', '2026-11-20')) }, []],
  ])('%s', async (_, files, told) => {
    expect(await relaxedBy(files)).toEqual(told);
  });

  test('lists more of what is not looked at as closely is told', async () => {
    const [known, added] = ['3f0c1c1e-6a51-4d6e-9a77-1d2c3b4a5e6f', 'ea8a4392-515e-481f-879e-6571ff2a8a36'];
    const azure = (tenants: string) => config().replace('aws: { regions: [eu-west-1] }', `azure: { microsoftTenants: [${tenants}] }`);
    const cwd = await repositoryWith({ ...base, 'overdue.yaml': azure(known) });
    await change(cwd, { 'overdue.yaml': azure(`${known}, ${added}`) });
    const { findings } = await resultIn(cwd);
    expect(findings.filter(({ policy }) => policy === 'exception/relaxed-scope').map(({ reason }) => reason)).toEqual([
      `connectors.azure.microsoftTenants: ["${known}"] -> ["${known}","${added}"]`,
    ]);
  });

  test('gives a waiver more time tells from when to when', async () => {
    const cwd = await repositoryWith({ ...base, 'waivers.yaml': waivers(waiver) });
    await change(cwd, { 'waivers.yaml': waivers(waiver.replace('2026-12-20', '2027-01-20')) });
    const { findings, waived } = await resultIn(cwd);
    expect(findings.map(({ reason }) => reason).filter((reason) => reason.startsWith('waiver'))).toEqual([
      'waiver W-1: until 2026-12-20 -> until 2027-01-20 (rotation/long-lived-credential for aws.iam_access_key AKIAOLD, approved by dana@larkspur.example)',
    ]);
    expect(waived.map(({ waiver: each }) => each?.expires)).toEqual(['2026-12-20T23:59:59.999Z']);
  });
});

describe('the run judges by the revision', () => {
  const old = (result: Result) => result.findings.find(({ policy }) => policy === 'rotation/long-lived-credential')?.reason;

  test('whatever the working copy says', async () => {
    const cwd = await repositoryWith(base);
    await change(cwd, { 'overdue.yaml': config().replace('90d', '365d').replace('medium', 'none'), 'waivers.yaml': waivers(waiver) });
    const result = await resultIn(cwd);
    expect(old(result)).toContain('limit 90d');
    expect(result.waived).toEqual([]);
    expect(result.exit.code).toBe(1);
  });

  test('of the folder it stands in', async () => {
    const cwd = await repositoryWith({
      'audit/README.md': '',
      ...Object.fromEntries(Object.entries(base).map(([name, text]) => [`audit/${name}`, text])),
    });
    await change(join(cwd, 'audit'), { 'overdue.yaml': config().replace('90d', '365d') });
    expect(old(await resultIn(join(cwd, 'audit')))).toContain('limit 90d');
  });

  test('which also says how old a source is', async () => {
    const cwd = await repositoryWith({ ...base, 'overdue.yaml': config().replace('60d', '10d') });
    const result = await resultIn(cwd);
    expect(result.findings.map(({ reason }) => reason).join('\n')).toContain('main:people.csv');
    gitIn(cwd, 'checkout', '-q', '-b', 'later');
    await change(cwd, { 'people.csv': `${base['people.csv']}E3,aiko@larkspur.example,terminated,\n` });
    commit(cwd, '2026-11-20T00:00:00Z');
    const before = await resultIn(cwd);
    expect(before.findings).toEqual(result.findings);
  });

  test('and takes what a flag names outside the repository as it stands', async () => {
    const cwd = await repositoryWith(base);
    const elsewhere = await folderWith({ 'people.csv': 'id,email,status,aliases\nE1,dana@larkspur.example,terminated,\n' });
    const result = await resultIn(cwd, '--roster', join(elsewhere, 'people.csv'));
    expect(result.findings.map(({ policy }) => policy)).toContain('orphan/owner-left');
  });
});

test('policies that a flag names are read from the revision, or as they stand outside the repository', async () => {
  const cwd = await repositoryWith(base);
  const [inside, outside] = ['30d', '45d'].map((age) => policies.replace('policies:', `params: { rotationMaxAge: ${age} }\npolicies:`));
  await change(cwd, { 'policies/own.yaml': inside ?? '', 'overdue.yaml': config().replace('params: { rotationMaxAge: 90d }\n', '') });
  commit(cwd, '2026-11-03T00:00:00Z');
  await change(cwd, { 'policies/own.yaml': policies });
  const limit = async (...more: readonly string[]) => {
    const { findings } = await resultIn(cwd, ...more);
    return findings.find(({ policy }) => policy === 'rotation/long-lived-credential')?.reason;
  };
  expect(await limit('--policy', 'policies/own.yaml')).toContain('limit 30d');
  expect(await limit('--policy', 'policies/*.yaml')).toContain('limit 30d');
  const elsewhere = await folderWith({ 'own.yaml': outside ?? '' });
  expect(await limit('--policy', join(elsewhere, 'own.yaml'))).toContain('limit 45d');
  expect(await limit('--policy', join(elsewhere, '*.yaml'))).toContain('limit 45d');
});

describe('is refused:', () => {
  const refusal = async (cwd: string, ref = 'main') => {
    const { code, stderr } = await overdue(['evaluate', 'inventory.ndjson', `--config-from=${ref}`, '--no-cache'], { cwd });
    return { code, stderr };
  };

  test.each([
    ['an option in place of a revision', '--upload-pack=x', '--upload-pack=x is not a revision'],
    ['a path in place of a revision', 'main:overdue.yaml', 'main:overdue.yaml is not a revision'],
    ['a revision that is not there', 'origin/main', 'there is no revision origin/main in this repository'],
  ])('%s', async (_, ref, told) => {
    const { code, stderr } = await refusal(await repositoryWith(base), ref);
    expect(code).toBe(2);
    expect(stderr).toContain(told);
  });

  test('a folder that is no repository', async () => {
    const { code, stderr } = await refusal(await folderWith(base));
    expect(code).toBe(2);
    expect(stderr).toContain('git rev-parse failed: fatal: not a git repository');
  });

  test('a source outside the repository', async () => {
    const { code, stderr } = await refusal(
      await repositoryWith({ ...base, 'overdue.yaml': config().replace('people.csv', '../people.csv') }),
    );
    expect(code).toBe(2);
    expect(stderr).toContain('is outside the repository');
  });

  test('a file that the revision lacks', async () => {
    const cwd = await repositoryWith({ ...base, 'overdue.yaml': config().replace('people.csv', 'staff.csv') });
    await writeFile(join(cwd, 'staff.csv'), base['people.csv']);
    const { code, stderr } = await refusal(cwd);
    expect(code).toBe(2);
    expect(stderr).toContain('staff.csv does not exist in main');
  });

  test('a link, which would lead out of the revision', async () => {
    const cwd = await repositoryWith({ ...base, 'waivers.yaml': '' });
    await symlink('/etc/hostname', join(cwd, 'linked.yaml'));
    await change(cwd, { 'overdue.yaml': config().replace('waivers.yaml', 'linked.yaml') });
    commit(cwd, '2026-11-02T00:00:00Z');
    const { code, stderr } = await refusal(cwd);
    expect(code).toBe(2);
    expect(stderr).toContain('linked.yaml is no plain file in main');
  });

  test.each([
    ['a branch', ['update-ref', 'refs/heads/origin/main']],
    ['a tag', ['update-ref', 'refs/tags/origin/main']],
  ])('a name that %s of the change took as well', async (_, argv) => {
    const cwd = await repositoryWith(base);
    gitIn(cwd, 'update-ref', 'refs/remotes/origin/main', 'main');
    expect((await refusal(cwd, 'origin/main')).code).toBe(1);
    gitIn(cwd, ...argv, 'main');
    for (const ref of ['origin/main', 'origin/main~0', 'origin/main^{commit}', 'origin/main@{0}']) {
      const { code, stderr } = await refusal(cwd, ref);
      expect(code).toBe(2);
      expect(stderr).toContain('origin/main is the name of several revisions');
      expect(stderr).toContain('--config-from refs/remotes/origin/main');
    }
    expect((await refusal(cwd, 'refs/remotes/origin/main')).code).toBe(1);
  });

  test('a folder of another repository', async () => {
    const cwd = await repositoryWith({ ...base, 'overdue.yaml': config().replace('people.csv', 'module/people.csv') });
    gitIn(cwd, 'update-index', '--add', '--cacheinfo', `160000,${gitIn(cwd, 'rev-parse', 'HEAD').trim()},module`);
    commitStaged(cwd, '2026-11-02T00:00:00Z');
    const { code, stderr } = await refusal(cwd);
    expect(code).toBe(2);
    expect(stderr).toContain('module/people.csv does not exist in main');
  });

  test.each([
    ['not text in UTF-8', Buffer.from('id,email\nE1,jos\xe9@larkspur.example\n', 'latin1'), 'is not UTF-8 text'],
    ['UTF-16', Buffer.from('\ufeffid,email\n', 'utf16le'), 'is not UTF-8 text, but UTF-16'],
  ])('a file that is %s', async (_, bytes, told) => {
    const cwd = await repositoryWith(base);
    await writeFile(join(cwd, 'people.csv'), bytes);
    commit(cwd, '2026-11-02T00:00:00Z');
    const { code, stderr } = await refusal(cwd);
    expect(code).toBe(2);
    expect(stderr).toContain(`main:people.csv ${told}`);
  });

  test.each([
    ['a name with a zero byte', String.raw`["a\0b.yaml"]`, 'does not exist in main'],
    ['a name that would be a pathspec', '[":/waivers.yaml"]', 'does not exist in main'],
    ['a name that would be an option', '["--help"]', 'does not exist in main'],
    ['a folder', '[policies]', 'policies is no plain file in main'],
    ['the repository itself', '[.]', 'does not exist in main'],
    ['a way out of it', '[policies/../../waivers.yaml]', 'is outside the repository'],
  ])('as a waiver file: %s', async (_, names, told) => {
    const cwd = await repositoryWith({ ...base, 'overdue.yaml': config().replace('[waivers.yaml]', names) });
    const { code, stderr } = await refusal(cwd);
    expect(code).toBe(2);
    expect(stderr).toContain(told);
  });
});
