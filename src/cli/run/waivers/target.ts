import { didYouMean } from '../../../document/suggest.ts';
import type { Finding } from '../../../model/finding.ts';
import { OperatorError } from '../../../model/operator-error.ts';
import type { WaiverSubject } from '../../../model/waiver.ts';
import type { Host } from '../../host.ts';
import { type ResultOptions, resultFor } from '../result-for.ts';
import type { Desk } from './desk.ts';

export type TargetOptions = ResultOptions & {
  readonly policyId?: string;
  readonly subject?: string;
  readonly kind?: string;
  readonly scope?: string;
  readonly names?: readonly string[];
};

/** What a new waiver is to cover: a finding of a result or inventory, or what the options name. */
export async function targetOf(
  finding: string | undefined,
  options: TargetOptions,
  kinds: Desk['kinds'],
  host: Host,
): Promise<{ readonly policy: string; readonly subject: WaiverSubject }> {
  if (finding !== undefined) return ofFinding(await findingOf(finding, options, host));
  const { policyId, subject, kind, scope, names } = options;
  if (kind !== undefined && !kinds.has(kind) && !kind.startsWith('overdue.'))
    throw new OperatorError('usage', { message: `there is no kind ${kind}`, hint: didYouMean(kind, [...kinds.keys()]) });
  if (policyId !== undefined && subject !== undefined)
    return { policy: policyId, subject: kind === undefined ? { id: subject } : { id: subject, kind } };
  if (policyId !== undefined && scope !== undefined && kind !== undefined && names !== undefined)
    return { policy: policyId, subject: { scope, kind, names } };
  throw new OperatorError('usage', {
    message: 'nothing says what the waiver is to cover',
    hint: 'give a finding id with --result or --inventory, or --policy-id with --subject, or with --scope, --kind and --names',
  });
}

async function findingOf(id: string, options: ResultOptions, host: Host): Promise<Finding> {
  const { findings, waived } = await resultFor(options, host);
  const found = [...findings, ...waived].find((each) => each.id === id);
  if (found) return found;
  throw new OperatorError('usage', {
    message: `no finding ${id} in this result`,
    hint: didYouMean(
      id,
      findings.map((each) => each.id),
    ),
  });
}

function ofFinding({ id, policy, verdict, subject }: Finding): { readonly policy: string; readonly subject: WaiverSubject } {
  if (verdict === 'unknown') {
    throw new OperatorError('waiver-refused', {
      message: `finding ${id} is not a failure: a fact was missing`,
      hint: 'a waiver covers what a policy rules out; let the run see what it lacks',
    });
  }
  if (subject.provider === 'overdue') {
    throw new OperatorError('waiver-refused', { message: `finding ${id} is about a file of yours: change the file instead` });
  }
  return { policy, subject: { id: subject.id, kind: subject.kind } };
}
