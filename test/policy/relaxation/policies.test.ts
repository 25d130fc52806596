import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadPolicies } from '../../../src/policy/load.ts';
import { relaxedPolicies } from '../../../src/policy/relaxation/policies.ts';
import { shipped } from '../shipped.ts';

const policy = (id: string, parts: Readonly<Record<string, string | undefined>>) => {
  const all = { severity: 'high', subject: 'credential', assert: '{ rotation: { maxAge: 90d } }', ...parts };
  const lines = Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [`    ${key}: ${value}\n`]));
  return `  - id: ${id}\n    title: T\n    why: so\n    fix: so\n${lines.join('')}`;
};
const load = (...policies: readonly string[]) =>
  loadPolicies({
    files: [
      {
        file: 'own.yaml',
        text: `apiVersion: overdue/v1\nkind: PolicySet\nmetadata: { id: own }\npolicies:\n${policies.join('')}`,
      },
    ],
    builtin: [],
  });
const between = (before: Readonly<Record<string, string | undefined>>, after: Readonly<Record<string, string | undefined>>) =>
  relaxedPolicies(load(policy('a/b', before)), load(policy('a/b', after))).map(
    ({ what, of, from, to }) => `${what} ${of}: ${from} -> ${to}`,
  );

describe('an assertion asks for less', () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      'by a longer time',
      '{ rotation: { maxAge: 90d } }',
      '{ rotation: { maxAge: 365d } }',
      ['threshold a/b: rotation.maxAge: 90d -> 365d'],
    ],
    ['not by a shorter one', '{ rotation: { maxAge: 90d } }', '{ rotation: { maxAge: 60d } }', []],
    ['not by the same in other words', '{ rotation: { maxAge: 14d } }', '{ rotation: { maxAge: 2w } }', []],
    [
      'by a warning that comes later',
      '{ expiry: { within: 30d } }',
      '{ expiry: { within: 7d } }',
      ['threshold a/b: expiry.within: 30d -> 7d'],
    ],
    ['not by one that comes earlier', '{ expiry: { within: 7d } }', '{ expiry: { within: 30d } }', []],
    [
      'by an argument that is gone',
      '{ rotation: { maxAge: 90d, maxOverlap: 7d } }',
      '{ rotation: { maxAge: 90d } }',
      ['threshold a/b: rotation.maxOverlap: 7d -> left out'],
    ],
    ['not by one that comes', '{ rotation: { maxAge: 90d } }', '{ rotation: { maxAge: 90d, maxOverlap: 7d } }', []],
    [
      'by a predicate that is gone',
      '{ rotation: { maxAge: 90d }, usage: { dormantAfter: 90d } }',
      '{ rotation: { maxAge: 90d } }',
      ['threshold a/b: usage: {"dormantAfter":"90d"} -> left out'],
    ],
    [
      'by fewer roles',
      '{ owner: { require: [technical, business] } }',
      '{ owner: { require: [technical] } }',
      ['threshold a/b: owner.require: ["technical","business"] -> ["technical"]'],
    ],
    [
      'by more states that count',
      '{ owner: { require: any, states: [active] } }',
      '{ owner: { require: any, states: [active, gone] } }',
      ['threshold a/b: owner.states: ["active"] -> ["active","gone"]'],
    ],
    [
      'by a weaker word',
      '{ orphan: { owners: any-active } }',
      '{ orphan: { owners: any-active-or-expected } }',
      ['threshold a/b: orphan.owners: any-active -> any-active-or-expected'],
    ],
    ['not by a stronger word', '{ orphan: { owners: any-active-or-expected } }', '{ orphan: { owners: any-active } }', []],
    [
      'deep inside',
      '{ orphan: { vendor: { grace: 0d } } }',
      '{ orphan: { vendor: { grace: 30d } } }',
      ['threshold a/b: orphan.vendor.grace: 0d -> 30d'],
    ],
    [
      'in a branch',
      '{ any: [{ rotation: { maxAge: 90d } }, { usage: { dormantAfter: 9d } }] }',
      '{ any: [{ rotation: { maxAge: 91d } }, { usage: { dormantAfter: 9d } }] }',
      ['threshold a/b: any.0.rotation.maxAge: 90d -> 91d'],
    ],
  ])('%s', (_, before, after, told) => {
    expect(between({ assert: before }, { assert: after })).toEqual(told);
  });

  test.each<[string, string, string]>([
    [
      'another way out',
      '{ any: [{ rotation: { maxAge: 90d } }] }',
      '{ any: [{ rotation: { maxAge: 90d } }, { usage: { dormantAfter: 9d } }] }',
    ],
    ['a changed denial', '{ not: { rotation: { maxAge: 90d } } }', '{ not: { rotation: { maxAge: 30d } } }'],
    ['one way of saying it for another', '{ owner: { require: any } }', '{ owner: { require: [technical] } }'],
  ])('perhaps, by %s', (_, before, after) => {
    expect(between({ assert: before }, { assert: after })).toEqual([expect.stringMatching(/^rewritten a\/b: /)]);
  });
});

