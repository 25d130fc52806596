import process from 'node:process';
import type { Kind } from '../src/model/kind.ts';
import type { Subject } from '../src/model/subject.ts';
import { compile } from '../src/policy/compile.ts';
import { loadPolicies } from '../src/policy/load.ts';
import type { Policy } from '../src/policy/policy.ts';
import { defaultConventions } from '../src/reconcile/conventions.ts';
import { reconcile } from '../src/reconcile/reconcile.ts';
import { type RunIndex, openRunIndex } from '../src/reconcile/run-index.ts';
import { kindsOfConnectors, shipped } from '../test/policy/shipped.ts';
import { type Measurement, median } from './measurement.ts';
import { mixedInventory, mixedSources, now } from './mixed-inventory.ts';

const credentials = 200_000;
const batch = 1000;
const sample = 20_000;
const aimed = 2_000_000;
const strict = 'apiVersion: overdue/v1\nkind: PolicySet\nmetadata: { id: bench, extends: ["builtin:strict"] }\n';

/** How many evaluations the strict set gives in a second, over credentials of every kind, and which of its policies are slow. */
export async function evaluation(): Promise<readonly Measurement[]> {
  const kinds = await kindsOfConnectors();
  const { policies } = loadPolicies({ files: [{ file: 'bench.yaml', text: strict }], builtin: shipped, kinds });
  const { subjects, kept, count, seconds } = await streamed(policies, kinds);
  const rate = count / seconds;
  return [
    { what: `evaluation: of ${String(policies.length)} policies of strict over ${String(subjects)} subjects`, value: count, unit: '' },
    {
      what: 'evaluation: evaluations a second',
      value: Math.round(rate),
      unit: '/s',
      aim: { text: '2 million', met: rate >= aimed },
    },
    { what: 'evaluation: subjects kept until the whole run is known', value: kept, unit: '' },
    ...(await slowest(policies, kinds)),
  ];
}

function inventoryOf(kinds: ReadonlyMap<string, Kind>, size: number): AsyncIterable<Subject> {
  return reconcile(mixedInventory([...kinds.values()], size), { kinds, sources: mixedSources(), conventions: defaultConventions });
}

/** As a scan does it: subjects are judged as they come, and those that must wait at the end. Only the judging is timed, a batch at a time. */
async function streamed(policies: readonly Policy[], kinds: ReadonlyMap<string, Kind>) {
  const judge = compile(policies);
  const run = openRunIndex();
  const late: Subject[] = [];
  let open: Subject[] = [];
  let [subjects, count, seconds] = [0, 0, 0];
  const settle = (): void => {
    seconds += timed(() => {
      for (const subject of open) {
        for (const _ of judge.judge(subject, now)) count += 1;
        if (judge.waits(subject)) late.push(subject);
      }
    });
    open = [];
  };
  for await (const subject of inventoryOf(kinds, credentials)) {
    subjects += 1;
    run.add(subject);
    open.push(subject);
    if (open.length === batch) settle();
  }
  settle();
  seconds += timed(() => {
    for (const subject of late) for (const _ of judge.judgeLate(subject, run, now)) count += 1;
  });
  return { subjects, kept: late.length, count, seconds };
}

/** All of them over a sample again and again, then each policy by itself over those that it means. Policies that mean too few are not measured. */
async function slowest(policies: readonly Policy[], kinds: ReadonlyMap<string, Kind>): Promise<readonly Measurement[]> {
  const subjects = await Array.fromAsync(inventoryOf(kinds, sample));
  const run = openRunIndex();
  for (const subject of subjects) run.add(subject);
  const times = policies
    .flatMap((policy) => {
      const nanoseconds = timeOf(policy, subjects, run);
      return nanoseconds === undefined ? [] : [{ id: policy.id, nanoseconds }];
    })
    .toSorted((a, b) => b.nanoseconds - a.nanoseconds);
  const judge = compile(policies);
  let count = 0;
  const rounds = Array.from({ length: 10 }, () =>
    timed(() => {
      count = 0;
      for (const subject of subjects) for (const _ of judge.judge(subject, now)) count += 1;
    }),
  );
  const middle = median(times.map(({ nanoseconds }) => nanoseconds));
  return [
    { what: 'evaluation: evaluations a second, once warm', value: Math.round(count / Math.min(...rounds)), unit: '/s' },
    { what: `evaluation: median of ${String(times.length)} policies that mean enough`, value: middle, unit: 'ns' },
    ...times.slice(0, 3).map(({ id, nanoseconds }) => ({
      what: `evaluation: ${id}`,
      value: nanoseconds,
      unit: 'ns',
      aim: { text: 'at most ten times the median', met: nanoseconds <= middle * 10 },
    })),
  ];
}

/** Nanoseconds for one evaluation, the best of some rounds. */
function timeOf(policy: Policy, subjects: readonly Subject[], run: RunIndex): number | undefined {
  const judge = compile([policy]);
  const meant = subjects.filter((subject) => judge.waits(subject) || [...judge.judge(subject, now)].length > 0);
  if (meant.length < subjects.length / 100) return undefined;
  const rounds = Array.from({ length: 10 }, () =>
    timed(() => {
      for (const subject of meant) {
        judge.judge(subject, now);
        if (judge.waits(subject)) judge.judgeLate(subject, run, now);
      }
    }),
  );
  return (Math.min(...rounds) * 1e9) / meant.length;
}

/** Seconds of this process, whatever else the machine does meanwhile. */
function timed(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
