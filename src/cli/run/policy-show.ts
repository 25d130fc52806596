import { stringify } from 'yaml';
import { didYouMean } from '../../document/suggest.ts';
import { OperatorError } from '../../model/operator-error.ts';
import { printable } from '../../model/printable.ts';
import type { Frameworks } from '../../policy/frameworks/framework.ts';
import type { Policy } from '../../policy/policy.ts';
import { judgedEach } from '../../policy/predicate.ts';
import type { Host } from '../host.ts';
import type { GlobalOptions, JudgeOptions } from '../options.ts';
import { openPolicies } from './policy-set.ts';

export async function runPolicyShow(id: string, options: JudgeOptions & GlobalOptions, host: Host): Promise<number> {
  const { policies, frameworks } = await openPolicies(options, host);
  const policy = policies.find((each) => each.id === id);
  if (!policy)
    throw new OperatorError('usage', {
      message: `no policy ${id} in this set-up`,
      hint: didYouMean(
        id,
        policies.map((each) => each.id),
      ),
    });
  await host.stdout.write(shown(policy, frameworks));
  return 0;
}

/** The policy as it applies: every parameter bound to its value. */
function shown(policy: Policy, frameworks: Frameworks): string {
  const { id, title, severity, status, subject, disabled, why, fix, source } = policy;
  const facts = [`${severity}, ${status}, judges each ${judgedEach[subject]}`, ...(disabled ? ['disabled here'] : []), `from ${source}`];
  const matters = {
    match: policy.match,
    ...(policy.exclude.length > 0 ? { exclude: policy.exclude } : {}),
    assert: policy.assert,
    whenUnknown: policy.whenUnknown,
  };
  const more = {
    ...(policy.severityWhen.length > 0 ? { severityWhen: policy.severityWhen } : {}),
    ...(policy.waivers === undefined ? {} : { waivers: policy.waivers }),
  };
  const examples = policy.examples.map(({ name, expect }) => `  ${printable(name)}: ${expect}\n`).join('');
  return [
    `${printable(id)}\n${printable(title)}\n(${facts.map(printable).join('; ')})\n`,
    `\n${stringify({ ...matters, ...more })}`,
    `\nWhy: ${printable(why)}\nFix: ${printable(fix)}\n`,
    cited(policy, frameworks),
    examples === '' ? '' : `\nExamples\n${examples}`,
  ].join('');
}

function cited({ mapsTo }: Policy, frameworks: Frameworks): string {
  const sections = Object.entries(mapsTo).map(([id, items]) => {
    const framework = frameworks.get(id);
    const lines = items.map((item) => `    ${printable(item)}  ${printable(framework?.requirements.get(item)?.title ?? '')}\n`);
    return `  ${printable(framework ? `${framework.title} ${framework.version}` : id)}\n${lines.join('')}`;
  });
  return sections.length === 0 ? '' : `\nMaps to\n${sections.join('')}`;
}
