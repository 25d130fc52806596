import { lstat, readFile, readdir, stat, symlink, writeFile, chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { folderWith } from './folder-with.ts';
import { inventoryOf } from './inventory-file.ts';
import { overdue } from './overdue.ts';

const files = {
  'overdue.yaml': `apiVersion: overdue/v1
kind: Config
connectors: { aws: { regions: [eu-west-1] } }
sources: { people: { file: people.csv, complete: true } }
waivers: [waivers.yaml]
`,
  'people.csv':
    'id,email,status,aliases\nE1,dana@larkspur.example,active,\nE2,tomas@larkspur.example,active,tlind\nE3,lee@larkspur.example,terminated,\n',
  'waivers.yaml': `# reviewed each month
apiVersion: overdue/v1
kind: WaiverFile
waivers:
  # the farm
  - id: W-2026-004
    policy: rotation/long-lived-credential
    subject: { id: AKIAFARM, kind: aws.iam_access_key }   # one key
    reason: The farm is rebuilt in December
    requester: tomas@larkspur.example
    approver: dana@larkspur.example
    granted: 2026-10-01
    expires: 2026-12-05

  # gone since October
  - id: W-2026-001
    policy: rotation/long-lived-credential
    subject: { id: AKIAGONE, kind: aws.iam_access_key }
    reason: The vendor answers in October
    requester: tomas@larkspur.example
    approver: dana@larkspur.example
    granted: 2026-09-01
    expires: 2026-10-31

  - id: W-2026-002
    policy: rotation/long-lived-credential
    subject: { id: AKIANOTHING, kind: aws.iam_access_key }
    reason: The loader is switched off in December
    requester: tomas@larkspur.example
    approver: dana@larkspur.example
    granted: 2026-10-01
    expires: 2026-12-05
`,
  'inventory.ndjson': inventoryOf([
    { id: 'AKIAOLD', createdAt: '2026-06-01T00:00:00Z' },
    { id: 'AKIAFARM', createdAt: '2026-06-01T00:00:00Z' },
  ]),
};
const people = ['--reason', 'The loader is switched off in December', '--requester', 'tlind', '--approver', 'dana@larkspur.example'];
const waivers = (cwd: string, ...argv: readonly string[]) => overdue(['waivers', ...argv, '--no-cache'], { cwd });
const text = (cwd: string) => readFile(join(cwd, 'waivers.yaml'), 'utf8');

async function resultIn(cwd: string): Promise<Result> {
  return JSON.parse((await overdue(['evaluate', 'inventory.ndjson', '-f', 'json', '--no-cache'], { cwd })).stdout) as Result;
}

async function oldKey(cwd: string): Promise<string> {
  const { findings } = await resultIn(cwd);
  return findings.find(({ policy, subject }) => policy === 'rotation/long-lived-credential' && subject.id === 'AKIAOLD')?.id ?? '';
}

describe('waivers add', () => {
  test('covers a finding of an inventory, and every other byte stays', async () => {
    const cwd = await folderWith(files);
    const told = await waivers(cwd, 'add', await oldKey(cwd), '--inventory', 'inventory.ndjson', ...people, '--for', '30d');
    expect(told).toEqual({
      code: 0,
      stdout: '',
      stderr: 'W-2026-005 covers rotation/long-lived-credential for AKIAOLD until 2026-12-21\n',
    });
    expect(await text(cwd)).toBe(`${files['waivers.yaml']}
  - id: W-2026-005
    policy: rotation/long-lived-credential
    subject: { id: AKIAOLD, kind: aws.iam_access_key }
    reason: The loader is switched off in December
    requester: tlind
    approver: dana@larkspur.example
    granted: 2026-11-21
    expires: 2026-12-21
`);
    expect(await oldKey(cwd)).toBe('');
    expect((await resultIn(cwd)).waived.map(({ subject }) => subject.id)).toEqual(['AKIAFARM', 'AKIAOLD']);
  });

  test('covers a finding of a saved result', async () => {
    const cwd = await folderWith(files);
    const id = await oldKey(cwd);
    await overdue(['evaluate', 'inventory.ndjson', '-o', 'result.json', '--no-cache'], { cwd });
    const { code } = await waivers(cwd, 'add', id, '--result', 'result.json', ...people, '--expires', '2026-12-31', '--id', 'W-own');
    expect(code).toBe(0);
    expect(await text(cwd)).toContain('  - id: W-own\n');
  });

  test('covers names within a scope, and makes the file where there is none', async () => {
    const { 'waivers.yaml': _, ...rest } = files;
    const cwd = await folderWith({ ...rest, 'overdue.yaml': files['overdue.yaml'].replace('waivers: [waivers.yaml]\n', '') });
    const scope = [
      '--policy-id',
      'usage/unused-credential',
      '--scope',
      'account/1',
      '--kind',
      'aws.iam_access_key',
      '--names',
      'batch-*,loader',
    ];
    const { code, stderr } = await waivers(
      cwd,
      'add',
      ...scope,
      ...people,
      '--for',
      '2w',
      '--ticket',
      'T-1',
      '--compensating-control',
      'read only',
    );
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        'W-2026-001 covers usage/unused-credential for batch-*, loader in account/1 until 2026-12-05\nonce, for your editor: overdue policy schema --of waivers > waivers.schema.json\nno run reads waivers.yaml yet: name it under waivers in overdue.yaml, or with --waivers\n',
    });
    const [first, ...lines] = (await text(cwd)).split('\n');
    expect(first).toMatch(/^# yaml-language-server: \$schema=\S*waivers\.schema\.json$/);
    expect(lines.join('\n')).toBe(`apiVersion: overdue/v1
kind: WaiverFile
waivers:
  - id: W-2026-001
    policy: usage/unused-credential
    subject: { scope: account/1, kind: aws.iam_access_key, names: [ batch-*, loader ] }
    reason: The loader is switched off in December
    requester: tlind
    approver: dana@larkspur.example
    granted: 2026-11-21
    expires: 2026-12-05
    ticket: T-1
    compensatingControl: read only
`);
  });

  test.each<[string, readonly string[], string]>([
    ['its requester as approver', ['--approver', 'tomas@larkspur.example', '--for', '30d'], 'cannot approve an own request'],
    ['somebody who left as approver', ['--approver', 'lee@larkspur.example', '--for', '30d'], 'is terminated (people.csv:4)'],
    ['a stranger as approver', ['--approver', 'who@larkspur.example', '--for', '30d'], 'is not on the roster'],
    ['too long a time', ['--for', '91d'], 'it runs for 91 days, longer than 90d'],
    ['an end that has passed', ['--expires', '2026-11-20', '--granted', '2026-11-01'], 'it expired on 2026-11-20'],
    ['no end', [], 'give either --expires or --for'],
    ['two ends', ['--for', '30d', '--expires', '2026-12-01'], 'give either --expires or --for'],
    [
      'a policy that is not there',
      ['--policy-id', 'rotation/long-lived-credentials', '--for', '30d'],
      'did you mean rotation/long-lived-credential?',
    ],
    ['a kind that is not there', ['--kind', 'aws.iam_acess_key', '--for', '30d'], 'did you mean `aws.iam_access_key`?'],
    ['hardly a reason', ['--reason', 'because', '--for', '30d'], 'is not a reason of ten characters or more'],
    ['an id that is taken', ['--id', 'W-2026-004', '--for', '30d'], 'waiver W-2026-004 is already at waivers.yaml:6'],
    [
      'what is covered already',
      ['--subject', 'AKIAFARM', '--kind', 'aws.iam_access_key', '--for', '30d'],
      'overdue waivers renew W-2026-004',
    ],
  ])('refuses %s, and writes nothing', async (_, more, told) => {
    const cwd = await folderWith(files);
    const subject = ['--policy-id', 'rotation/long-lived-credential', '--subject', 'AKIAOLD'];
    const { code, stderr } = await waivers(cwd, 'add', ...subject, ...people, ...more);
    expect(stderr).toContain(told);
    expect(code).toBe(2);
    expect(await text(cwd)).toBe(files['waivers.yaml']);
    expect(await readdir(cwd)).toEqual(Object.keys(files).toSorted());
  });

  test('writes into a file that no run reads yet, again and again', async () => {
    const { 'waivers.yaml': _, ...rest } = files;
    const cwd = await folderWith({ ...rest, 'overdue.yaml': files['overdue.yaml'].replace('waivers: [waivers.yaml]\n', '') });
    const add = (id: string) => waivers(cwd, 'add', '--policy-id', 'usage/unused-credential', '--subject', id, ...people, '--for', '30d');
    expect((await add('AKIAOLD')).code).toBe(0);
    expect((await add('AKIAFARM')).stderr).toContain('W-2026-002 covers usage/unused-credential for AKIAFARM');
    expect((await add('AKIAOLD')).stderr).toContain('waiver W-2026-001 already covers it');
  });

  test('refuses what its policy allows no waivers for', async () => {
    const own = `apiVersion: overdue/v1\nkind: PolicySet\nmetadata: { id: own, extends: ["builtin:baseline"] }\npolicies: [{ id: rotation/long-lived-credential, waivers: none }]\n`;
    const cwd = await folderWith({ ...files, 'own.yaml': own });
    const subject = ['--policy-id', 'rotation/long-lived-credential', '--subject', 'AKIAOLD'];
    const { code, stderr } = await waivers(cwd, 'add', ...subject, ...people, '--for', '1d', '--policy', 'own.yaml');
    expect(code).toBe(2);
    expect(stderr).toContain('rotation/long-lived-credential allows no waivers');
  });

  test('shows what it would write', async () => {
    const cwd = await folderWith(files);
    const subject = ['--policy-id', 'rotation/long-lived-credential', '--subject', 'AKIAOLD'];
    const { stdout } = await waivers(cwd, 'add', ...subject, ...people, '--for', '30d', '--dry-run');
    expect(stdout).toMatch(/^waivers\.yaml\n@@ line 34 @@\n\+ {2}- id: W-2026-005\n/);
    expect(await text(cwd)).toBe(files['waivers.yaml']);
  });

  test('keeps the link and the mode of the file', async () => {
    const cwd = await folderWith({ ...files, 'shared/waivers.yaml': files['waivers.yaml'], 'waivers.yaml': '' });
    const { rm } = await import('node:fs/promises');
    await rm(join(cwd, 'waivers.yaml'));
    await symlink(join(cwd, 'shared/waivers.yaml'), join(cwd, 'waivers.yaml'));
    await chmod(join(cwd, 'shared/waivers.yaml'), 0o640);
    await waivers(cwd, 'add', '--policy-id', 'rotation/long-lived-credential', '--subject', 'AKIAOLD', ...people, '--for', '30d');
    expect((await lstat(join(cwd, 'waivers.yaml'))).isSymbolicLink()).toBe(true);
    expect((await stat(join(cwd, 'shared/waivers.yaml'))).mode & 0o777).toBe(0o640);
    expect(await readFile(join(cwd, 'shared/waivers.yaml'), 'utf8')).toContain('W-2026-005');
  });
});

