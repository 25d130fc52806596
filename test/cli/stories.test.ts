import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Interruption } from '../../src/cli/interruption.ts';
import { connectors } from '../../connectors/index.ts';
import type { Connector } from '../../src/connector/contract.ts';
import { ResultSchema } from '../../src/model/result-schema.ts';
import type { Result } from '../../src/model/result.ts';
import { folderWith } from './folder-with.ts';
import { type Told, overdue, repository } from './overdue.ts';

const company = join(repository, 'fixtures/company');
const scanOf = (...more: readonly string[]): string[] => [
  'scan',
  '-c',
  join(company, 'overdue.yaml'),
  '--replay',
  join(company, 'traffic'),
  ...more,
];

const ajv = new Ajv({ allowUnionTypes: true });
formats.default(ajv);
const isResult = ajv.compile(ResultSchema);

async function resultOf(argv: readonly string[]): Promise<Result> {
  return JSON.parse((await overdue(argv)).stdout) as Result;
}

/** A run over all recorded traffic, by whichever test needs it first: on a busy machine each takes its time. */
const runs = new Map<string, Promise<Told>>();
function once(...argv: readonly string[]): Promise<Told> {
  const key = argv.join(' ');
  const run = runs.get(key) ?? overdue(argv);
  runs.set(key, run);
  return run;
}

describe('the demo', () => {
  test('prints the golden table and ends with 1', async () => {
    const { code, stdout, stderr } = await once('demo');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('../../fixtures/golden/demo.txt');
  });

  test('gives the golden JSON, which fits the published schema', async () => {
    const { code, stdout } = await once('demo', '-f', 'json');
    expect(code).toBe(1);
    const valid = isResult(JSON.parse(stdout));
    expect(ajv.errorsText(isResult.errors)).toBe('No errors');
    expect(valid).toBe(true);
    await expect(stdout).toMatchFileSnapshot('../../fixtures/golden/demo.json');
  });

  test('shows every theme of the shipped policies, a gap in coverage and a waiver', async () => {
    const result = JSON.parse((await once('demo', '-f', 'json')).stdout) as Result;
    const themes = (await readdir(join(repository, 'policies'))).filter((name) => name !== 'sets' && name !== 'frameworks');
    expect(Object.keys(result.summary.byTheme)).toEqual(themes.toSorted());
    expect(result.coverage.some((row) => row.state === 'denied')).toBe(true);
    expect(result.waivers.map(({ state }) => state).toSorted()).toEqual(['active', 'expired', 'unmatched']);
  });

  test('is the same from any folder and in any environment', async () => {
    const cwd = await folderWith({ 'overdue.yaml': 'not: ours' });
    const elsewhere = await overdue(['demo'], { cwd, env: { AWS_PROFILE: 'production', GITHUB_TOKEN: 'x', AZURE_TENANT_ID: 'y' } });
    expect(elsewhere).toEqual(await once('demo'));
  });

  test('writes a file beside the caller', async () => {
    const cwd = await folderWith({});
    const told = await overdue(['demo', '-o', 'out.json'], { cwd });
    expect(told.code).toBe(1);
    expect(told.stdout).toBe('');
    expect(told.stderr).toContain('out.json written; exit 1');
    expect(await readdir(cwd)).toEqual(['out.json']);
    expect(isResult(JSON.parse(await readFile(join(cwd, 'out.json'), 'utf8')))).toBe(true);
  });
});

