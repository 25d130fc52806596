import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';

/** Licences that let their code travel inside ours, as long as the notice travels too. */
const allowed = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT']);

/**
 * Writes the licence of every package that ended up in the bundle. Fails the build where a package names no licence, or one that is
 * not allowed.
 */
export function thirdPartyNotices({ file }: { readonly file: string }): Plugin {
  return {
    name: 'third-party-notices',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []));
      this.emitFile({ type: 'asset', fileName: file, source: noticesOf(modules) });
    },
  };
}

type Package = { readonly label: string; readonly license: string; readonly text: string };

/** Takes the module ids of the bundle. Packages with the same text share one section. */
export function noticesOf(modules: readonly string[]): string {
  const folders = new Set(modules.filter((id) => id.includes('/node_modules/')).map(packageFolder));
  const packages = [...folders].map(readPackage).toSorted((a, b) => (a.label < b.label ? -1 : 1));
  const refused = packages.filter(({ license }) => !allowed.has(license)).map(({ label, license }) => `${label} (${license})`);
  if (refused.length > 0) throw new Error(`bundled under a licence that is not allowed: ${refused.join(', ')}`);
  const sections = Map.groupBy(packages, ({ license, text }) => `${license}\n\n${text}`);
  return [heading, ...[...sections].map(([text, sharing]) => section(sharing, text))].join(`\n${'-'.repeat(80)}\n\n`);
}

const heading = 'The program in this folder contains code of the packages below, each under its own licence.\n';

function section(sharing: readonly Package[], text: string): string {
  const labels = new Set(sharing.map(({ label }) => label));
  return `${[...labels].join('\n')}\n\n${text}\n`;
}

/** By path, since some packages hold manifests of their own in inner folders. */
function packageFolder(moduleId: string): string {
  const folder = /^\0*(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(moduleId)?.[1];
  if (folder === undefined) throw new Error(`no package in ${moduleId}`);
  return folder;
}

function readPackage(folder: string): Package {
  type Manifest = { readonly name: string; readonly version: string; readonly license?: string };
  const { name, version, license = 'none' } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  return { label: `${name} ${version}`, license, text: licenceText(folder) };
}

function licenceText(folder: string): string {
  const names = readdirSync(folder).filter((name) => /^(?:licen[cs]e|notice|copying)(?:[.-].*)?$/i.test(name));
  if (names.length === 0) return '(The package ships no text of its licence.)';
  return names
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim())
    .join('\n\n');
}
