import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const long = (lines: number): string => Array.from({ length: lines }, (_, index) => `  console.log(${String(index)});`).join('\n');

/** What must not stand in a file, and the rule that says so. */
const planted: readonly (readonly [file: string, source: string, rule: string])[] = [
  ['src/model/floating.ts', 'export function f(): void { Promise.resolve(1); }', 'no-floating-promises'],
  [
    'src/model/misused.ts',
    'export function f(list: number[]): void { list.forEach(async (each) => { await Promise.resolve(each); }); }',
    'no-misused-promises',
  ],
  [
    'src/model/switch.ts',
    `export function f(x: 'a' | 'b'): number { switch (x) { case 'a': return 1; } return 2; }`,
    'switch-exhaustiveness-check',
  ],
  ['src/model/any.ts', 'export type T = any;', 'no-explicit-any'],
  ['src/model/unsafe.ts', 'export const x = JSON.parse("1");\nexport const y: string = x.a;', 'no-unsafe-member-access'],
  ['src/model/unsafe-call.ts', 'export const x = JSON.parse("1");\nx();', 'no-unsafe-call'],
  ['src/model/unsafe-return.ts', 'export function f(): string { return JSON.parse("1"); }', 'no-unsafe-return'],
  ['src/model/bang.ts', 'export function f(x?: string): string { return x!; }', 'no-non-null-assertion'],
  ['src/model/ignore.ts', '// @ts-ignore\nexport const x = 1;', 'ban-ts-comment'],
  ['src/model/import-type.ts', `export type T = import('./any.ts').T;`, 'consistent-type-imports'],
  ['src/model/long.ts', `export const x = [\n${'  1,\n'.repeat(320)}];`, 'max-lines'],
  ['src/cli/long-function.ts', `export function f(): void {\n${long(60)}\n}`, 'max-lines-per-function'],
  ['src/report/console.ts', `export function f(): void { console.log('x'); }`, 'no-console'],
  ['src/collect/process.ts', 'export const home = process.env.HOME;', 'no-restricted-globals'],
  ['connectors/aws/fetch.ts', `export const f = () => fetch('https://x.example');`, 'no-restricted-globals'],
  ['connectors/aws/wait.ts', 'export const f = (g: () => void) => setTimeout(g, 1);', 'no-restricted-globals'],
  ['src/policy/now.ts', 'export const now = () => Date.now();', 'no-ambient-clock'],
  ['src/policy/new-date.ts', 'export const now = () => new Date();', 'no-ambient-clock'],
  ['src/policy/date-call.ts', 'export const now = () => Date();', 'no-ambient-clock'],
  [
    'connectors/aws/swallow.ts',
    'export async function f(g: () => Promise<string[]>) { try { return await g(); } catch { return []; } }',
    'no-swallowing-catch',
  ],
  [
    'connectors/aws/swallow-named.ts',
    'export function f(g: () => string) { try { return g(); } catch (error) { return undefined; } }',
    'no-swallowing-catch',
  ],
  ['connectors/aws/swallow-promise.ts', 'export const f = (p: Promise<string[]>) => p.catch(() => []);', 'no-swallowing-catch'],
  ['connectors/aws/double-cast.ts', 'export const f = (x: string) => x as unknown as number;', 'no-double-cast'],
  ['src/model/default.ts', 'export default 1;', 'no-default-export'],
  ['src/model/CamelCase.ts', 'export const x = 1;', 'filename-case'],
  ['test/model/only.test.ts', `import { test } from 'vitest';\ntest.only('x', () => {});`, 'no-focused-tests'],
  ['test/model/skip.test.ts', `import { test } from 'vitest';\ntest.skip('x', () => {});`, 'no-disabled-tests'],
];

/** What the rules must leave alone. */
const fine: readonly (readonly [file: string, source: string])[] = [
  ['src/cli/clock.ts', `export const now = () => Date.now();\nexport const say = () => console.log(process.argv);`],
  ['src/policy/dates.ts', `export const at = (text: string) => new Date(text);\nexport const epoch = (text: string) => Date.parse(text);`],
  [
    'connectors/aws/catch.ts',
    'export function f(g: () => string) { try { return g(); } catch (error) { if (error instanceof TypeError) return undefined; throw error; } }',
  ],
  [
    'connectors/aws/parsed.ts',
    'export function isUrl(text: string): boolean { try { return new URL(text).host !== ""; } catch { return false; } }',
  ],
  ['connectors/aws/unhandled.ts', 'export function f(p: Promise<string>): Promise<string> { p.catch(() => undefined); return p; }'],
  ['connectors/aws/service-account.ts', 'export const f = (x: unknown) => x as string;'],
  [
    'test/model/date.test.ts',
    `import { expect, test } from 'vitest';\ntest('x', () => { expect(new Date().getTime()).toBeGreaterThan(0); });`,
  ],
];

describe('lint', () => {
  let folder = '';
  const found = new Map<string, string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'overdue-lint-'));
    for (const path of ['.oxlintrc.json', 'tsconfig.json', 'package.json', 'test/tools/lint'])
      await cp(path, join(folder, path), { recursive: true });
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    for (const [file, source] of [...planted, ...fine]) {
      await mkdir(join(folder, dirname(file)), { recursive: true });
      await writeFile(join(folder, file), `${source}\n`);
    }
    const { stdout } = await run(resolve('node_modules/.bin/oxlint'), ['--format=unix', 'src', 'connectors', 'test'], {
      cwd: folder,
      timeout: 50_000,
    }).catch((error: unknown) => error as { readonly stdout: string });
    for (const line of stdout.split('\n')) {
      const [file = ''] = line.split(':');
      found.set(file, `${found.get(file) ?? ''}${line}\n`);
    }
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  test.each(planted)('catches %s', (file, _source, rule) => {
    expect(found.get(file) ?? 'nothing found').toContain(`(${rule})`);
  });

  test.each(fine)('leaves %s alone', (file) => {
    expect(found.get(file)).toBeUndefined();
  });
});