describe('collecting here and judging there', () => {
  test('finds what a scan finds', async () => {
    const cwd = await folderWith({});
    const collected = await overdue(
      ['collect', '-c', join(company, 'overdue.yaml'), '--replay', join(company, 'traffic'), '-o', 'inventory.ndjson'],
      { cwd },
    );
    expect(collected).toEqual({ code: 3, stdout: '', stderr: '' });
    const there = JSON.parse(
      (await overdue(['evaluate', 'inventory.ndjson', '-c', join(company, 'overdue.yaml'), '-f', 'json'], { cwd })).stdout,
    ) as Result;
    const here = JSON.parse((await overdue(scanOf('-f', 'json'), { cwd })).stdout) as Result;
    expect(there.findings).toEqual(here.findings);
    expect(there.coverage).toEqual(here.coverage);
    expect(there.exit).toEqual(here.exit);
  });

  test('an inventory is the same bytes twice', async () => {
    const collect = ['collect', '-c', join(company, 'overdue.yaml'), '--replay', join(company, 'traffic')];
    expect((await overdue(collect)).stdout).toBe((await overdue(collect)).stdout);
  });

  test('an inventory can be listed, by kind', async () => {
    const { stdout, code } = await overdue([
      'inventory',
      '-c',
      join(company, 'overdue.yaml'),
      '--replay',
      join(company, 'traffic'),
      '--kind',
      'gcp.*',
      '-f',
      'ndjson',
    ]);
    const kinds = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(code).toBe(3);
    expect(kinds).toContain('gcp.service_account_key');
    expect(kinds.filter((kind) => !kind.startsWith('gcp.'))).toEqual([]);
  });
});

describe('the gate', () => {
  test.each<[string, readonly string[], number]>([
    ['findings at the default', [], 1],
    ['no finding that high, but a blind spot', ['--connector', 'azure', '--fail-on', 'critical'], 3],
    ['nothing gates, coverage does', ['--fail-on', 'none'], 3],
    ['neither gates', ['--fail-on', 'none', '--require-coverage', 'none'], 0],
    ['unknown verdicts gate', ['--fail-on', 'none', '--require-coverage', 'none', '--fail-on-unknown', 'low'], 3],
    ['findings beat blindness', ['--fail-on', 'low', '--require-coverage', 'full'], 1],
    ['a clean part, completely seen', ['--connector', 'gcp', '--surface', 'gcp.service_account', '--fail-on', 'critical'], 0],
  ])('%s', async (_name, flags, code) => {
    expect((await overdue(scanOf(...flags))).code).toBe(code);
  });

  test('the format does not change it', async () => {
    const codes = await Promise.all(['table', 'json'].map(async (format) => (await overdue(scanOf('-f', format))).code));
    expect(codes).toEqual([1, 1]);
  });

  test('a surface that was left out stays visible, and gates only under full coverage', async () => {
    const flags = ['--connector', 'gcp', '--surface', 'gcp.service_account', '--fail-on', 'critical'];
    const { stdout, code } = await overdue(scanOf(...flags));
    expect(code).toBe(0);
    expect(stdout).toContain('left out by --surface');
    expect((await overdue(scanOf(...flags, '--require-coverage', 'full'))).code).toBe(3);
  });
});

describe('judging', () => {
  test('as of a later day finds what will be overdue then', async () => {
    const today = await resultOf(scanOf('-f', 'json', '--connector', 'gcp'));
    const later = await resultOf(scanOf('-f', 'json', '--connector', 'gcp', '--as-of', '2027-03-01'));
    expect(later.asOf).toBe('2027-03-01T00:00:00Z');
    expect(later.findings.filter(({ theme }) => theme === 'rotation').length).toBeGreaterThan(
      today.findings.filter(({ theme }) => theme === 'rotation').length,
    );
  });

  test('with a parameter of the command line', async () => {
    const strict = await resultOf(scanOf('-f', 'json', '--param', 'rotationMaxAge=5d'));
    const loose = await resultOf(scanOf('-f', 'json', '--param', 'rotationMaxAge=9999d'));
    const rotation = ({ findings }: Result): number =>
      findings.filter(({ policy, verdict }) => policy === 'rotation/long-lived-credential' && verdict === 'fail').length;
    expect(rotation(strict)).toBeGreaterThan(10);
    expect(rotation(loose)).toBe(0);
  });

  test('without a roster concludes nothing about owners', async () => {
    const cwd = await folderWith({
      'overdue.yaml': 'apiVersion: overdue/v1\nkind: Config\nconnectors: { github: { organizations: [larkspur-foods] } }\n',
    });
    const { stdout } = await overdue(['scan', '--replay', join(company, 'traffic'), '-f', 'json'], { cwd });
    const { findings } = JSON.parse(stdout) as Result;
    expect(findings.filter(({ policy, verdict }) => policy === 'orphan/owner-left' && verdict === 'fail')).toEqual([]);
    expect(findings.some(({ policy, verdict }) => policy === 'orphan/owner-left' && verdict === 'unknown')).toBe(true);
  });

  test('without waivers shows what they cover', async () => {
    const without = await resultOf(scanOf('-f', 'json', '--no-waivers'));
    expect(without.waivers).toEqual([]);
    expect(without.waived).toEqual([]);
  });
});

