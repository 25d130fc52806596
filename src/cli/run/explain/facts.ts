import type { InventoryRecord } from '../../../model/inventory.ts';
import type { Provenance } from '../../../model/provenance.ts';
import { fact } from '../../../model/record.ts';
import { why } from '../../../report/wording/why.ts';
import type { FieldNames } from './provider-fields.ts';
import type { Row } from './section.ts';

const shown = [
  'status',
  'statusSince',
  'createdAt',
  'rotatedAt',
  'rotationDueAt',
  'lastUsedAt',
  'expiresAt',
  'notBefore',
  'identity',
  'permission',
  'purpose',
  'privilege',
  'fingerprint',
  'consumers',
] as const;

/** Each fact of a record with the field, the call that told it and when. A field that the kind never has is left out. */
export function factRows(record: InventoryRecord, nameOf: FieldNames): readonly Row[] {
  const fields: Readonly<Record<string, unknown>> = { ...record };
  const unknown: Readonly<Record<string, unknown>> = { ...record.unknown };
  return shown
    .filter((field) => fields[field] !== undefined || unknown[field] !== undefined)
    .map((field): Row => [field, `${valueOf(record, field)}${origin(record.evidence, field, nameOf)}`]);
}

function valueOf(record: InventoryRecord, field: string): string {
  const told = fact<Readonly<Record<string, unknown>>, string>({ ...record }, field);
  if (told.state === 'known') return typeof told.value === 'string' ? told.value : JSON.stringify(told.value);
  if (told.state === 'absent') return told.since === undefined ? 'none' : `none, as watched since ${told.since}`;
  return `unknown: ${told.detail ?? why(told.why)}`;
}

function origin(evidence: readonly Provenance[], fact: string, nameOf: FieldNames): string {
  const told = evidence.filter(({ fields }) => fields.includes(fact));
  return told
    .map(({ operation, observedAt }) => {
      const name = nameOf(operation, fact);
      return `\nfrom ${name === undefined ? '' : `${name} of `}${operation}, observed ${observedAt}`;
    })
    .join('');
}

/** Where the record itself is not at hand: the calls behind the finding, and the facts that each told. */
export function provenanceRows(provenance: readonly Provenance[], nameOf: FieldNames): readonly Row[] {
  return provenance.map(({ operation, observedAt, fields }) => {
    const facts = fields.map((fact) => {
      const name = nameOf(operation, fact);
      return name === undefined ? fact : `${fact} (${name})`;
    });
    return [operation, `observed ${observedAt}: ${facts.join(', ')}`];
  });
}
