// https://support.servicenow.com/kb?id=kb_article_view&sysparm_article=KB1703220 has the choices of `operational_status`.
import { eachOrMistakes } from '../../model/all-mistakes.ts';
import type { Mistake } from '../../model/operator-error.ts';
import { type Workload, lifecycleUnspecified } from '../../model/source.ts';
import { collisions } from '../collisions.ts';
import { joinKey } from '../join-key.ts';
import { refuse } from '../refuse.ts';
import { type CmdbColumn, cmdbColumns } from '../settings.ts';
import { sourceInfo } from '../source-text.ts';
import { type TableRow, readTable } from '../table.ts';
import type { Registry, WorkloadFormat } from './format.ts';
import { workloadId } from './workload-id.ts';

/** A list of configuration items. Its exports hold labels or codes, depending on who made them. */
export const servicenow: WorkloadFormat = { title: 'ServiceNow CMDB list, CSV', read: readCmdb };

/** Codes of `operational_status` as the product ships them. Those of `install_status` differ by table: only its labels are read. */
const operational: Readonly<Record<string, string>> = {
  '1': 'operational',
  '2': 'non-operational',
  '3': 'repair in progress',
  '4': 'dr standby',
  '5': 'ready',
  '6': 'retired',
};
type Row = TableRow<CmdbColumn> & { readonly file: string };

function readCmdb(...[files, settings, now]: Parameters<WorkloadFormat['read']>): Registry {
  const tables = eachOrMistakes(files, (source) => ({
    file: source.file,
    ...readTable(source, {
      noun: 'the CMDB list',
      columns: cmdbColumns,
      required: ['sys_id', 'name', 'operational_status'],
      names: settings.columns ?? {},
    }),
  }));
  const rows = tables.flatMap((table) => table.rows.map((row) => ({ file: table.file, ...row })));
  refuse([
    ...tables.flatMap((table) => table.mistakes),
    ...rows.flatMap(rowMistakes),
    ...collisions(
      rows.map((row) => ({ position: positionOf(row), names: [['sys_id', row.cell('sys_id'), () => row.at('sys_id')] as const] })),
      'configuration item',
    ),
  ]);
  return { ...sourceInfo(files, rows.length, settings, now), entries: rows.map(workload), groups: [], lacksGroups: true };
}

/** `Managed by` keeps it running, which is the technical owner; where nobody is named, the group that supports it is. */
function workload(row: Row): Workload {
  const owner = row.cell('managed_by') ?? row.cell('support_group');
  const businessOwner = row.cell('owned_by');
  return {
    id: workloadId(row.cell('sys_id') ?? ''),
    source: `${row.file}:${String(row.line)}`,
    name: row.cell('name') ?? '',
    lifecycle: lifecycleOf(row),
    ...(owner === undefined ? {} : { owner }),
    ...(businessOwner === undefined ? {} : { businessOwner }),
  };
}

/** Retired in one of the two columns is retired: the other was forgotten. */
function lifecycleOf(row: Row): string {
  const status = row.cell('operational_status');
  const said = status === undefined ? lifecycleUnspecified : (operational[status] ?? joinKey(status));
  return joinKey(row.cell('install_status') ?? '') === 'retired' ? 'retired' : said;
}

function rowMistakes({ cell, at }: Row): readonly Mistake[] {
  const status = cell('operational_status');
  return [
    ...(['sys_id', 'name'] as const).flatMap((column) =>
      cell(column) === undefined ? [{ message: `the row has no ${column}`, position: at(column) }] : [],
    ),
    ...(status !== undefined && /^\d+$/.test(status) && operational[status] === undefined
      ? [
          {
            message: `nobody explained operational_status ${status}`,
            hint: 'export the labels, or the codes 1 to 6',
            position: at('operational_status'),
          },
        ]
      : []),
  ];
}

function positionOf({ file, line }: Row): { readonly file: string; readonly line: number } {
  return { file, line };
}
