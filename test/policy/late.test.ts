import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absent, known } from '../../src/model/fact.ts';
import type { Subject } from '../../src/model/subject.ts';
import { compile } from '../../src/policy/compile.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { openRunIndex } from '../../src/reconcile/run-index.ts';
import { runOf } from './run.ts';
import { identityOf, key, now, subject } from './subject.ts';

const reused: Policy = {
  id: 'sharing/reused-key',
  title: 'A key is in one place',
  status: 'stable',
  severity: 'medium',
  subject: 'credential',
  match: { states: 'active' },
  exclude: [],
  assert: { any: [{ sharing: { maxPlaces: 1 } }, { privilege: { atMost: 'read' } }] },
  whenUnknown: 'report',
  severityWhen: [],
  why: 'because',
  fix: 'make another',
  mapsTo: {},
  references: [],
  examples: [],
  disabled: false,
  source: 'policies.yaml:1',
};
const judge = compile([reused]);
const shown = (id: string, fingerprint: string, status: 'active' | 'inactive' = 'active') =>
  subject(key({ id, fingerprint: known(fingerprint), privilege: known('admin'), status }));

describe('a policy that needs the whole run', () => {
  test('is not judged before it is known, and once after', () => {
    const [a, b] = [shown('a', 'SHA256:x'), shown('b', 'SHA256:x')];
    expect([...judge.judge(a, now)]).toEqual([]);
    expect(judge.waits(a)).toBe(true);
    expect([...judge.judgeLate(a, runOf([a, b]), now)].map(({ verdict }) => verdict.outcome)).toEqual(['fail']);
  });

  test('is judged at once where there is nothing to wait for', () => {
    const plain = subject(key({ fingerprint: absent(), privilege: known('read') }));
    expect(judge.waits(plain)).toBe(false);
    expect([...judge.judge(plain, now)].map(({ verdict }) => verdict.outcome)).toEqual(['pass']);
    expect([...judge.judgeLate(plain, runOf([]), now)]).toEqual([]);
  });

  test('waits for nothing that it does not mean', () => {
    expect(judge.waits(shown('a', 'SHA256:x', 'inactive'))).toBe(false);
    expect(judge.waits(subject(identityOf()))).toBe(false);
  });
});

/** As the scan does it, without the waivers. */
function verdicts(subjects: readonly Subject[]): readonly string[] {
  const run = openRunIndex();
  const told: string[] = [];
  const tell = (given: Subject, late: boolean) => {
    for (const { verdict } of late ? judge.judgeLate(given, run, now) : judge.judge(given, now))
      told.push(JSON.stringify([given.record.id, verdict]));
  };
  const waiting: Subject[] = [];
  for (const given of subjects) {
    run.add(given);
    tell(given, false);
    if (judge.waits(given)) waiting.push(given);
  }
  for (const given of waiting) tell(given, true);
  return told.toSorted();
}

test('what is said of each record does not depend on the order of all', () => {
  const some = fc.uniqueArray(
    fc.record({ id: fc.integer({ min: 0, max: 40 }), print: fc.constantFrom('SHA256:a', 'AA:BB', 'aabb', 'SHA256:b', '') }),
    { selector: ({ id }) => id, maxLength: 12 },
  );
  const arranged = some.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
  fc.assert(
    fc.property(arranged, ([one, other]) => {
      const made = (list: typeof one) =>
        list.map(({ id, print }) => (print === '' ? subject(key({ id: String(id), fingerprint: absent() })) : shown(String(id), print)));
      expect(verdicts(made(other))).toEqual(verdicts(made(one)));
    }),
  );
});
