import { parse } from 'yaml';
import { connectors } from '../../../connectors/index.ts';
import { policyPage } from '../../../src/cli/policy-page.ts';
import { readFrameworks } from '../../../src/cli/policies.ts';
import { shippedFolder, shippedPolicies } from '../../../src/cli/shipped-files.ts';
import { kindsOf } from '../../../src/collect/inventory-stream.ts';
import { loadPolicies } from '../../../src/policy/load.ts';
import type { PolicyFile } from '../../../src/policy/sheet.ts';
import { hostOf } from '../../cli/overdue.ts';
import { code, generated, markdownTable } from './markdown.ts';
import type { Pages } from './pages.ts';

const setsFolder = `${shippedFolder}sets/`;

/** Every shipped policy by theme, with the sets that hold it, and the frameworks that they map to. */
export async function policyPages(): Promise<Pages> {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  const host = hostOf({});
  const builtin = await shippedPolicies(host);
  const frameworks = await readFrameworks({ config: {}, folder: host.cwd }, host);
  const known = { kinds: kindsOf(all), frameworks };
  const { policies, parameters } = loadPolicies({
    files: builtin.filter(({ file }) => !file.startsWith(setsFolder)),
    builtin: [],
    ...known,
  });
  const sets = builtin.filter(({ file }) => file.startsWith(setsFolder)).map((file) => setOf(file, builtin));
  const setsOf = (id: string) => sets.filter(({ ids }) => ids.has(id)).map(({ name }) => name);
  const text = [
    generated('Policies', 'policies/'),
    `${String(policies.length)} policies ship with the tool. A run uses the set ${code('builtin:baseline')} unless it is told otherwise;\n`,
    `${code('overdue policy show <id>')} prints one with its values, and the format is described in [policy-format.md](policy-format.md).\n\n`,
    markdownTable(
      ['Set', 'Policies', 'Title', 'What it is'],
      sets.map(({ name, title, description, ids }) => [code(`builtin:${name}`), String(ids.size), title, description]),
    ),
    '\n',
    markdownTable(
      ['Framework', 'Title', 'Requirements listed', 'Of which policies can test'],
      [...frameworks.values()].map(({ id, title, version, requirements }) => [
        code(id),
        `${title} ${version}`,
        String(requirements.size),
        String([...requirements.values()].filter(({ tested }) => tested !== 'none').length),
      ]),
    ),
    `\n${code('overdue policy coverage --framework <id>')} says which policies test each requirement, and what is not tested and why.\n\n`,
    policyPage({ policies, parameters, frameworks, setsOf }),
  ].join('');
  return new Map([['docs/policies.md', text]]);
}

type ShippedSet = { readonly name: string; readonly title: string; readonly description: string; readonly ids: ReadonlySet<string> };

function setOf({ file, text }: PolicyFile, builtin: readonly PolicyFile[]): ShippedSet {
  const { metadata } = parse(text) as { readonly metadata: { readonly id: string; readonly title: string; readonly description: string } };
  const page = `apiVersion: overdue/v1\nkind: PolicySet\nmetadata: { id: page, extends: ["builtin:${metadata.id}"] }\n`;
  const { policies } = loadPolicies({ files: [{ file, text: page }], builtin });
  const ids = policies.filter(({ disabled }) => !disabled).map(({ id }) => id);
  return { name: metadata.id, title: metadata.title, description: metadata.description, ids: new Set(ids) };
}
