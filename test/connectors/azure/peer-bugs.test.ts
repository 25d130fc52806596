import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/model/finding.ts';
import type { Result } from '../../../src/model/result.ts';
import { folderWith } from '../../cli/folder-with.ts';
import { overdue } from '../../cli/overdue.ts';
import { tenant } from './rig.ts';

// Ways in which scanners have called a tenant clean that was not. Each goes in as a change of the recorded company and comes out as
// findings. That ten vaults and more come to an end is in estate-size.test.ts. The clock stands at 2026-11-21T00:00:00Z.

const traffic = 'fixtures/company/traffic/azure';
const config = `apiVersion: overdue/v1\nkind: Config\nconnectors: { azure: { tenants: [{ id: ${tenant} }] } }\npolicies: ["builtin:baseline"]\n`;

type Edit = (file: string, text: string) => string;

async function scan(surface: string, edit: Edit, ...flags: readonly string[]) {
  const names = await readdir(traffic);
  const texts = await Promise.all(names.map(async (name) => [name, await readFile(`${traffic}/${name}`, 'utf8')] as const));
  const files = Object.fromEntries(texts.map(([name, text]) => [`traffic/azure/${name}`, edit(name, text)]));
  const recording = JSON.stringify({ schemaVersion: 1, recordedAt: '2026-11-21T00:00:00Z' });
  const cwd = await folderWith({ 'overdue.yaml': config, 'traffic/recording.json': recording, ...files });
  const { code, stdout, stderr } = await overdue(['scan', '--replay', 'traffic', '--surface', surface, '-f', 'json', ...flags], { cwd });
  if (stdout === '') throw new Error(stderr);
  const { findings, coverage } = JSON.parse(stdout) as Result;
  const of = (policy: string): readonly Finding[] => findings.filter((each) => each.policy === policy && each.verdict === 'fail');
  return { code, of, coverage: coverage.filter(({ state }) => state === 'partial' || state === 'denied') };
}

/** A change of one file, which must be one. */
const change =
  (of: string, find: string, replace: string): Edit =>
  (file, text) => {
    if (file !== of) return text;
    if (!text.includes(find)) throw new Error(`nothing to replace in ${of}: ${find}`);
    return text.replace(find, replace);
  };

describe('a secret of a vault', () => {
  test('whose end is past is not fine because it has one', async () => {
    const past = change('vault-prod-secrets-1.json', '"exp": 1806278400', '"exp": 1546300800');
    const { of } = await scan('azure.keyvault_secret', past);
    const [finding] = of('expiry/expired-still-present').filter(({ subject }) => subject.name === 'checkout-db-password');
    expect(finding?.evidence).toMatchObject([{ code: 'expired', observed: '2019-01-01T00:00:00Z' }]);
  });

  test('in a vault that is closed on both sides is told, and no gate is green', async () => {
    const refused = JSON.stringify({ error: { code: 'Forbidden', message: 'no', innererror: { code: 'ForbiddenByRbac' } } });
    const closed: Edit = (file, text) => {
      if (!['vault-prod-secrets-1.json', 'arm-prod-secrets.json'].includes(file)) return text;
      const { request } = JSON.parse(text) as { readonly request: unknown };
      return JSON.stringify({ request, responses: [{ status: 403, body: JSON.parse(refused) as unknown }] });
    };
    const { coverage, code } = await scan('azure.keyvault_secret', closed, '--fail-on', 'none');
    expect(coverage).toContainEqual(
      expect.objectContaining({ scope: 'vault/larkspur-prod-kv', state: 'denied', requires: ['Key Vault Reader'] }),
    );
    expect(code).toBe(3);
  });
});

describe('secrets of an application', () => {
  test('with one name are told apart', async () => {
    const twins: Edit = (file, text) => {
      if (!file.startsWith('graph-applications-')) return text;
      return text.replace('"displayName": "export (no end)"', '"displayName": "export"');
    };
    const { of } = await scan('azure.application', twins);
    const found = [...of('expiry/expired-still-present'), ...of('expiry/no-expiry')].filter(({ subject }) => subject.name === 'export');
    expect(found).toHaveLength(2);
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
    expect(new Set(found.map(({ subject }) => subject.id)).size).toBe(2);
  });

  test('that live for ten years are not fine because they end', async () => {
    const far = change('graph-applications-1.json', '"2027-09-17T09:12:00Z"', '"2036-10-07T09:12:00Z"');
    const { of } = await scan('azure.application', far);
    expect(of('expiry/lives-too-long').map(({ subject }) => subject.name)).toContain('production 2026-10');
  });
});
