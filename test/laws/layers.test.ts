import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ICruiseResult, cruise } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import configuration from '../../dependency-cruiser.config.ts';
import { layerTable, ruleList } from '../tools/layers/layer-table.ts';

/** What must not stand in a file, and the rule that says so. */
const planted: readonly (readonly [file: string, source: string, rule: string])[] = [
  ['src/model/a.ts', `import { verdict } from '../policy/ok.ts';`, 'src/model'],
  ['src/model/b.ts', `import type { Verdict } from '../policy/ok.ts';`, 'src/model'],
  ['src/model/c.ts', `import 'ajv';`, 'src/model'],
  ['src/model/d.ts', `import { createHash } from 'node:crypto';`, 'src/model'],
  ['src/document/a.ts', `import { readFileSync } from 'node:fs';`, 'src/document'],
  ['src/connector/a.ts', `export type { Verdict } from '../policy/ok.ts';`, 'src/connector'],
  ['src/collect/a.ts', `import { verdict } from '../policy/ok.ts';`, 'src/collect'],
  ['src/sources/a.ts', `import { readFile } from 'fs/promises';`, 'src/sources'],
  ['src/reconcile/a.ts', `import type { Surface } from '../connector/ok.ts';`, 'src/reconcile'],
  ['src/policy/a.ts', `import { text } from '../report/ok.ts';`, 'src/policy'],
  ['src/policy/b.ts', `export const late = () => import('node:child_process');`, 'src/policy'],
  ['src/waivers/a.ts', `import type { Verdict } from '../policy/ok.ts';`, 'src/waivers'],
  ['src/history/a.ts', `import { text } from '../report/ok.ts';`, 'src/history'],
  ['src/report/a.ts', `import { verdict } from '../policy/ok.ts';`, 'src/report'],
  ['src/report/b.ts', `import process from 'node:process';`, 'src/report'],
  ['src/report/c.ts', `import { type Verdict } from '../policy/ok.ts';`, 'src/report'],
  ['src/scan.ts', `import { main } from './cli/ok.ts';`, 'src/scan.ts'],
  ['src/cli/a.ts', `import '@aws-sdk/client-iam';`, 'src/cli'],
  ['src/cli/b.ts', `export const late = () => import('../../connectors/aws/ok.ts');`, 'src-without-connectors'],
  ['src/cli/c.ts', `import type { Session } from '../../connectors/aws/ok.ts';`, 'src-without-connectors'],
  ['connectors/index.ts', `import { main } from '../src/cli/ok.ts';`, 'connectors/index.ts'],
  ['connectors/aws/a.ts', `import { login } from '../gcp/ok.ts';`, 'connectors/<id>'],
  ['connectors/aws/b.ts', `import { main } from '../../src/cli/ok.ts';`, 'connectors/<id>'],
  ['connectors/aws/c.ts', `import type { Verdict } from '../../src/policy/ok.ts';`, 'connectors/<id>'],
  ['connectors/aws/d.ts', `import { readFile } from 'node:fs/promises';`, 'connectors/<id>'],
  ['bin/a.ts', `import { verdict } from '../src/policy/ok.ts';`, 'bin'],
  ['src/cli/d.ts', `import { rig } from '../../test/ok.ts';`, 'nobody-imports-tests'],
  ['src/cli/e.ts', `import { f } from './f.ts'; export const e = () => f;`, 'no-cycles'],
  ['src/cli/g.ts', `import { gone } from './gone.ts';`, 'no-unresolved'],
];

/** What the rules must leave alone. */
const fine: readonly (readonly [file: string, source: string])[] = [
  ['src/model/ok.ts', `export const noun = 1; export type Noun = 1;`],
  ['src/policy/ok.ts', `import 'ajv'; import type { Noun } from '../model/ok.ts'; export const verdict = 1; export type Verdict = Noun;`],
  ['src/report/ok.ts', `import { noun } from '../model/ok.ts'; export const text = noun;`],
  [
    'src/waivers/ok.ts',
    `import { createHash } from 'node:crypto'; import { noun } from '../model/ok.ts'; export const id = createHash(String(noun));`,
  ],
  ['src/connector/ok.ts', `import type { Noun } from '../model/ok.ts'; export type Surface = Noun;`],
  [
    'src/cli/ok.ts',
    `import { readFileSync } from 'node:fs'; import 'ajv'; import { verdict } from '../policy/ok.ts'; export const main = () => [readFileSync, verdict];`,
  ],
  [
    'connectors/aws/ok.ts',
    `import '@aws-sdk/client-iam'; import type { Surface } from '../../src/connector/ok.ts'; export type Session = Surface;`,
  ],
  ['connectors/gcp/ok.ts', `import { login } from './login.ts'; export { login };`],
  ['connectors/gcp/login.ts', `export const login = 1;`],
  ['bin/ok.ts', `import { main } from '../src/cli/ok.ts'; main();`],
  // The other half of a planted cycle, which is reported once.
  ['src/cli/f.ts', `import { e } from './e.ts'; export const f = () => e;`],
  ['test/ok.ts', `import { login } from '../connectors/gcp/ok.ts'; import '../src/policy/ok.ts'; export const rig = login;`],
  ['node_modules/ajv/package.json', `{ "name": "ajv", "main": "index.js" }`],
  ['node_modules/ajv/index.js', ``],
  ['node_modules/@aws-sdk/client-iam/package.json', `{ "name": "@aws-sdk/client-iam", "main": "index.js" }`],
  ['node_modules/@aws-sdk/client-iam/index.js', ``],
];

describe('layer rules', () => {
  const broken = new Map<string, Set<string>>();
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'overdue-layers-'));
    for (const [file, source] of [...planted, ...fine]) {
      await mkdir(join(folder, dirname(file)), { recursive: true });
      await writeFile(join(folder, file), source);
    }
    const { forbidden, options } = configuration;
    const { output } = await cruise(
      ['bin', 'src', 'connectors', 'test'],
      { ...options, ruleSet: { forbidden }, validate: true, baseDir: folder },
      options.enhancedResolveOptions,
    );
    for (const { from, rule } of (output as ICruiseResult).summary.violations)
      broken.set(from, (broken.get(from) ?? new Set()).add(rule.name));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each(planted)('catch %s: %s', (file, _source, rule) => {
    expect([...(broken.get(file) ?? [])]).toContain(rule);
  });

  test.each(fine)('leave %s alone', (file) => {
    expect([...(broken.get(file) ?? [])]).toEqual([]);
  });

  test('are each tried by a planted violation', () => {
    const tried = new Set<string | undefined>(planted.map(([, , rule]) => rule));
    expect(configuration.forbidden.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });
});

test('docs/architecture.md has the layer rules, word for word', async () => {
  const page = await readFile('docs/architecture.md', 'utf8');
  expect(page).toContain(layerTable());
  expect(page).toContain(ruleList());
});
