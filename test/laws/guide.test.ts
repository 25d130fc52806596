import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { folderWith } from '../cli/folder-with.ts';
import { overdue } from '../cli/overdue.ts';

type Snippet = { readonly apiVersion?: string; readonly kind?: string; readonly id?: string };

const guide = await readFile('docs/policy-format.md', 'utf8');
const snippets = [...guide.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);
const written = (kind: string) => snippets.filter((text) => (parse(text) as Snippet).kind === kind);

test('the guide shows a policy, a set, a framework and a configuration', () => {
  for (const kind of ['Policy', 'PolicySet', 'Framework', 'Config']) expect(written(kind), kind).not.toEqual([]);
});

describe('what the guide shows is right', () => {
  test.each([...written('Policy'), ...written('PolicySet')].map((text) => [(parse(text) as Snippet).id ?? 'a set', text]))(
    '%s passes its own examples',
    async (_, text) => {
      const cwd = await folderWith({ 'own.yaml': text });
      const { code, stdout, stderr } = await overdue(['policy', 'test', '--coverage', 'own.yaml', '--no-config'], { cwd });
      expect(stderr).toBe('');
      expect(stdout).toMatch(/ 0 failed; policies without an example of each outcome: 0\n$/);
      expect(code).toBe(0);
    },
  );

  test('its configuration and its framework, together', async () => {
    const [config = ''] = written('Config');
    const [framework = ''] = written('Framework');
    const [policy = ''] = written('Policy');
    const cwd = await folderWith({
      'overdue.yaml': `${config}frameworks: [controls.yaml]\n`,
      'controls.yaml': framework,
      'policies/acme/deploy-keys-are-used.yaml': policy,
    });
    const { code, stdout } = await overdue(['policy', 'coverage', '--framework', 'acme-controls-3'], { cwd });
    expect(stdout).toContain('3 requirements: 0 tested in full, 0 in part, 2 not by these policies, 1 by no test');
    expect(code).toBe(0);
  });

  const table = /\| the sentence \| `assert` \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(guide)?.[1] ?? '';
  const rows = table
    .trimEnd()
    .split('\n')
    .map((row) => /^\| (.*) \| `(.*)` \|$/.exec(row));

  test.each(rows.map((row) => [row?.[1] ?? '', row?.[2] ?? '']))('%s', async (_, assertion) => {
    const head = 'apiVersion: overdue/v1\nkind: Policy\nid: acme/a\ntitle: A\nseverity: low\nsubject: credential\nwhy: a\nfix: b\n';
    const cwd = await folderWith({ 'own.yaml': `${head}assert: { ${assertion} }\n` });
    expect(await overdue(['policy', 'validate', 'own.yaml', '--no-config'], { cwd })).toMatchObject({ code: 0, stderr: '' });
  });
});
