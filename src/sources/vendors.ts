import { instantOrDayEnd } from '../model/instant.ts';
import type { Mistake } from '../model/operator-error.ts';
import type { Sources, Vendor } from '../model/source.ts';
import { type NamedRow, collisions } from './collisions.ts';
import { dateMistake } from './day.ts';
import { refuse } from './refuse.ts';
import { type VendorColumn, type VendorSettings, vendorColumns } from './settings.ts';
import { joinKey } from './join-key.ts';
import { type SourceText, quoted, sourceInfo } from './source-text.ts';
import { type TableRow, readTable } from './table.ts';

type Vendors = NonNullable<Sources['vendors']>;
type Row = TableRow<VendorColumn>;

/** Reads the vendors and the ends of their contracts. `now` in milliseconds. Throws OperatorError `source-invalid` with every row that cannot be read. */
export function readVendors(source: SourceText, settings: Omit<VendorSettings, 'file'>, now: number): Vendors {
  const { file } = source;
  const table = readTable(source, {
    noun: 'the vendor list',
    columns: vendorColumns,
    required: ['id', 'contract_end'],
    ...(settings.columns ? { names: settings.columns } : {}),
  });
  refuse([
    ...table.mistakes,
    ...table.rows.flatMap(rowMistakes),
    ...collisions(
      table.rows.map((row) => names(row, file)),
      'vendor',
    ),
  ]);
  return { ...sourceInfo([source], table.rows.length, settings, now), entries: table.rows.map((row) => vendor(row, file)) };
}

function vendor(row: Row, file: string): Vendor {
  const id = row.cell('id') ?? '';
  const [end, businessOwner, technicalOwner] = [row.cell('contract_end'), row.cell('business_owner'), row.cell('technical_owner')];
  const endsAt = end === undefined ? undefined : instantOrDayEnd(end);
  const [domains, identities] = [listed(row.cell('domains')).map(domainKey), listed(row.cell('identities'))];
  return {
    source: `${file}:${String(row.line)}`,
    id,
    name: row.cell('name') ?? id,
    ...(endsAt === undefined ? {} : { endsAt }),
    ...(businessOwner === undefined ? {} : { businessOwner }),
    ...(technicalOwner === undefined ? {} : { technicalOwner }),
    ...(domains.length === 0 ? {} : { domains }),
    ...(identities.length === 0 ? {} : { identities }),
  };
}

function listed(cell = ''): readonly string[] {
  return cell
    .split('|')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** `@paywell.example` is often written for the domain of addresses. */
function domainKey(text: string): string {
  return joinKey(text).replace(/^@/, '');
}

function rowMistakes({ cell, at }: Row): Mistake[] {
  const date = dateMistake('contract_end', cell('contract_end'), at('contract_end'));
  const noDomains = listed(cell('domains')).filter((each) => !/^(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]{2,}$/u.test(domainKey(each)));
  return [
    ...(cell('id') === undefined ? [{ message: 'the row has no id', position: at('id') }] : []),
    ...(date ? [date] : []),
    ...noDomains.map((each) => ({
      message: `not a domain: ${quoted(each)}`,
      hint: 'such as paywell.example, several with |',
      position: at('domains'),
    })),
  ];
}

function names({ line, cell, at }: Row, file: string): NamedRow {
  return {
    position: { file, line },
    names: [
      ['id', cell('id'), () => at('id')],
      ['name', cell('name'), () => at('name')],
      ...listed(cell('domains')).map((each) => ['domain', domainKey(each), () => at('domains')] as const),
    ],
  };
}
