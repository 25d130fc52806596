import type { Frameworks } from '../policy/frameworks/framework.ts';
import type { Parameter } from '../policy/parameters.ts';
import type { Policy } from '../policy/policy.ts';
import { judgedEach } from '../policy/predicate.ts';

export type PolicyPage = {
  readonly policies: readonly Policy[];
  readonly parameters: readonly Parameter[];
  readonly frameworks: Frameworks;
  /** Names of the sets that a policy is in, where that is known. */
  readonly setsOf?: (id: string) => readonly string[];
};

/** Policies as Markdown: the parameters, then each policy by theme, with what it demands, why, and what to do. */
export function policyPage(page: PolicyPage): string {
  const themes = Map.groupBy(page.policies, ({ id }) => id.split('/')[0] ?? id);
  return [
    page.parameters.length === 0 ? '' : parameterTable(page.parameters),
    ...[...themes].map(([theme, group]) => `\n## ${theme}\n${group.map((policy) => section(policy, page)).join('')}`),
  ].join('');
}

function parameterTable(parameters: readonly Parameter[]): string {
  const rows = parameters.map(
    ({ name, value, description = '' }) => `| \`${name}\` | \`${cell(String(value))}\` | ${cell(description)} |\n`,
  );
  return `| Parameter | Value | Meaning |\n|---|---|---|\n${rows.join('')}`;
}

function section(policy: Policy, { frameworks, setsOf }: PolicyPage): string {
  const { id, title, severity, subject, status, disabled, waivers, why, fix, severityWhen } = policy;
  const raised = [...new Set(severityWhen.map((step) => step.severity))].join(' or ');
  const facts = [
    raised === '' ? severity : `${severity}, ${raised} in some cases`,
    `judges each ${judgedEach[subject]}`,
    ...(status === 'stable' ? [] : [status]),
    ...(disabled ? ['disabled here'] : []),
    ...(waivers === undefined ? [] : [waivers === 'none' ? 'cannot be waived' : `waived for ${waivers.maxDuration} at most`]),
  ];
  const sets = setsOf?.(id) ?? [];
  return [
    `\n### \`${id}\`\n\n${title}. ${facts.join('; ')}.\n\n${why}\n\nFix: ${fix}\n`,
    sets.length === 0 ? '' : `\nIn the sets ${sets.map((set) => `\`${set}\``).join(', ')}.\n`,
    mapping(policy, frameworks),
  ].join('');
}

function mapping({ mapsTo }: Policy, frameworks: Frameworks): string {
  const cited = Object.entries(mapsTo).map(([id, items]) => `${frameworks.get(id)?.title ?? id} ${items.join(', ')}`);
  return cited.length === 0 ? '' : `\nMaps to ${cited.join('; ')}.\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