describe('waivers renew', () => {
  test('moves the end, counts, and keeps the former grant', async () => {
    const cwd = await folderWith(files);
    const told = await waivers(cwd, 'renew', 'W-2026-004', '--approver', 'dana@larkspur.example', '--expires', '2027-01-31');
    expect(told).toEqual({ code: 0, stdout: '', stderr: 'W-2026-004 runs until 2027-01-31 instead of 2026-12-05; renewals: 1\n' });
    expect(await text(cwd)).toBe(
      files['waivers.yaml'].replace(
        'granted: 2026-10-01\n    expires: 2026-12-05\n',
        (grant) =>
          `${grant.replace('2026-10-01', '2026-11-21').replace('2026-12-05', '2027-01-31')}    renewals: 1\n    former:\n      - { requester: tomas@larkspur.example, approver: dana@larkspur.example, granted: 2026-10-01, expires: 2026-12-05 }\n`,
      ),
    );
  });

  test('brings back one that has run out', async () => {
    const cwd = await folderWith(files);
    const { code } = await waivers(cwd, 'renew', 'W-2026-001', '--approver', 'dana@larkspur.example', '--for', '30d');
    expect(code).toBe(0);
    expect((await resultIn(cwd)).waivers.find(({ id }) => id === 'W-2026-001')?.state).toBe('unmatched');
  });

  test.each<[string, readonly string[], string]>([
    ['by its requester', ['W-2026-004', '--approver', 'tlind', '--for', '60d'], 'cannot approve an own request'],
    ['for too long', ['W-2026-004', '--approver', 'dana@larkspur.example', '--for', '120d'], 'longer than 90d'],
    ['to an earlier end', ['W-2026-004', '--approver', 'dana@larkspur.example', '--for', '3d'], 'already runs until 2026-12-05'],
    ['what is not there', ['W-2026-04', '--approver', 'dana@larkspur.example', '--for', '3d'], 'did you mean `W-2026-004`?'],
  ])('refuses %s', async (_, argv, told) => {
    const cwd = await folderWith(files);
    const { code, stderr } = await waivers(cwd, 'renew', ...argv);
    expect(stderr).toContain(told);
    expect(code).toBe(2);
    expect(await text(cwd)).toBe(files['waivers.yaml']);
  });
});

