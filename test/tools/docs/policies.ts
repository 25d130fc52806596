import { connectors } from '../../../connectors/index.ts';
import { kindsOf } from '../../../src/collect/inventory-stream.ts';
import { shippedPolicies } from '../../../src/cli/policies.ts';
import { loadPolicies } from '../../../src/policy/load.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { hostOf } from '../../cli/overdue.ts';
import type { Pages } from './pages.ts';
import { code, generated, markdownTable } from './markdown.ts';

/** All shipped policies of the baseline set, by theme. */
export async function policyPage(): Promise<Pages> {
  const all = await Promise.all(Object.values(connectors).map((load) => load()));
  const { policies, parameters } = loadPolicies({ files: [], builtin: await shippedPolicies(hostOf({})), kinds: kindsOf(all) });
  const themes = Map.groupBy(policies, ({ id }) => id.split('/')[0] ?? id);
  const text = [
    generated('Policies', 'policies/'),
    'The set `builtin:baseline`. `overdue policy show <id>` prints one with its values; the format is described in [policy-format.md](policy-format.md).\n\n',
    markdownTable(
      ['Parameter', 'Default', 'Meaning'],
      parameters.map(({ name, value, description }) => [code(name), code(String(value)), description ?? '']),
    ),
    ...[...themes].map(([theme, group]) => `\n## ${theme}\n${group.map(section).join('')}`),
  ].join('');
  return new Map([['docs/policies.md', text]]);
}

function section({ id, title, severity, subject, why, fix, mapsTo }: Policy): string {
  const frameworks = Object.entries(mapsTo).map(([framework, ids]) => `${framework}: ${ids.join(', ')}`);
  return [
    `\n### ${code(id)}\n\n${title}. ${severity}, judges each ${subject}.\n\n${why}\n\nFix: ${fix}\n`,
    frameworks.length > 0 ? `\nMaps to ${frameworks.join('; ')}.\n` : '',
  ].join('');
}
