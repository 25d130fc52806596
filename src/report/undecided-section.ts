import type { ChalkInstance } from 'chalk';
import type { Finding } from '../model/finding.ts';
import { printable } from '../model/printable.ts';
import { grid } from './grid.ts';
import type { RenderOptions } from './reporter.ts';
import { missingSentence } from './wording.ts';

const mostKinds = 3;

/**
 * What could not be decided is said once for each policy and missing fact: what a provider does not tell, it tells of no item of a kind.
 * JSON has each of them.
 */
export function* undecidedSection(findings: readonly Finding[], chalk: ChalkInstance, { limit, width }: RenderOptions): Generator<string> {
  if (findings.length === 0) return;
  const groups = [...Map.groupBy(findings, ({ policy, evidence }) => `${policy}\n${withoutDetails(evidence)}`).values()];
  const rows = groups.slice(0, limit).map((group) => [group[0]?.policy ?? '', kindsCell(group), reasonCell(group)]);
  yield `\n${chalk.bold('Not decided')}  ${chalk.dim('a fact was missing; neither pass nor fail')}\n`;
  yield grid(['Policy', 'Subjects', 'Why'], rows, width);
  if (groups.length > rows.length) yield `… and ${String(groups.length - rows.length)} more (--limit, or -f json for all)\n`;
}

/** Those kinds with the most items are named, the rest is counted. */
function kindsCell(findings: readonly Finding[]): string {
  const kinds = [...Map.groupBy(findings, ({ subject }) => subject.kind)].toSorted(([, a], [, b]) => b.length - a.length);
  // One more takes no more room than the words for it.
  const named = kinds.length <= mostKinds + 1 ? kinds : kinds.slice(0, mostKinds);
  const rest = kinds.slice(named.length);
  const lines = named.map(([kind, { length }]) => `${String(length)} × ${kind}`);
  const others = rest.reduce((sum, [, { length }]) => sum + length, 0);
  return [...lines, ...(rest.length === 0 ? [] : [`${String(others)} × ${String(rest.length)} other kinds`])].join('\n');
}

function reasonCell(findings: readonly Finding[]): string {
  const reasons = new Set(findings.map(({ reason }) => reason));
  const [first = ''] = reasons;
  return printable(reasons.size === 1 ? first : withoutDetails(findings[0]?.evidence ?? []));
}

function withoutDetails(evidence: Finding['evidence']): string {
  return evidence.map((each) => (each.code === 'unknown' ? missingSentence({ fact: each.fact, why: each.why }) : each.code)).join('; ');
}
