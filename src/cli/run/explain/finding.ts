import { kindsOf } from '../../../collect/inventory-stream.ts';
import type { Connector } from '../../../connector/contract.ts';
import type { Finding } from '../../../model/finding.ts';
import { printable } from '../../../model/printable.ts';
import type { ReadPolicies } from '../../policies.ts';
import { dependentRows } from './dependents.ts';
import type { Explained } from './evidence.ts';
import { factRows, provenanceRows } from './facts.ts';
import { frameworkRows } from './framework-rows.ts';
import { fieldNames } from './provider-fields.ts';
import { remedyRows } from './remedy-rows.ts';
import { type Row, section } from './section.ts';
import { thresholdRows } from './thresholds.ts';

/** The whole chain of a finding: field, fact, policy, threshold, owner, waiver, framework, command, dependents. */
export function explainFinding(
  finding: Finding,
  { result, records }: Explained,
  loaded: ReadPolicies,
  connectors: readonly Connector[],
): string {
  const { policies, frameworks } = loaded;
  const { id, severity, verdict, policy, title, reason, subject, remediation, mapsTo } = finding;
  const record = records.find((each) => each.id === subject.id && each.kind === subject.kind);
  const kind = kindsOf(connectors).get(subject.kind);
  const nameOf = fieldNames(connectors, subject.kind);
  const rule = policies.find((each) => each.id === policy);
  const outcome = verdict === 'unknown' ? 'not decided' : severity.toUpperCase();
  return [
    `${printable(id)}  ${outcome}  ${printable(policy)}\n${printable(title)}\n${printable(reason)}\n`,
    section('Subject', [
      ['name', subject.name],
      ['kind', kind === undefined ? subject.kind : `${subject.kind}: ${kind.title}`],
      ['scope', subject.scope],
      ['id', subject.id],
    ]),
    record ? section('Facts', factRows(record, nameOf)) : section('Told by', provenanceRows(finding.provenance, nameOf)),
    section('Policy', [
      ...(rule
        ? ([
            ['asks', rule.title],
            ['from', rule.source],
            ['because', rule.why],
          ] as const)
        : [['asks', 'not in this set-up any more'] as const]),
      ['judged as of', result.asOf === result.startedAt ? result.asOf : `${result.asOf}, from facts of ${result.startedAt}`],
    ]),
    section('Thresholds', thresholdRows(policy, loaded)),
    section('Owners', ownerRows(finding)),
    section('Waiver', [waiverRow(finding)]),
    section('Frameworks', frameworkRows(mapsTo, frameworks)),
    section('Fix', [['do', remediation], ...(record ? remedyRows(kind, record) : [])]),
    record ? section('Depends on it', dependentRows(record, kind, records)) : '',
    record || subject.provider === 'overdue'
      ? ''
      : '\nGive --inventory FILE as well to see its facts, the command that fixes it and what depends on it.\n',
  ].join('');
}

function ownerRows({ owners }: Finding): readonly Row[] {
  if (owners.length === 0) return [['nobody', 'no owner is named']];
  return owners.map(({ role, ref, state, by, source, interim }) => [
    role,
    `${ref} is ${state}, by ${by}${source === undefined ? '' : ` (${source})`}${interim === undefined ? '' : `\nfor now, ask the manager ${interim}`}`,
  ]);
}

function waiverRow({ id, waiver, verdict, subject }: Finding): Row {
  if (waiver) {
    const { id: name, state, expires, approver, reason, source } = waiver;
    return [name, `${state}, until ${expires.slice(0, 10)}, approved by ${approver} (${source})\n${reason}`];
  }
  if (verdict === 'unknown' || subject.provider === 'overdue') return ['none', 'it cannot be waived'];
  return ['none', `to ask for one: overdue waivers add ${id} --result FILE --reason … --requester … --approver … --for 30d`];
}
