import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { schemaLine } from '../../src/cli/schema-line.ts';
import { shippedPolicies } from '../policy/shipped.ts';
import { folderWith } from './folder-with.ts';
import { overdue } from './overdue.ts';

const own = `apiVersion: overdue/v1
kind: Policy
id: acme/keys-are-used
title: Keys are used
severity: low
subject: credential
assert: { usage: { dormantAfter: 7d } }
why: A key that nobody uses is a key that somebody else can.
fix: Delete it.
mapsTo: { acme-controls-3: ["A-2"] }
examples:
  - { name: used yesterday, given: { kind: aws.iam_access_key, lastUsedAt: 1d ago }, expect: pass }
`;
const controls = `apiVersion: overdue/v1
kind: Framework
id: acme-controls-3
title: Acme controls
version: "3"
source: https://acme.example/controls
verified: "2026-11-21"
extent: All of it.
requirements:
  - { id: A-1, title: Doors are shut, tested: none, because: Doors are out of its sight. }
  - { id: A-2, title: Keys are used, tested: full }
`;
const config = 'apiVersion: overdue/v1\nkind: Config\npolicies: [own.yaml]\nframeworks: [controls.yaml]\n';
const acme = () => folderWith({ 'overdue.yaml': config, 'own.yaml': own, 'controls.yaml': controls });

describe('policy coverage', () => {
  test('says of each requirement which policies test it, and of the others why not', async () => {
    const { code, stdout } = await overdue(['policy', 'coverage', '--framework', 'owasp-nhi-2025', '--no-config']);
    expect(code).toBe(0);
    expect(stdout).toContain('OWASP Non-Human Identities Top 10 2025');
    expect(stdout).toMatch(
      /NHI7:2025 +│ Long-Lived Secrets +│ in part +│ .*\n(?:│ +│ +│ +│ .*\n)*│ +│ +│ +│ rotation\/long-lived-credential/,
    );
    expect(stdout).toMatch(/10 requirements: \d+ tested in full, \d+ in part, \d+ not by these policies, 0 by no test\n$/);
  });

  test('as JSON gives the same as data', async () => {
    const { stdout } = await overdue(['policy', 'coverage', '--framework', 'acme-controls-3', '--format', 'json'], { cwd: await acme() });
    expect(JSON.parse(stdout)).toMatchObject({
      frameworks: [
        {
          id: 'acme-controls-3',
          counts: { full: 1, part: 0, missing: 0, none: 1 },
          requirements: [
            { id: 'A-1', coverage: 'none', policies: [], because: 'Doors are out of its sight.' },
            { id: 'A-2', coverage: 'full', policies: ['acme/keys-are-used'] },
          ],
        },
      ],
    });
  });

  test('names shipped policies that would test what those in force do not', async () => {
    const { stdout } = await overdue(['policy', 'coverage', '--framework', 'cis-controls-8.1'], { cwd: await acme() });
    expect(stdout).toMatch(/ 5\.3 +│ Disable Dormant Accounts +│ not by these +│ shipped, not in force:/);
  });

  test('without a framework sums all of them up', async () => {
    const { stdout } = await overdue(['policy', 'coverage'], { cwd: await acme() });
    expect(stdout).toMatch(/acme-controls-3 +│ 1 +│ 0 +│ 0 +│ 1 +│\n│ Acme controls 3 +│/);
    expect(stdout).toMatch(/nist-csf-2\.0 +│/);
  });

  test('of a framework that is not there says what was meant', async () => {
    const { code, stderr } = await overdue(['policy', 'coverage', '--framework', 'owasp-nih-2025', '--no-config']);
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean `owasp-nhi-2025`?');
  });
});

