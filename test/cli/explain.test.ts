import { join } from 'node:path';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { folderWith } from './folder-with.ts';
import { inventoryOf } from './inventory-file.ts';
import { overdue, repository } from './overdue.ts';

const company = join(repository, 'fixtures/company');
const config = ['-c', join(company, 'overdue.yaml'), '--no-cache'];
const told = { inventory: '', result: '' };

beforeAll(async () => {
  told.inventory = (await overdue(['collect', ...config.slice(0, 2), '--replay', join(company, 'traffic')])).stdout;
  const cwd = await mkdtemp(join(tmpdir(), 'overdue-'));
  await writeFile(join(cwd, 'inventory.ndjson'), told.inventory);
  told.result = (await overdue(['evaluate', 'inventory.ndjson', ...config, '-f', 'json'], { cwd })).stdout;
  await rm(cwd, { recursive: true });
});

/** A folder with the company's inventory and result. */
async function desk(): Promise<{ readonly cwd: string; readonly result: Result }> {
  const cwd = await folderWith({ 'inventory.ndjson': told.inventory, 'result.json': told.result });
  return { cwd, result: JSON.parse(told.result) as Result };
}

const oldKey = ({ findings }: Result) =>
  findings.find(({ policy, subject }) => policy === 'rotation/long-lived-credential' && subject.id === 'AKIABRIGHTM22EXAMPLE')?.id ?? '';

