import { type CelInput, isCelError, run } from '@bufbuild/cel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fact, absent, known, unknown } from '../../../src/model/fact.ts';
import type { PrivilegeLevel } from '../../../src/model/record.ts';
import { conditionOf, mistakesInExpression } from '../../../src/policy/cel/expression.ts';
import { key, now, subject } from '../subject.ts';

const factOf = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Fact<T>> =>
  fc.oneof(
    value.map((each) => known(each)),
    fc.constant(absent()),
    fc.constant(unknown('throttled')),
  );
const facts = fc.record({
  name: fc.constantFrom('ci-deploy', 'nightly', ''),
  privilege: factOf(fc.constantFrom<PrivilegeLevel>('admin', 'read')),
  fingerprint: factOf(fc.constantFrom('SHA256:a', 'SHA256:b')),
  tags: fc.constantFrom({}, { env: 'prod' }, { env: 'dev', owner: 'x' }),
});

const atom = fc.constantFrom(
  'true',
  'false',
  "subject.name == 'nightly'",
  "subject.name.startsWith('ci')",
  "subject.name.matches('^c.-')",
  'subject.name.size() > 3',
  "subject.privilege == 'admin'",
  "subject.privilege != 'admin'",
  'subject.privilege == null',
  "subject.fingerprint == 'SHA256:a'",
  'subject.fingerprint != null',
  "'env' in subject.tags",
  "subject.tags['env'] == 'prod'",
  "subject.tags.exists(k, k == 'owner')",
  "subject.tags.all(k, subject.privilege == 'admin')",
);
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4 },
    atom,
    fc.tuple(tie('expression'), fc.constantFrom('&&', '||'), tie('expression')).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    tie('expression').map((inner) => `!(${inner})`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
  ),
}));

type Given = typeof facts extends fc.Arbitrary<infer T> ? T : never;

/** What is absent is null there, and what is unknown a key that is not there, which is an error. */
function asInput({ name, privilege, fingerprint, tags }: Given): CelInput {
  const optional = Object.entries({ privilege, fingerprint }).flatMap(([field, fact]): [string, CelInput][] =>
    fact.state === 'unknown' ? [] : [[field, fact.state === 'known' ? fact.value : null]],
  );
  return new Map<string, CelInput>([['name', name], ['tags', new Map(Object.entries(tags))], ...optional]);
}

test('expressions mean what another implementation of CEL says', () => {
  fc.assert(
    fc.property(expression, facts, (text, given) => {
      fc.pre(mistakesInExpression(text, 'credential', {}).length === 0);
      const { name, privilege, fingerprint, tags } = given;
      const ours = conditionOf(text, 'credential', {})(subject(key({ name, privilege, fingerprint, tags })), now);
      const theirs = run(text, { subject: asInput(given) });
      expect(typeof ours === 'boolean' ? ours : 'no answer').toBe(isCelError(theirs) ? 'no answer' : theirs);
    }),
    { numRuns: 400 },
  );
});
