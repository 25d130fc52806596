import process from 'node:process';
import { type Credential, credential } from '../src/model/credential.ts';
import { absent, known, unknown } from '../src/model/fact.ts';
import { type Identity, identity } from '../src/model/identity.ts';
import type { Subject } from '../src/model/subject.ts';
import { compile } from '../src/policy/compile.ts';
import { loadPolicies } from '../src/policy/load.ts';
import { defaultConventions } from '../src/reconcile/conventions.ts';
import { reconcile } from '../src/reconcile/reconcile.ts';
import { kindsOfConnectors, shipped } from '../test/policy/shipped.ts';
import { type Measurement, median } from './measurement.ts';

const credentials = 200_000;
const now = Date.parse('2026-11-21T00:00:00Z');
const rounds = 5;

/** How many verdicts the shipped baseline gives in a second, over generated access keys: two for each identity. */
export async function evaluation(): Promise<readonly Measurement[]> {
  const kinds = await kindsOfConnectors();
  const { policies } = loadPolicies({ files: [], builtin: shipped, kinds });
  const subjects = await Array.fromAsync(reconcile(inventory(), { kinds, sources: {}, conventions: defaultConventions }));
  const judge = compile(policies, kinds);
  let verdicts = 0;
  const rates = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    verdicts = countVerdicts(judge, subjects);
    return verdicts / (Number(process.hrtime.bigint() - start) / 1e9);
  });
  return [
    {
      what: `evaluation: verdicts of ${String(policies.length)} policies over ${String(subjects.length)} subjects`,
      value: verdicts,
      unit: '',
    },
    { what: 'evaluation: verdicts a second', value: Math.round(median(rates)), unit: '/s' },
  ];
}

function countVerdicts(judge: ReturnType<typeof compile>, subjects: readonly Subject[]): number {
  let count = 0;
  for (const subject of subjects) {
    for (const judgement of judge.judge(subject, now)) count += judgement.verdict.outcome === 'not-applicable' ? 0 : 1;
  }
  return count;
}

function* inventory(): Generator<Identity | Credential> {
  for (let index = 0; index < credentials; index += 1) {
    if (index % 2 === 0) yield user(index);
    yield key(index);
  }
}

const common = { provider: 'aws', scope: 'account/111122223333', managedBy: 'customer', owners: [], evidence: [], details: {} } as const;

function user(index: number): Identity {
  return identity({
    ...common,
    id: `user-${String(index)}`,
    kind: 'aws.iam_user',
    name: `user-${String(index)}`,
    status: 'active',
    tags: index % 3 === 0 ? {} : { owner: `person-${String(index % 500)}@larkspur.example` },
    createdAt: daysAgo(index % 1500),
    lastUsedAt: daysAgo(index % 200),
    expiresAt: absent(),
    purpose: index % 5 === 0 ? known('nightly export') : absent(),
    privilege: index % 7 === 0 ? known('admin') : unknown('not-offered'),
  });
}

function key(index: number): Credential {
  const made = daysAgo(index % 900);
  return credential({
    ...common,
    id: `key-${String(index)}`,
    kind: 'aws.iam_access_key',
    name: `key-${String(index)}`,
    identity: known(`user-${String(index - (index % 2))}`),
    status: index % 4 === 0 ? 'inactive' : 'active',
    tags: {},
    createdAt: made,
    rotatedAt: made,
    lastUsedAt: index % 11 === 0 ? unknown('permission-denied') : daysAgo(index % 300),
    expiresAt: absent(),
    notBefore: absent(),
    purpose: unknown('not-offered'),
    privilege: unknown('not-offered'),
    fingerprint: unknown('not-offered'),
    consumers: unknown('not-offered'),
  });
}

function daysAgo(days: number) {
  return known(new Date(now - days * 86_400_000).toISOString());
}