describe('a policy asks for less', () => {
  test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, readonly string[]]>([
    ['by a lower severity', {}, { severity: 'low' }, ['severity a/b: severity: high -> low']],
    ['not by a higher one', {}, { severity: 'critical' }, []],
    [
      'by a step to a lower one',
      {},
      { severityWhen: '[{ match: { names: a }, severity: low }]' },
      ['severity a/b: severityWhen: left out -> {"match":{"names":"a"},"severity":"low"}'],
    ],
    [
      'by a step to a higher one that is gone',
      { severityWhen: '[{ match: { names: a }, severity: critical }]' },
      {},
      ['severity a/b: severityWhen: {"match":{"names":"a"},"severity":"critical"} -> left out'],
    ],
    ['by being disabled', {}, { disabled: 'true' }, ['policy a/b: in force -> disabled']],
    [
      'by an exclusion',
      {},
      { exclude: '[{ names: "x-*", because: so }]' },
      ['match a/b: exclude: left out -> {"names":"x-*","because":"so"}'],
    ],
    ['not by one that is gone', { exclude: '[{ names: "x-*", because: so }]' }, {}, []],
    ['by a match where there was none', {}, { match: '{ providers: aws }' }, ['match a/b: match.providers: left out -> aws']],
    [
      'by a match on less',
      { match: '{ providers: [aws, gcp] }' },
      { match: '{ providers: aws }' },
      ['match a/b: match.providers: ["aws","gcp"] -> aws'],
    ],
    ['not by a match on more', { match: '{ providers: aws }' }, { match: '{ providers: [gcp, aws] }' }, []],
    ['not by no match at all', { match: '{ providers: aws }' }, {}, []],
    [
      'by a match on less, deep inside',
      { match: '{ traits: { expiry: [never, optional] } }' },
      { match: '{ traits: { expiry: never } }' },
      ['match a/b: match.traits.expiry: ["never","optional"] -> never'],
    ],
    ['by what is unknown', { whenUnknown: 'fail' }, { whenUnknown: 'report' }, ['unknown a/b: whenUnknown: fail -> report']],
    [
      'by waivers that may run longer',
      { waivers: '{ maxDuration: 30d }' },
      {},
      ['threshold a/b: waivers: {"maxDuration":"30d"} -> left out'],
    ],
    [
      'by waivers at all',
      { waivers: 'none' },
      { waivers: '{ maxDuration: 1d }' },
      ['threshold a/b: waivers: none -> {"maxDuration":"1d"}'],
    ],
    [
      'by judging something else',
      {},
      { subject: 'identity', assert: '{ usage: { dormantAfter: 90d } }' },
      ['threshold a/b: rotation: {"maxAge":"90d"} -> left out', 'rewritten a/b: subject: credential -> identity'],
    ],
    ['not by another reason for it', { references: '["https://a.example/"]' }, {}, []],
  ])('%s', (_, before, after, told) => {
    expect(between(before, { ...after })).toEqual(told);
  });

  test('by being gone, unless it was off', () => {
    const [on, off] = [policy('a/b', {}), policy('a/c', { disabled: 'true' })];
    expect(relaxedPolicies(load(on, off), load(policy('a/d', {})))).toMatchObject([{ what: 'policy', of: 'a/b', to: 'gone' }]);
  });
});

test('says where the change was made', () => {
  const files = (value: string) => ({
    files: [
      {
        file: 'own.yaml',
        text: `apiVersion: overdue/v1\nkind: PolicySet\nmetadata: { id: own, extends: ["builtin:baseline"] }\nparams:\n  rotationMaxAge: ${value}\n`,
      },
    ],
    builtin: shipped,
  });
  const changes = relaxedPolicies(loadPolicies(files('90d')), loadPolicies(files('365d')));
  expect(changes.length).toBeGreaterThan(0);
  expect(changes).toEqual(changes.map((each) => expect.objectContaining({ from: '90d', to: '365d', source: 'own.yaml:5' }) as typeof each));
});

test('nothing is relaxed by no change, and what one direction relaxes the other does not', () => {
  const days = fc.integer({ min: 1, max: 999 });
  fc.assert(
    fc.property(days, days, (a, b) => {
      const [before, after] = [a, b].map((each) => load(policy('a/b', { assert: `{ rotation: { maxAge: ${String(each)}d } }` })));
      if (!before || !after) return;
      expect(relaxedPolicies(before, after)).toHaveLength(b > a ? 1 : 0);
      expect(relaxedPolicies(after, before)).toHaveLength(a > b ? 1 : 0);
    }),
  );
});

describe('an expression', () => {
  const cel = (text: string) => `{ cel: '${text}' }`;

  test('that is another may ask for less', () => {
    expect(between({ assert: cel('subject.name != "a"') }, { assert: cel('subject.name != "b"') })).toEqual([
      'rewritten a/b: cel: subject.name != "a" -> subject.name != "b"',
    ]);
  });

  test('may ask for less by the value of a parameter that it names, which is told with its place', () => {
    const files = (value: string) => ({
      files: [
        {
          file: 'own.yaml',
          text: `apiVersion: overdue/v1\nkind: PolicySet\nmetadata: { id: own }\nparams: { prefix: ${value} }\npolicies:\n${policy('a/b', { assert: cel('subject.name != params.prefix') })}`,
        },
      ],
      builtin: [],
    });
    expect(relaxedPolicies(loadPolicies(files('old')), loadPolicies(files('new')))).toEqual([
      { what: 'rewritten', of: 'a/b: params.prefix', from: 'old', to: 'new', source: 'own.yaml:4' },
    ]);
  });
});
