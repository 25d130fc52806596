import { epoch } from '../../model/instant.ts';
import { printable } from '../../model/printable.ts';
import { outcomesNotShown } from '../../policy/example-gaps.ts';
import type { LoadedPolicies } from '../../policy/load.ts';
import type { Policy } from '../../policy/policy.ts';
import { type ExampleResult, runExample } from '../../policy/run-example.ts';
import { missingSentence, sentence } from '../../report/wording.ts';
import type { Host } from '../host.ts';
import type { GlobalOptions, JudgeOptions } from '../options.ts';
import { shippedFolder } from '../shipped-files.ts';
import { openPolicies } from './policy-set.ts';

type Options = JudgeOptions & GlobalOptions & { readonly coverage?: true };

/**
 * Runs the examples of policies: exit 0 when all are as expected, 1 when one is not, and 3 when there was nothing to run. With
 * `--coverage`, an example that nobody wrote counts like one that failed.
 */
export async function runPolicyTest(files: readonly string[], options: Options, host: Host): Promise<number> {
  const chosen = files.length === 0 ? options : { ...options, policy: files };
  const { policies: all, origins, kinds } = await openPolicies(chosen, host);
  const policies = toTest(all, origins);
  const now = epoch(options.asOf ?? host.now());
  const results = policies.flatMap((policy) => policy.examples.map((example) => runExample(policy, example, kinds, now)));
  const wrong = results.filter((result) => !result.isAsExpected);
  for (const result of wrong) await host.stdout.write(difference(result));
  const untested = options.coverage === undefined ? policies.filter(({ examples }) => examples.length === 0).map(({ id }) => id) : [];
  if (untested.length > 0) await host.stdout.write(`without examples: ${untested.map(printable).join(', ')}\n`);
  const gaps = options.coverage === undefined ? [] : policies.flatMap(gapsIn);
  for (const gap of gaps) await host.stdout.write(`${gap}\n`);
  const told = options.coverage === undefined ? '' : `; policies without an example of each outcome: ${String(gaps.length)}`;
  await host.stdout.write(`${String(results.length - wrong.length)} passed, ${String(wrong.length)} failed${told}\n`);
  if (results.length === 0 && gaps.length === 0) return 3;
  return wrong.length + gaps.length > 0 ? 1 : 0;
}

function gapsIn(policy: Policy): readonly string[] {
  const missing = outcomesNotShown(policy);
  return missing.length === 0 ? [] : [`${printable(policy.id)}: no example of ${missing.join(', ')}`];
}

/** Those whose examples the operator wrote, if any: examples of shipped policies hold for the shipped parameters, which may have been changed. */
function toTest(policies: readonly Policy[], origins: LoadedPolicies['origins']): readonly Policy[] {
  const own = policies.filter(({ id, source }) => !(origins.get(id)?.parts.get('examples') ?? source).startsWith(shippedFolder));
  return own.length > 0 ? own : policies;
}

function difference({ policy, example, verdict, severity }: ExampleResult): string {
  const reasons =
    verdict.outcome === 'fail' ? verdict.reasons.map(sentence) : verdict.outcome === 'unknown' ? verdict.missing.map(missingSentence) : [];
  const expected = `${example.expect}${example.severity === undefined ? '' : ` (${example.severity})`}`;
  return `${printable(policy)}: ${printable(example.name)}\n  expected ${expected}, got ${verdict.outcome} (${severity})${reasons.length > 0 ? `: ${printable(reasons.join('; '))}` : ''}\n`;
}
