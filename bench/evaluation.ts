import process from 'node:process';
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
const rounds = 5;
const aimed = 2_000_000;
const strict = 'apiVersion: overdue/v1\nkind: PolicySet\nmetadata: { id: bench, extends: ["builtin:strict"] }\n';

/** How many evaluations the strict set gives in a second, over credentials of every kind, and which of its policies are slow. */
export async function evaluation(): Promise<readonly Measurement[]> {
  const kinds = await kindsOfConnectors();
  const { policies } = loadPolicies({ files: [{ file: 'bench.yaml', text: strict }], builtin: shipped, kinds });
  const run = openRunIndex();
  const subjects = await Array.fromAsync(
    reconcile(mixedInventory([...kinds.values()], credentials), { kinds, sources: mixedSources(), conventions: defaultConventions }),
  );
  for (const subject of subjects) run.add(subject);

  const rates = Array.from({ length: rounds }, () => measured(policies, subjects, run));
  const rate = median(rates.map(({ count, seconds }) => count / seconds));
  const kept = keptBy(policies, subjects);
  return [
    {
      what: `evaluation: of ${String(policies.length)} policies of strict over ${String(subjects.length)} subjects`,
      value: rates[0]?.count ?? 0,
      unit: '',
    },
    { what: 'evaluation: evaluations a second', value: Math.round(rate), unit: '/s', aim: { text: '2 million', met: rate >= aimed } },
    { what: 'evaluation: subjects kept until the whole run is known', value: kept, unit: '' },
    ...slowest(policies, subjects, run),
  ];
}

/** Seconds of this thread's processor: what else the machine does counts little. */
type Timed = { readonly count: number; readonly seconds: number };

function measured(policies: readonly Policy[], subjects: readonly Subject[], run: RunIndex): Timed {
  const judge = compile(policies);
  let count = 0;
  const start = process.threadCpuUsage().user;
  for (const subject of subjects) {
    for (const _ of judge.judge(subject, now)) count += 1;
    if (judge.waits(subject)) for (const _ of judge.judgeLate(subject, run, now)) count += 1;
  }
  return { count, seconds: (process.threadCpuUsage().user - start) / 1e6 };
}

function keptBy(policies: readonly Policy[], subjects: readonly Subject[]): number {
  const judge = compile(policies);
  return subjects.filter((subject) => judge.waits(subject)).length;
}

/** Each policy by itself, over the subjects that it means: nanoseconds for one evaluation. Those that mean too few are not measured. */
function slowest(policies: readonly Policy[], subjects: readonly Subject[], run: RunIndex): readonly Measurement[] {
  const times = policies
    .map((policy) => {
      const judge = compile([policy]);
      const meant = subjects.filter((subject) => judge.waits(subject) || [...judge.judge(subject, now)].length > 0);
      const best = Array.from({ length: 3 }, () => measured([policy], meant, run)).toSorted((a, b) => a.seconds - b.seconds)[0];
      return { id: policy.id, count: best?.count ?? 0, nanoseconds: ((best?.seconds ?? 0) * 1e9) / (best?.count ?? 1) };
    })
    .filter(({ count }) => count >= subjects.length / 100)
    .toSorted((a, b) => b.nanoseconds - a.nanoseconds);
  const middle = median(times.map(({ nanoseconds }) => nanoseconds));
  return [
    { what: `evaluation: median of ${String(times.length)} policies that mean enough`, value: middle, unit: 'ns' },
    ...times.slice(0, 5).map(({ id, nanoseconds }) => ({
      what: `evaluation: ${id}`,
      value: nanoseconds,
      unit: 'ns',
      aim: { text: 'at most ten times the median', met: nanoseconds <= middle * 10 },
    })),
  ];
}