test('a waiver is renewed only as often as the policies of the set-up let it', async () => {
  const own = `apiVersion: overdue/v1
kind: Policy
id: acme/few-renewals
title: Waivers are renewed once
severity: high
subject: waiver
assert: { exception: { maxRenewals: 1 } }
why: so
fix: so
`;
  const cwd = await folderWith({ ...files, 'own.yaml': own });
  const renew = (...more: readonly string[]) =>
    waivers(cwd, 'renew', 'W-2026-004', '--approver', 'dana@larkspur.example', '--policy', 'own.yaml,builtin:baseline', ...more);
  expect(await renew('--for', '30d')).toMatchObject({ code: 0 });
  const { code, stderr } = await renew('--for', '60d');
  expect(code).toBe(2);
  expect(stderr).toContain('acme/few-renewals');
  expect(await text(cwd)).toContain('renewals: 1');
});

describe('waivers prune', () => {
  test('removes what has run out', async () => {
    const cwd = await folderWith(files);
    const { code, stderr } = await waivers(cwd, 'prune');
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'W-2026-001 removed: expired (waivers.yaml:16)\n' });
    const lines = files['waivers.yaml'].split('\n');
    expect(await text(cwd)).toBe([...lines.slice(0, 14), ...lines.slice(24)].join('\n'));
  });

  test('removes what covers nothing, where a run tells', async () => {
    const cwd = await folderWith(files);
    const { stderr } = await waivers(cwd, 'prune', '--inventory', 'inventory.ndjson');
    expect(stderr).toBe('W-2026-001 removed: expired (waivers.yaml:16)\nW-2026-002 removed: unmatched (waivers.yaml:25)\n');
    expect(await text(cwd)).toBe(files['waivers.yaml'].split('\n').slice(0, 13).join('\n') + '\n');
  });

  test('keeps what nobody could see', async () => {
    const blind = inventoryOf([], { state: 'denied', reason: 'permission-denied' });
    const cwd = await folderWith({ ...files, 'inventory.ndjson': blind });
    const { stderr } = await waivers(cwd, 'prune', '--inventory', 'inventory.ndjson');
    expect(stderr).toBe('W-2026-001 removed: expired (waivers.yaml:16)\n');
  });

  test('shows what would go', async () => {
    const cwd = await folderWith(files);
    const { stdout, stderr } = await waivers(cwd, 'prune', '--dry-run');
    expect(stdout).toMatch(/^waivers\.yaml\n@@ line 15 @@\n- {2}# gone since October\n- {2}- id: W-2026-001\n(?:-.*\n)+$/);
    expect(stderr).toContain('W-2026-001 would be removed');
    expect(await text(cwd)).toBe(files['waivers.yaml']);
  });
});