describe('other commands', () => {
  test.each(['aws', 'azure', 'gcp', 'github'])(
    'permissions %s prints what the connector needs, and nothing that writes',
    async (connector) => {
      const { code, stdout, stderr } = await overdue(['permissions', connector]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).not.toMatch(/GetSecretValue|ReadOnlyAccess|listKeys|secretmanager\.versions\.access|:write|"write"|ReadWrite/);
    },
  );

  test('permissions of fewer surfaces are fewer', async () => {
    const { stdout } = await overdue(['permissions', 'aws', '--surface', 'aws.secretsmanager_secret']);
    expect(stdout).toContain('secretsmanager:ListSecrets');
    expect(stdout).not.toContain('iam:ListAccessKeys');
  });

  test('doctor says what can be read and what is missing', async () => {
    const { code, stdout } = await overdue(['doctor', '-c', join(company, 'overdue.yaml'), '--replay', join(company, 'traffic')]);
    expect(code).toBe(3);
    expect(stdout).toContain('can be read');
    expect(stdout).toContain('vault/larkspur-legacy-kv');
    expect(
      (await overdue(['doctor', '--connector', 'gcp', '-c', join(company, 'overdue.yaml'), '--replay', join(company, 'traffic')])).code,
    ).toBe(0);
  });

  test('policy list, show and test work on the shipped policies', async () => {
    const cwd = await folderWith({});
    const list = await overdue(['policy', 'list'], { cwd });
    expect(list.code).toBe(0);
    expect(list.stdout).toContain('rotation/long-lived-credential');
    const show = await overdue(['policy', 'show', 'rotation/long-lived-credential', '--param', 'rotationMaxAge=33d'], { cwd });
    expect(show.stdout).toContain('maxAge: 33d');
    expect(await overdue(['policy', 'show', 'rotation/long-lived-credentials'], { cwd })).toMatchObject({ code: 2 });
    const tested = await overdue(['policy', 'test'], { cwd });
    expect(tested.code).toBe(0);
    expect(tested.stdout).toMatch(/\d+ passed, 0 failed/);
  });

  test('policy test fails on an example that does not hold', async () => {
    const text = await readFile(join(repository, 'policies/rotation/long-lived-credential.yaml'), 'utf8');
    const wrong = text.replace('expect: pass', 'expect: fail');
    expect(wrong).not.toBe(text);
    const cwd = await folderWith({ 'p.yaml': wrong });
    const { code, stdout } = await overdue(['policy', 'test', 'p.yaml'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/expected fail, got pass/);
  });
});

test('an interrupted scan ends with what there is, marked, and the code of the signal', async () => {
  const abort = new AbortController();
  onTestFinished(() => {
    abort.abort();
  });
  const hanging: Connector = {
    id: 'toy',
    title: 'Toy',
    settings: { type: 'object', properties: {} },
    environment: [],
    surfaces: [
      {
        id: 'toy.key',
        title: 'Keys',
        source: 'https://example.com',
        level: 'account',
        kinds: [],
        operations: [],
        async *list() {
          queueMicrotask(() => {
            abort.abort(new Interruption(130));
          });
          await new Promise(() => undefined);
          yield [];
        },
        normalize: () => [],
      },
    ],
    blindSpots: [],
    permissionDocument: () => '\n',
    async *connect() {
      yield await Promise.resolve({ level: 'account', scope: 'account/1', open: () => Promise.resolve({}) });
    },
    classify: () => undefined,
    operationOf: () => '',
  };
  const cwd = await folderWith({});
  const { code, stdout } = await overdue(['scan', '--connector', 'toy', '-f', 'json'], {
    cwd,
    signal: abort.signal,
    connectors: { ...connectors, toy: () => Promise.resolve(hanging) },
  });
  const result = JSON.parse(stdout) as Result;
  expect(code).toBe(130);
  expect(result.interrupted).toBe(true);
  expect(result.coverage).toMatchObject([{ surface: 'toy.key', state: 'partial', reason: 'cancelled' }]);
});
