import { isBlind } from '../../model/coverage.ts';
import { printable } from '../../model/printable.ts';
import { type Grouping, type OwnerCoverage, openOwnerCoverage } from '../../reconcile/owner-coverage.ts';
import { grid } from '../../report/grid.ts';
import type { Host } from '../host.ts';
import { renderOptions } from '../render-options.ts';
import { exitCode } from './exit-code.ts';
import { type OwnersOptions, openOwners } from './owners-set.ts';

type Options = OwnersOptions & { readonly by: Grouping };

/** Exit 0, or 3 where the inventory has gaps: what was not seen is in no row. */
export async function runOwnersCoverage(path: string | undefined, options: Options, host: Host): Promise<number> {
  const { subjects, coverage, signal } = await openOwners(path, options, host, 'always');
  const counts = openOwnerCoverage(options.by);
  for await (const subject of subjects ?? []) counts.add(subject);
  const rows = counts.rows();
  const total = rows.reduce(sum, { ...nothing, key: 'all' });
  const blind = coverage.filter(isBlind).length;
  if (options.format === 'json') {
    await host.stdout.write(`${JSON.stringify({ by: options.by, rows, total, placesNotLookedAt: blind }, undefined, 2)}\n`);
  } else {
    const { width } = renderOptions({ ...options, limit: rows.length }, host);
    const head = [title(options.by), 'Records', 'Business', 'Technical', 'Either', 'Unconfirmed', 'All left', 'Nobody'];
    await host.stdout.write(grid(head, [...rows, total].map(cells), width));
    if (blind > 0) await host.stdout.write(`${String(blind)} places were not looked at completely: what is there is in no row\n`);
  }
  return exitCode(signal, blind > 0 ? 3 : 0);
}

const nothing: OwnerCoverage = { key: '', records: 0, business: 0, technical: 0, answeredFor: 0, unconfirmed: 0, left: 0, unnamed: 0 };

function sum(a: OwnerCoverage, b: OwnerCoverage): OwnerCoverage {
  return {
    key: a.key,
    records: a.records + b.records,
    business: a.business + b.business,
    technical: a.technical + b.technical,
    answeredFor: a.answeredFor + b.answeredFor,
    unconfirmed: a.unconfirmed + b.unconfirmed,
    left: a.left + b.left,
    unnamed: a.unnamed + b.unnamed,
  };
}

function title(by: string): string {
  return `${by.charAt(0).toUpperCase()}${by.slice(1)}`;
}

function cells({ key, records, business, technical, answeredFor, unconfirmed, left, unnamed }: OwnerCoverage): readonly string[] {
  const share = (count: number) => `${String(count)} (${String(Math.floor((count / records) * 100))}%)`;
  return [
    printable(key),
    String(records),
    ...(records === 0 ? ['0', '0', '0'] : [share(business), share(technical), share(answeredFor)]),
    String(unconfirmed),
    String(left),
    String(unnamed),
  ];
}
