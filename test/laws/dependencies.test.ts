import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

type Manifest = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};

const manifest = JSON.parse(await readFile('package.json', 'utf8')) as Manifest;
const names = Object.keys(manifest.devDependencies);

test('the installed package depends on nothing', () => {
  expect(manifest.dependencies).toBeUndefined();
});

test('docs/dependencies.md gives a reason for every dependency, and for no other', async () => {
  const page = await readFile('docs/dependencies.md', 'utf8');
  const rows = [...page.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)];
  expect(rows.map(([, name]) => name).toSorted()).toEqual(names.toSorted());
  expect(rows.filter(([, , reason]) => (reason ?? '').length < 10)).toEqual([]);
});

test('versions are caret ranges of one exact version', () => {
  expect(Object.entries(manifest.devDependencies).filter(([, range]) => !/^\^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
});

test('the lockfile says for every install script whether it may run', async () => {
  const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean; readonly optional?: boolean }>>;
  };
  const scripted = Object.entries(lock.packages).filter(
    ([, { hasInstallScript, optional }]) => hasInstallScript === true && optional !== true,
  );
  const undecided = scripted.map(([path]) => path.split('node_modules/').at(-1) ?? path).filter((name) => !(name in manifest.allowScripts));
  expect(undecided).toEqual([]);
});
