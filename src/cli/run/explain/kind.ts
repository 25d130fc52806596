import type { Connector, Operation, SurfaceKind } from '../../../connector/contract.ts';
import type { Kind } from '../../../model/kind.ts';
import { printable } from '../../../model/printable.ts';
import { remedySteps } from '../../../model/remedy.ts';
import { compileRecordPolicy } from '../../../policy/record-policy.ts';
import type { Policy } from '../../../policy/policy.ts';
import { fieldName } from './provider-fields.ts';
import { type Row, section } from './section.ts';

/** What a kind is, what each place tells of it, which policies judge it, and what it takes to be rid of it. */
export function explainKind(kind: Kind, connectors: readonly Connector[], policies: readonly Policy[]): string {
  const { id, title, record, proves, traits } = kind;
  const { expiry, rotation, proof, actor, revocation, takesWith, leavesBehind } = traits;
  return [
    `${printable(id)}  ${record}\n${printable(title)}\n${printable(proves)}\n`,
    section('Traits', [
      ['expiry', expiry],
      ['rotation', rotation],
      ['proof', proof],
      ...(actor === undefined ? [] : [['actor', actor] as const]),
    ]),
    section('Revocation', [
      ['revoked once seen', revocation.seen.join(', then ')],
      ['tokens made from it', revocation.tokensLive === null ? 'none' : `live up to ${revocation.tokensLive} longer`],
      ['goes with it', takesWith.join(', ') || 'nothing'],
      ['works on without it', leavesBehind.join(', ') || 'nothing'],
    ]),
    ...connectors.flatMap(({ surfaces }) =>
      surfaces.flatMap((surface) =>
        surface.kinds
          .filter((each) => each.kind.id === id)
          .map((each) =>
            section(`Facts by ${surface.id}`, [
              ...factRows(each),
              ['asks', surface.operations.map(askedFor).join('\n')],
              ['see', surface.source],
            ]),
          ),
      ),
    ),
    section('Policies', policyRows(kind, policies)),
    section('Commands', commandRows(kind)),
  ].join('');
}

function factRows({ facts }: SurfaceKind): readonly Row[] {
  return Object.entries(facts).map(([name, exposure]) => [name, exposure]);
}

/** `iam:ListAccessKeys (status: Status, createdAt: CreateDate)` */
function askedFor(operation: Operation): string {
  const read = Object.keys(operation.fields ?? {}).map((fact) => `${fact}: ${fieldName(operation, fact) ?? ''}`);
  return read.length === 0 ? operation.call : `${operation.call} (${read.join(', ')})`;
}

function policyRows(kind: Kind, policies: readonly Policy[]): readonly Row[] {
  return policies
    .filter(
      (policy) => !policy.disabled && (policy.subject === 'credential' || policy.subject === 'identity' || policy.subject === 'grant'),
    )
    .filter((policy) => compileRecordPolicy(policy).isForKind(kind))
    .map(({ id, severity, title }) => [id, `${severity}: ${title}`]);
}

function commandRows({ remedy }: Kind): readonly Row[] {
  return remedySteps.flatMap((step): readonly Row[] => {
    const templates = remedy?.[step];
    if (templates === undefined) return [];
    return [[step, typeof templates === 'string' ? templates : templates.join('\nor ')]];
  });
}