describe('waivers list', () => {
  test('tells state and days left, the first to run out first', async () => {
    const cwd = await folderWith(files);
    const { stdout } = await waivers(cwd, 'list', '-f', 'json');
    const told = (JSON.parse(stdout) as { waivers: { id: string; state: string; daysLeft: number }[] }).waivers;
    expect(told.map(({ id, state, daysLeft }) => [id, state, daysLeft])).toEqual([
      ['W-2026-001', 'expired', -21],
      ['W-2026-004', 'in force', 14],
      ['W-2026-002', 'in force', 14],
    ]);
    const seen = JSON.parse((await waivers(cwd, 'list', '-f', 'json', '--inventory', 'inventory.ndjson')).stdout) as typeof told & {
      waivers: typeof told;
    };
    expect(seen.waivers.map(({ state }) => state)).toEqual(['expired', 'active', 'unmatched']);
  });

  test('draws a table', async () => {
    const cwd = await folderWith(files);
    expect((await waivers(cwd, 'list')).stdout).toMatchInlineSnapshot(`
      "┌────────────┬──────────┬───────────┬────────────────────────────────┬─────────────┬───────────────────────┐
      │ Waiver     │ State    │ Days left │ Policy                         │ Subject     │ Approver              │
      ├────────────┼──────────┼───────────┼────────────────────────────────┼─────────────┼───────────────────────┤
      │ W-2026-001 │ expired  │ -21       │ rotation/long-lived-credential │ AKIAGONE    │ dana@larkspur.example │
      │ W-2026-004 │ in force │ 14        │ rotation/long-lived-credential │ AKIAFARM    │ dana@larkspur.example │
      │ W-2026-002 │ in force │ 14        │ rotation/long-lived-credential │ AKIANOTHING │ dana@larkspur.example │
      └────────────┴──────────┴───────────┴────────────────────────────────┴─────────────┴───────────────────────┘
      "
    `);
  });
});

