import { Chalk, type ChalkInstance } from 'chalk';
import { suggest } from '../../document/suggest.ts';
import { type Fact, valueOf } from '../../model/fact.ts';
import { printable } from '../../model/printable.ts';
import type { Person, Sources } from '../../model/source.ts';
import type { ResolvedOwner, Subject } from '../../model/subject.ts';
import { openOwnerResolver } from '../../reconcile/owner-resolution.ts';
import { claimsInSources } from '../../reconcile/source-claims.ts';
import { grid } from '../../report/grid.ts';
import { standingText } from '../../report/owner-standing.ts';
import { joinKey } from '../../sources/join-key.ts';
import type { Host } from '../host.ts';
import { renderOptions } from '../render-options.ts';
import { exitCode } from './exit-code.ts';
import { type OwnersOptions, openOwners } from './owners-set.ts';

/** Who a name is to the sources, everything that names it, and every record of that id or name with its claims. */
export async function runOwnersResolve(name: string, path: string | undefined, options: OwnersOptions, host: Host): Promise<number> {
  const { sources, subjects, signal } = await openOwners(path, options, host, 'when asked');
  const records: Subject[] = [];
  for await (const subject of subjects ?? []) {
    if (subject.record.id === name || subject.record.name === name) records.push(subject);
  }
  const found = nameIn(sources, name);
  if (options.format === 'json') {
    await host.stdout.write(`${JSON.stringify({ name, ...found, records: records.map(recordJson) }, undefined, 2)}\n`);
    return exitCode(signal, 0);
  }
  const { colorLevel, width } = renderOptions({ ...options, limit: 1000 }, host);
  const chalk = new Chalk({ level: colorLevel });
  // A record that nobody on the roster is called by speaks for itself.
  const isName = records.length === 0 || found.person !== undefined || found.owner.state === 'active';
  const parts = [
    ...(isName ? [nameText(name, found, sources, chalk)] : []),
    ...records.map((subject) => recordText(subject, chalk, width)),
  ];
  await host.stdout.write(parts.join('\n'));
  return exitCode(signal, 0);
}

type Found = {
  readonly owner: ResolvedOwner;
  readonly person: Person | undefined;
  /** Lines of the sources that name the same person or group. */
  readonly namedBy: readonly { readonly by: string; readonly ref: string; readonly source: string }[];
};

function nameIn(sources: Sources, name: string): Found {
  const resolve = openOwnerResolver(sources);
  const owner = resolve({ claim: { role: 'technical', ref: name, by: 'the command line' } });
  const person = sources.people?.entries.find(({ id }) => owner.person === id);
  const key = owner.person ?? owner.group;
  const namedBy = claimsInSources(sources).flatMap(({ said, source }) => {
    const other = resolve(said);
    const isSame = key === undefined ? other.claim.ref === name : (other.person ?? other.group) === key;
    return isSame ? [{ by: said.claim.by, ref: said.claim.ref, source }] : [];
  });
  return { owner, person, namedBy };
}

function nameText(name: string, { owner, person, namedBy }: Found, sources: Sources, chalk: ChalkInstance): string {
  const names = person ? [...new Set([person.name, person.id, person.email, ...person.aliases])].filter((each) => each !== undefined) : [];
  const meant = person || owner.group !== undefined ? undefined : (calledSo(sources, name) ?? suggest(name, knownNames(sources)));
  const lines: readonly (readonly [string, string])[] = [
    ['state', owner.state === 'active' ? standingText(owner) : `${owner.state}: ${standingText(owner)}`],
    ...(person ? [['person', names.join(', ')] as const] : []),
    ...(person?.manager === undefined ? [] : [['manager', person.manager] as const]),
    ...(owner.group === undefined
      ? []
      : [['group', `${owner.group}: ${[...(owner.holds ?? [])].join(', ') || 'nobody in it is known'}`] as const]),
    ...(owner.address === undefined ? [] : [['write to', owner.address] as const]),
    ...namedBy.map(({ by, ref, source }) => ['named by', `${by} as ${ref} (${source})`] as const),
    ...(meant === undefined ? [] : [['hint', `did you mean ${meant}?`] as const]),
  ];
  return `${chalk.bold(printable(name))}\n${lines.map(([head, text]) => `  ${head.padEnd(9)} ${printable(text)}\n`).join('')}`;
}

/** A whole name alone leads to nobody, since two people may have it; where only one has, that is probably who is meant. */
function calledSo({ people }: Sources, name: string): string | undefined {
  const [only, another] = (people?.entries ?? []).filter((each) => each.name !== undefined && joinKey(each.name) === joinKey(name));
  return another ? undefined : (only?.email ?? only?.id);
}

function knownNames({ people, workloads }: Sources): readonly string[] {
  return [
    ...(people?.entries ?? []).flatMap(({ id, email, aliases }) => [id, ...(email === undefined ? [] : [email]), ...aliases]),
    ...(workloads?.groups ?? []).map(({ name }) => name),
  ];
}

function recordText({ record, owners, workload, vendor }: Subject, chalk: ChalkInstance, width: number): string {
  const rows = owners.map((owner) => [
    owner.claim.control === true ? `${owner.claim.role}, controls it only` : owner.claim.role,
    printable(owner.claim.ref),
    printable(owner.claim.by),
    owner.state,
    printable(standingText(owner)),
  ]);
  return [
    `${chalk.bold(printable(record.name))}  ${record.kind}  ${printable(record.scope)}\n${printable(record.id)}\n`,
    rows.length === 0 ? 'nobody is named\n' : grid(['Role', 'Claim', 'Said by', 'State', 'What the sources say'], rows, width),
    entryText('workload', workload, ({ id, lifecycle, source }) => `${id}, ${lifecycle} (${source})`),
    entryText(
      'vendor',
      vendor,
      ({ id, endsAt, source }) => `${id}, contract ${endsAt === undefined ? 'without an end' : `to ${endsAt.slice(0, 10)}`} (${source})`,
    ),
  ].join('');
}

function entryText<T>(noun: string, value: Fact<T>, text: (entry: T) => string): string {
  if (value.state === 'absent') return '';
  return `${noun}: ${printable(value.state === 'known' ? text(value.value) : (value.detail ?? value.why))}\n`;
}

function recordJson({ record: { id, kind, scope, name }, owners, workload, vendor }: Subject) {
  const claims = owners.map(({ claim, state, status, since, source, interim, person, group, why }) => ({
    ...claim,
    state,
    status,
    since,
    source,
    interim,
    person,
    group,
    why,
  }));
  return { id, kind, scope, name, claims, workload: valueOf(workload), vendor: valueOf(vendor) };
}
