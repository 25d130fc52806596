import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

type Manifest = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};

type Locked = {
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

const manifest = JSON.parse(await readFile('package.json', 'utf8')) as Manifest;
const names = Object.keys(manifest.devDependencies);
const lock = (JSON.parse(await readFile('package-lock.json', 'utf8')) as { readonly packages: Readonly<Record<string, Locked>> }).packages;

test('the installed package depends on nothing', () => {
  expect(manifest.dependencies).toBeUndefined();
});

test('docs/dependencies.md gives a reason for every dependency, and for no other', async () => {
  const page = await readFile('docs/dependencies.md', 'utf8');
  const rows = [...page.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)];
  expect(new Set(rows.map(([, name]) => name))).toEqual(new Set(names));
  expect(rows.length).toBe(names.length);
  expect(rows.filter(([, , reason]) => (reason ?? '').length < 10)).toEqual([]);
});

test('versions are caret ranges of one exact version', () => {
  expect(Object.entries(manifest.devDependencies).filter(([, range]) => !/^\^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
});

test('the manifest says for every install script whether it may run', () => {
  const scripted = Object.entries(lock).filter(([, { hasInstallScript, optional }]) => hasInstallScript === true && optional !== true);
  const undecided = scripted.map(([path]) => path.split('node_modules/').at(-1) ?? path).filter((name) => !(name in manifest.allowScripts));
  expect(undecided).toEqual([]);
});

// Without them `npm ci` refuses the lockfile on every platform. They go missing when a version is so new that a mirror lacks parts of it.
test('the lockfile holds the optional packages of all platforms', () => {
  const missing = Object.entries(lock).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !(`${path}/node_modules/${name}` in lock) && !(`node_modules/${name}` in lock)),
  );
  expect(missing).toEqual([]);
});