describe('waivers check', () => {
  test('names what has run out and what does not count, with file and line', async () => {
    const cwd = await folderWith({ ...files, 'waivers.yaml': files['waivers.yaml'].replace('approver: dana@', 'approver: lee@') });
    expect(await waivers(cwd, 'check')).toEqual({
      code: 1,
      stdout:
        'waivers.yaml:6: W-2026-004 does not count: approver lee@larkspur.example is terminated (people.csv:4)\nwaivers.yaml:16: W-2026-001 expired on 2026-10-31\n',
      stderr: '3 waivers in 1 file, 2 problems\n',
    });
  });

  test('notes a kind that no connector lists', async () => {
    const cwd = await folderWith({
      ...files,
      'waivers.yaml': files['waivers.yaml'].replace('AKIAFARM, kind: aws.iam_', 'AKIAFARM, kind: aws.iamm_'),
    });
    const { stdout } = await waivers(cwd, 'check');
    expect(stdout).toContain(
      'waivers.yaml:6: note: W-2026-004 names a kind that no connector here lists: aws.iamm_access_key; did you mean aws.iam_access_key?',
    );
  });

  test('is content with what counts', async () => {
    const cwd = await folderWith(files);
    await waivers(cwd, 'prune');
    expect(await waivers(cwd, 'check')).toMatchObject({ code: 0, stdout: '', stderr: '2 waivers in 1 file, 0 problems\n' });
  });

  test('shows a mistake of form where it stands', async () => {
    const cwd = await folderWith({ ...files, 'waivers.yaml': files['waivers.yaml'].replace('expires: 2026-12-05', 'expires: soon') });
    const { code, stderr } = await waivers(cwd, 'check');
    expect(code).toBe(2);
    expect(stderr).toContain('waivers.yaml:13:14');
  });
});

test('a file that somebody else changed in the meantime is left as it is', async () => {
  const { replaceFile } = await import('../../src/cli/replace-file.ts');
  const cwd = await folderWith({ 'waivers.yaml': 'theirs\n' });
  await expect(replaceFile(join(cwd, 'waivers.yaml'), 'before\n', 'ours\n')).rejects.toThrow('was changed by somebody else');
  await writeFile(join(cwd, 'new.yaml'), 'theirs\n');
  await expect(replaceFile(join(cwd, 'new.yaml'), undefined, 'ours\n')).rejects.toThrow('was changed by somebody else');
  expect(await readdir(cwd)).toEqual(['new.yaml', 'waivers.yaml']);
  expect(await readFile(join(cwd, 'waivers.yaml'), 'utf8')).toBe('theirs\n');
});