describe('a policy that maps to', () => {
  const mapped = (mapsTo: string) => own.replace(/mapsTo: .*/, `mapsTo: ${mapsTo}`);

  test.each([
    [
      'a framework that nobody has',
      '{ owasp-nih-2025: ["NHI1:2025"] }',
      'there is no framework `owasp-nih-2025`',
      'did you mean `owasp-nhi-2025`?',
      11,
    ],
    ['an item of CSF 1.1 under 2.0', '{ nist-csf-2.0: [PR.AC-1] }', 'nist-csf-2.0 has no `PR.AC-1`', 'did you mean `PR.AA-01`?', 26],
  ])('%s is shown its line and what was meant', async (_, mapsTo, message, hint, column) => {
    const cwd = await folderWith({ 'own.yaml': mapped(mapsTo) });
    const { code, stderr } = await overdue(['policy', 'validate', 'own.yaml', '--no-config'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
    expect(stderr).toContain(`own.yaml:10:${String(column)}`);
  });

  test('a framework of the configuration is right', async () => {
    expect(await overdue(['policy', 'validate', 'own.yaml'], { cwd: await acme() })).toMatchObject({ code: 0 });
  });
});

test('policy show gives the requirements their titles', async () => {
  const { stdout } = await overdue(['policy', 'show', 'acme/keys-are-used'], { cwd: await acme() });
  expect(stdout).toContain('Maps to\n  Acme controls 3\n    A-2  Keys are used\n');
});

describe('policy test --coverage', () => {
  test('fails over an outcome that no example shows', async () => {
    const cwd = await acme();
    const { code, stdout } = await overdue(['policy', 'test', '--coverage'], { cwd });
    expect(stdout).toBe(
      'acme/keys-are-used: no example of fail, unknown\n1 passed, 0 failed; policies without an example of each outcome: 1\n',
    );
    expect(code).toBe(1);
    expect(await overdue(['policy', 'test'], { cwd })).toMatchObject({ code: 0 });
  });

  test('passes over the shipped policies', async () => {
    expect(await overdue(['policy', 'test', '--coverage', '--no-config'])).toMatchObject({ code: 0 });
  });
});

describe('policy new', () => {
  test('writes a policy that is valid and whose examples run', async () => {
    const cwd = await folderWith({});
    const made = await overdue(['policy', 'new', 'acme/keys-are-used', '--title', 'Keys: used', '--severity', 'high'], { cwd });
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const text = await readFile(join(cwd, 'policies/acme/keys-are-used.yaml'), 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/\.\.\/policy\.schema\.json\n/);
    expect(parse(text)).toMatchObject({ id: 'acme/keys-are-used', title: 'Keys: used', severity: 'high', status: 'experimental' });
    expect(made.stdout).toContain('overdue policy schema > policy.schema.json');
  });

  test('names the schema of the package where that is installed below', () => {
    const host = { cwd: '/acme', packageRoot: '/acme/node_modules/overdue' };
    expect(schemaLine('/acme/policies/keys.yaml', host)).toEqual({
      line: '# yaml-language-server: $schema=../node_modules/overdue/schemas/policy.schema.json\n',
    });
  });

  test('can start from every shipped policy', async () => {
    const cwd = await folderWith({});
    const ids = shippedPolicies.map(({ file }) => file.slice('policies/'.length, -'.yaml'.length));
    for (const id of ids)
      await overdue(['policy', 'new', `acme/${id}`, '--title', 'Mine', '--severity', 'critical', '--from', id], { cwd });
    const { code, stdout, stderr } = await overdue(['policy', 'test', '--coverage', 'policies/acme/**/*.yaml', '--no-config'], { cwd });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\d{3,} passed, 0 failed; policies without an example of each outcome: 0\n$/);
    expect(code).toBe(0);
  });

  test.each([
    ['over a file that is there', ['acme/b', '--output', 'there.yaml'], 'there.yaml is already there'],
    ['under the id of a shipped policy', ['usage/unused-credential'], 'is a shipped policy'],
    ['under one word', ['keys'], 'is no id for a policy'],
    ['under an id with capitals', ['acme/Keys'], 'is no id for a policy'],
    ['from nothing', ['acme/keys', '--from', 'usage/unused-credentials'], 'did you mean `usage/unused-credential`?'],
  ])('refuses to write %s', async (_, argv, message) => {
    const cwd = await folderWith({ 'there.yaml': 'kept' });
    const { code, stderr } = await overdue(['policy', 'new', ...argv, '--title', 'Mine'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(await readFile(join(cwd, 'there.yaml'), 'utf8')).toBe('kept');
  });
});

test('policy docs writes the policies in force as Markdown', async () => {
  const { code, stdout } = await overdue(['policy', 'docs'], { cwd: await acme() });
  expect(code).toBe(0);
  expect(stdout).toBe(
    '# Policies\n\n\n## acme\n\n### `acme/keys-are-used`\n\nKeys are used. low; judges each credential.\n\n' +
      'A key that nobody uses is a key that somebody else can.\n\nFix: Delete it.\n\nMaps to Acme controls A-2.\n',
  );
});

test.each([
  [['policy', 'schema'], 'schemas/policy.schema.json'],
  [['policy', 'schema', '--of', 'framework'], 'schemas/framework.schema.json'],
  [['policy', 'schema', '--of', 'waivers'], 'schemas/waivers.schema.json'],
])('%j prints the published schema', async (argv, path) => {
  const { code, stdout } = await overdue(argv);
  expect(code).toBe(0);
  expect(stdout).toBe(await readFile(path, 'utf8'));
});

test('the demo shows a failure of every theme', async () => {
  const { stdout } = await overdue(['demo', '--format', 'json']);
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly theme: string; readonly verdict: string }[] };
  const themes = findings.filter(({ verdict }) => verdict === 'fail').map(({ theme }) => theme);
  const shipped = shippedPolicies.map(({ file }) => file.split('/')[1] ?? '');
  expect([...new Set(themes)].toSorted()).toEqual([...new Set(shipped)].toSorted());
});

test('findings cite a benchmark only where their kind is what it is about', async () => {
  const { stdout } = await overdue(['demo', '--format', 'json']);
  const { findings } = JSON.parse(stdout) as {
    readonly findings: readonly { readonly mapsTo: object; readonly subject: { kind: string } }[];
  };
  const citing = (provider: string) => findings.filter(({ mapsTo }) => Object.keys(mapsTo).some((id) => id.startsWith(`cis-${provider}-`)));
  for (const provider of ['aws', 'azure', 'gcp', 'github']) {
    expect(citing(provider)).not.toEqual([]);
    expect(citing(provider).filter(({ subject }) => !subject.kind.startsWith(`${provider}.`))).toEqual([]);
  }
});
