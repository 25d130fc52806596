import { isBlind } from '../../model/coverage.ts';
import { ownerRoles } from '../../model/owner.ts';
import { printable } from '../../model/printable.ts';
import type { SourceInfo, Sources } from '../../model/source.ts';
import type { Subject } from '../../model/subject.ts';
import { agreed } from '../../policy/predicates/owner-agreed.ts';
import { openOwnerResolver } from '../../reconcile/owner-resolution.ts';
import { type ProblemBook, openProblemBook } from '../../reconcile/owner-problems.ts';
import { claimsInSources } from '../../reconcile/source-claims.ts';
import { grid } from '../../report/grid.ts';
import { standingText } from '../../report/owner-standing.ts';
import { sentence } from '../../report/wording.ts';
import { date } from '../../report/wording/words.ts';
import type { Host } from '../host.ts';
import { renderOptions } from '../render-options.ts';
import { exitCode } from './exit-code.ts';
import { type OwnersOptions, openOwners } from './owners-set.ts';

type Conflict = { readonly record: string; readonly detail: string };

/** Exit 0 where every name leads to somebody active and no claims disagree, 1 where not, 3 where the inventory has gaps. */
export async function runOwnersCheck(path: string | undefined, options: OwnersOptions, host: Host): Promise<number> {
  const { sources, subjects, coverage, signal } = await openOwners(path, options, host, 'when asked');
  const book = openProblemBook();
  const resolve = openOwnerResolver(sources);
  for (const { said, source } of claimsInSources(sources)) book.enter(resolve(said), source);
  const conflicts: Conflict[] = [];
  for await (const subject of subjects ?? []) {
    book.enterSubject(subject);
    conflicts.push(...conflictsOf(subject));
  }
  await host.stdout.write(options.format === 'json' ? json(sources, book, conflicts) : table(sources, book, conflicts, options, host));
  const isClean = book.problems().length + book.unknownNames().length + conflicts.length + unusable(sources).length === 0;
  return exitCode(signal, isClean ? (coverage.some(isBlind) ? 3 : 0) : 1);
}

function conflictsOf({ record, owners }: Subject): readonly Conflict[] {
  return ownerRoles.flatMap((role) => {
    const verdict = agreed(role, owners);
    return verdict.outcome === 'fail'
      ? verdict.reasons.map((reason) => ({ record: `${record.kind} ${record.name}`, detail: sentence(reason) }))
      : [];
  });
}

/** What is wrong with whole sources: too old, or names that several people have. */
function unusable({ people, vendors, workloads, codeowners }: Sources): readonly string[] {
  return [
    ...[people, vendors, ...partsOf(workloads), codeowners].flatMap((source) => source?.stale ?? []),
    ...(people?.ambiguous ?? []).map((name) => `${name} is the name of several people in ${people?.file ?? ''}, and leads to none of them`),
  ];
}

function partsOf(workloads: Sources['workloads']): readonly (SourceInfo | undefined)[] {
  return workloads?.parts ?? [workloads];
}

function table(sources: Sources, book: ProblemBook, conflicts: readonly Conflict[], options: OwnersOptions, host: Host): string {
  const { width } = renderOptions({ ...options, limit: 1000 }, host);
  const [problems, unknown, others] = [book.problems(), book.unknownNames(), unusable(sources)];
  const count = problems.length + unknown.length + others.length + conflicts.length;
  const parts = [
    { head: ['Source', 'File', 'Entries', 'As of', 'Lists everyone'], rows: sourceRows(sources) },
    {
      head: ['Name', 'What the sources say', 'Where it is given'],
      rows: problems.map(({ owner, places }) => [
        printable(owner.claim.ref),
        printable(standingText(owner)),
        told(places.map(({ by, ref, where }) => `${by}${ref === owner.claim.ref ? '' : ` as ${ref}`}, ${where}`)),
      ]),
    },
    {
      head: ['Record', 'Claims that disagree'],
      rows: conflicts.map(({ record, detail }) => [printable(record), printable(detail)]),
    },
    { head: ['In no source', 'Where it is named'], rows: unknown.map(({ detail, places }) => [printable(detail), told(places)]) },
  ];
  return [
    ...parts.filter(({ rows }) => rows.length > 0).map(({ head, rows }) => grid(head, rows, width)),
    ...others.map((text) => `${printable(text)}\n`),
    book.names() === 0 ? 'nobody is named here: vendors, workloads, CODEOWNERS and the tags in an inventory name owners\n' : '',
    `${counted(book.names(), 'name')}, ${count === 0 ? 'no problem' : counted(count, 'problem')}\n`,
  ].join('');
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

const shown = 3;

function told(places: readonly string[]): string {
  const more = places.length - shown;
  return `${places.slice(0, shown).map(printable).join('\n')}${more > 0 ? `\nand ${String(more)} more` : ''}`;
}

function sourceRows({ people, vendors, workloads, codeowners }: Sources): readonly (readonly string[])[] {
  const given: readonly (readonly [string, SourceInfo | undefined])[] = [
    ['people', people],
    ['vendors', vendors],
    ...partsOf(workloads).map((part) => ['workloads', part] as const),
    ['codeowners', codeowners],
  ];
  return given.map(([name, source]) =>
    source
      ? [
          name,
          printable(source.file),
          String(source.rows),
          source.retrievedAt === undefined ? '?' : date(source.retrievedAt),
          source.complete ? 'yes' : 'no',
        ]
      : [name, '-', '-', '-', '-'],
  );
}

function json({ people, vendors, workloads, codeowners }: Sources, book: ProblemBook, conflicts: readonly Conflict[]): string {
  const info = (source: SourceInfo | undefined) =>
    source && { file: source.file, entries: source.rows, retrievedAt: source.retrievedAt, complete: source.complete, stale: source.stale };
  const problems = book.problems().map(({ owner: { claim, state, status, since, source, interim, why }, places }) => ({
    name: claim.ref,
    state,
    status,
    since,
    source,
    interim,
    why: why?.why,
    detail: why?.detail,
    places,
  }));
  const sources = {
    people: info(people),
    vendors: info(vendors),
    workloads: workloads?.parts?.map(info) ?? info(workloads),
    codeowners: info(codeowners),
  };
  const whole = { sources, names: book.names(), ambiguous: people?.ambiguous ?? [], problems, unknown: book.unknownNames(), conflicts };
  return `${JSON.stringify(whole, undefined, 2)}\n`;
}