describe('a finding', () => {
  test('is explained from the field to the command', async () => {
    const { cwd, result } = await desk();
    const { code, stdout } = await overdue(['explain', oldKey(result), '--inventory', 'inventory.ndjson', ...config], { cwd });
    expect(code).toBe(0);
    for (const line of [
      /^ {2}createdAt +2024-01-15T11:00:00Z\n +from CreateDate of iam:ListAccessKeys, observed 2026-11-21T00:00:00Z$/m,
      /^ {2}lastUsedAt +\S+\n +from access_key_1_last_used_date or access_key_2_last_used_date of iam:GetCredentialReport, observed 2026-11-20T/m,
      /^ {2}rotation\.maxAge +90d \(\$rotationMaxAge\), set at overdue\/policies\/rotation\/long-lived-credential\.yaml:\d+$/m,
      /^ {2}business +mira\.haddad@larkspur\.example is inactive, by vendor brightmetrics \(\S*people\.csv:6\)$/m,
      /^ {2}W-2026-006 +expired, until 2026-06-30, approved by dana\.okafor@larkspur\.example \(\S*waivers\.yaml:15\)$/m,
      /^ {2}owasp-nhi-2025 +NHI7:2025 +Long-Lived Secrets$/m,
      /^ {2}disable +aws iam update-access-key --user-name brightmetrics-sync --access-key-id AKIABRIGHTM22EXAMPLE --status Inactive$/m,
      /^ {2}also proved by +brightmetrics-sync\/AKIABRIGHTM26EXAMPLE \(aws\.iam_access_key, active\)$/m,
    ])
      expect(stdout).toMatch(line);
  });

  test('of a saved result says what it lacks, and an inventory beside it brings that', async () => {
    const { cwd, result } = await desk();
    const saved = ['explain', oldKey(result), '--result', 'result.json', ...config];
    const alone = await overdue(saved, { cwd });
    expect(alone.stdout).toMatch(/^ {2}iam:ListAccessKeys +observed \S+: .*createdAt \(CreateDate\)/m);
    expect(alone.stdout).toContain('Give --inventory FILE as well');
    const both = await overdue([...saved, '--inventory', 'inventory.ndjson'], { cwd });
    expect(both.stdout).toContain('aws iam delete-access-key');
  });

  test('says where each value was set: flag, configuration or policy', async () => {
    const { cwd, result } = await desk();
    const argv = ['explain', oldKey(result), '--result', 'result.json'];
    const own = 'apiVersion: overdue/v1\nkind: Config\nparams:\n  rotationMaxAge: 60d\n';
    await writeFile(join(cwd, 'own.yaml'), own);
    expect((await overdue([...argv, '-c', 'own.yaml'], { cwd })).stdout).toContain('60d ($rotationMaxAge), set at own.yaml:4');
    const flag = await overdue([...argv, '-c', 'own.yaml', '--param', 'rotationMaxAge=45d'], { cwd });
    expect(flag.stdout).toContain('45d ($rotationMaxAge), set at --param rotationMaxAge=45d');
  });

  test('is looked for in no cloud unless somebody says so', async () => {
    const { result } = await desk();
    const { code, stderr } = await overdue(['explain', oldKey(result), ...config]);
    expect(code).toBe(2);
    expect(stderr).toContain('nothing says where the finding is');
  });

  test('comes from a run of its own where nothing is saved', async () => {
    const { result } = await desk();
    const { code, stdout } = await overdue(['explain', oldKey(result), ...config, '--replay', join(company, 'traffic')]);
    expect(code).toBe(0);
    expect(stdout).toContain('aws iam delete-access-key');
  });

  test('with a hostile name gets no command that could be another', async () => {
    const cwd = await folderWith({ 'inventory.ndjson': inventoryOf([{ id: "--debug'; rm -rf", createdAt: '2026-01-01T00:00:00Z' }]) });
    const { stdout } = await overdue(['evaluate', 'inventory.ndjson', '-f', 'json', '--no-config', '--no-cache'], { cwd });
    const { id } = (JSON.parse(stdout) as Result).findings.find(({ policy }) => policy === 'rotation/long-lived-credential') ?? { id: '' };
    const explained = await overdue(['explain', id, '--inventory', 'inventory.ndjson', '--no-config', '--no-cache'], { cwd });
    expect(explained.stdout).toContain('no command can be made: the record has nothing fit for {id}');
  });

  test('that is not there is told', async () => {
    const { cwd } = await desk();
    const { code, stderr } = await overdue(['explain', '0123456789abcdef', '--result', 'result.json', ...config], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('there is no finding 0123456789abcdef');
  });
});

describe('a finding of every theme', () => {
  test('can be explained', async () => {
    const { cwd, result } = await desk();
    const onePerTheme = [...Map.groupBy([...result.findings, ...result.waived], ({ theme }) => theme).values()].flatMap(
      ([first]) => first ?? [],
    );
    expect(onePerTheme.length).toBeGreaterThan(5);
    for (const { id, policy } of onePerTheme) {
      const { code, stdout } = await overdue(['explain', id, '--result', 'result.json', '--inventory', 'inventory.ndjson', ...config], {
        cwd,
      });
      expect({ policy, code }).toEqual({ policy, code: 0 });
      expect(stdout).toContain(policy);
    }
  });
});

test('a policy is explained with its values, kinds and examples', async () => {
  const { code, stdout } = await overdue(['explain', 'rotation/long-lived-credential', '--no-config', '--param', 'rotationMaxAge=30d']);
  expect(code).toBe(0);
  expect(stdout).toContain('30d ($rotationMaxAge), set at --param rotationMaxAge=30d');
  expect(stdout).toMatch(/^ {2}aws\.iam_access_key +IAM access key$/m);
  expect(stdout).not.toMatch(/^ {2}aws\.kms_key /m);
  expect(stdout).toMatch(/^Examples\n {2}pass /m);
});

test('a kind is explained with its traits, facts, policies and commands', async () => {
  const { code, stdout } = await overdue(['explain', 'aws.iam_access_key', '--no-config']);
  expect(code).toBe(0);
  for (const line of [
    /^ {2}rotation +replace$/m,
    /^ {2}lastUsedAt +exposed$/m,
    /^ {2,}iam:ListAccessKeys \(status: Status, createdAt: CreateDate, rotatedAt: CreateDate\)$/m,
    /^ {2}rotation\/long-lived-credential +high: /m,
    /^ {2}delete +aws iam delete-access-key --user-name \{identity\/-1\} --access-key-id \{id\}$/m,
  ])
    expect(stdout).toMatch(line);
});

test('what is neither is told, with what was probably meant', async () => {
  const { code, stderr } = await overdue(['explain', 'rotation/long-lived-credentials', '--no-config']);
  expect(code).toBe(2);
  expect(stderr).toContain('did you mean `rotation/long-lived-credential`?');
});

describe('what breaks by a day', () => {
  test.each([['demo'], ['scan', '-c', join(company, 'overdue.yaml'), '--replay', join(company, 'traffic')]])('%s', async (...argv) => {
    const now = await overdue(argv);
    const later = await overdue([...argv, '--as-of', '2027-01-15']);
    expect(now.stdout).not.toContain('judged as of');
    expect(later.stdout).toContain(
      'judged as of 2027-01-15T00:00:00Z, from facts of 2026-11-21T00:00:00Z: what changes in between is not known',
    );
    // The contract with shipfast ends on 2026-12-31.
    expect(now.stdout).not.toContain('the contract with shipfast ended');
    expect(later.stdout).toContain('the contract with shipfast');
  });
});

test('--show-suppressed shows who approved what, until when and why', async () => {
  const { stdout } = await overdue(['demo', '--show-suppressed']);
  const text = stdout.slice(stdout.indexOf('Waived')).replaceAll(/[\s│]+/g, ' ');
  for (const part of ['W-2026-011 until 2026-12-31, PLAT-2291', 'approved by dana.okafor@larkspur.example', 'The build farm'])
    expect(text).toContain(part);
  expect((await overdue(['demo'])).stdout).not.toContain('W-2026-011 until');
});
