import { kindsOf } from '../../../collect/inventory-stream.ts';
import { didYouMean } from '../../../document/suggest.ts';
import { OperatorError } from '../../../model/operator-error.ts';
import { loadConfig } from '../../config/load.ts';
import type { Host } from '../../host.ts';
import { loadConnectors } from '../open-run.ts';
import { readRules } from '../rules.ts';
import { type ExplainOptions, evidenceFor } from './evidence.ts';
import { explainFinding } from './finding.ts';
import { explainKind } from './kind.ts';
import { explainPolicy } from './policy.ts';

/** Explains whatever has this id: a finding, a policy or a kind. Their ids cannot be taken for one another. */
export async function runExplain(id: string, options: ExplainOptions, host: Host): Promise<number> {
  const connectors = await loadConnectors(host);
  const found = await loadConfig(options, host, connectors);
  const kinds = kindsOf(connectors);
  const { policies, longestWaiver } = await readRules(options, found, host, kinds);
  if (/^[0-9a-f]{16}$/.test(id)) {
    const explained = await evidenceFor(options, found, host);
    const { findings, waived } = explained.result;
    const finding = [...findings, ...waived].find((each) => each.id === id);
    if (!finding)
      throw unknownId(
        id,
        'finding',
        [...findings, ...waived].map((each) => each.id),
      );
    await host.stdout.write(explainFinding(finding, explained, policies, connectors));
    return 0;
  }
  const kind = kinds.get(id);
  const policy = policies.policies.find((each) => each.id === id);
  if (kind) await host.stdout.write(explainKind(kind, connectors, policies.policies));
  else if (policy) await host.stdout.write(explainPolicy(policy, policies, kinds, longestWaiver));
  else throw unknownId(id, 'policy, kind or finding', [...kinds.keys(), ...policies.policies.map((each) => each.id)]);
  return 0;
}

function unknownId(id: string, noun: string, known: readonly string[]): OperatorError {
  return new OperatorError('usage', { message: `there is no ${noun} ${id}`, hint: didYouMean(id, known) });
}
